/** Every block of docs/testing.md, and the README's example, shows what really happens. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { Testing } from 'cdktf';
import { functions } from '../../src/terraform/functions';
import * as kit from '../../src/testing';
import { checkOptions } from '../../src/testing/state-coverage/reporter';
import { ErrorHandlingStack } from '../fixture/src/stack';

const root = resolve(__dirname, '../../..');
const guide = readFileSync(join(root, 'docs/testing.md'), 'utf8');
const blocks = [...guide.matchAll(/```(\w*)\n(.*?)```/gs)].map(([, language = '', text = '']) => ({
  language,
  text,
}));
const blockWith = (part: string) => blocks.find(({ text }) => text.includes(part))?.text ?? '';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'testing-docs-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('each example is a test file that runs', () => {
  const files = readdirSync(__dirname).filter((name) => name.endsWith('example.test.ts'));
  const examples = files.map((name) =>
    readFileSync(join(__dirname, name), 'utf8').replace('../fixture/src', '../src'),
  );
  expect(blocks.filter(({ text }) => text.startsWith('import ')).map(({ text }) => text)).toEqual(
    expect.arrayContaining(examples),
  );
  for (const name of files) expect(guide).toContain(`\`statewright/__tests__/testing/${name}\``);
});

test("the README's example runs as shown", async () => {
  const readme = readFileSync(join(root, 'README.md'), 'utf8');
  const [, code = ''] = /## Test your own workflow.*?```ts\n(.*?)```/s.exec(readme) ?? [];
  expect(code).toContain('expect(execution)');
  const names = { Testing, ErrorHandlingStack, expect, ...kit };
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  await new AsyncFunction(...Object.keys(names), code)(...Object.values(names));
});

test('the guide names everything that a test can call', () => {
  const callable = Object.keys(kit).filter((name) => /^[a-z]/.test(name));
  expect(callable.filter((name) => !guide.includes(`\`${name}(`))).toEqual([]);
});

test('the guide names every function of Terraform that is supported', () => {
  const named = [...guide.matchAll(/`(\w+)`/g)].map(([, name]) => name);
  const evaluated = ['can', 'templatefile', 'templatestring', 'try'];
  expect([...Object.keys(functions), ...evaluated].filter((name) => !named.includes(name))).toEqual([]);
});

test('a failing matcher prints what the guide shows', async () => {
  const { deployDefinition, functionArn, throws } = kit;
  const workflow = await deployDefinition({
    StartAt: 'Test',
    States: { Test: { Type: 'Task', Resource: functionArn('Test'), End: true } },
  });
  const execution = await workflow.replace('Test', throws('OutOfStock', 'none left')).run();
  let message = '';
  try {
    expect(execution).toHaveSucceededWith('success');
  } catch (error) {
    message = stripVTControlCharacters((error as Error).message);
  }
  expect(`${message}\n`).toBe(blockWith('toHaveSucceededWith(output)'));
});

test('the coverage report is that of the first example, with the reporter as the guide sets it up', () => {
  const settings = blockWith('reporters:').replace(/^\/\/.*\n/, '');
  const { reporters } = new Function(`return {${settings}}`)();
  const [, [name, options]] = reporters;
  expect(name).toBe('statewright/testing/coverage-reporter');
  expect(() => checkOptions(options)).not.toThrow();

  const file = join(folder, 'coverage.json');
  // Jest resolves a reporter's name to the built package, which a checkout does not have.
  const reporter = join(root, 'statewright/src/testing/coverage-reporter.cjs');
  const config = {
    ...require(join(root, 'jest.config.js')),
    rootDir: root,
    reporters: [[reporter, { file }]],
  };
  const { stdout } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/jest/bin/jest.js'),
      '--config',
      JSON.stringify(config),
      'testing/example.test.ts',
    ],
    {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, JEST_WORKER_ID: undefined, STATE_MACHINE_COVERAGE: undefined },
    },
  );
  expect(stdout).toContain(blockWith('State machine coverage'));
});

test('the JSON file has the shape that the guide shows', () => {
  writeFileSync(
    join(folder, 'shape.ts'),
    `import type { CoverageReport as Real } from '${root}/statewright/src/testing/state-coverage/report';
${blockWith('interface CoverageReport')}
type Written<T> = { readonly [K in keyof T]: Written<T[K]> };
export const shown = (real: Real): Written<CoverageReport> => real;
export const real = (shown: Written<CoverageReport>): Real => shown;
`,
  );
  writeFileSync(
    join(folder, 'tsconfig.json'),
    JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { types: ['node'], typeRoots: [join(root, 'node_modules/@types')] },
      include: ['*.ts'],
    }),
  );
  const tsc = [join(root, 'node_modules/.bin/tsc'), '--noEmit', '--pretty', 'false', '-p', '.'] as const;
  const { stdout } = spawnSync(process.execPath, tsc, { cwd: folder, encoding: 'utf8' });
  expect(stdout).toBe('');
});
