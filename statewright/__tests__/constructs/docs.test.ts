/** The examples of docs/constructs.md compile, and are one app that can be synthesized. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(__dirname, '../../..');
const page = readFileSync(join(root, 'docs/constructs.md'), 'utf8');
const [app = '', ...continuations] = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, code = '']) => code);

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'constructs-docs-'));
  const write = (file: string, text: string) => {
    mkdirSync(join(folder, file, '..'), { recursive: true });
    writeFileSync(join(folder, file), text);
  };
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  write('main.ts', app.replace(/(?<=new StateMachine\(.*\);\n)/, continuations.join('')));
  write('handlers/charge.ts', 'export const handler = async () => ({});');
  write('functions/price/app.py', 'def handler(event, context): pass');
  const settings = { extends: join(root, 'tsconfig.json'), include: ['main.ts'] };
  write('tsconfig.json', JSON.stringify(settings));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a program of Node prints that must end without an error. */
function run(...args: string[]): string {
  const { CDKTF_OUTDIR: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  expect({ status, stdout, stderr }).toEqual({ status: 0, stdout: expect.anything(), stderr: '' });
  return stdout;
}

test('the examples compile', () => {
  expect(continuations.length).toBeGreaterThan(1);
  expect(run(join(root, 'node_modules/.bin/tsc'), '--noEmit', '--pretty', 'false', '-p', '.')).toBe('');
});

test('the app has the functions and the state machines of the examples', () => {
  run('--conditions=statewright-source', '--require', join(root, 'statewright/source.cjs'), 'main.ts');

  const { resource } = JSON.parse(readFileSync(join(folder, 'cdktf.out/stacks/orders/cdk.tf.json'), 'utf8'));
  expect(resource.aws_lambda_function).toMatchObject({
    charge: { timeout: 10 },
    price: { runtime: 'python3.13' },
  });
  expect(resource.aws_sfn_state_machine).toMatchObject({
    orders: { type: 'STANDARD' },
    quote: { type: 'EXPRESS', logging_configuration: { level: 'ERROR', include_execution_data: false } },
  });
});
