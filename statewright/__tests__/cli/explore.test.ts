/** The commands of docs/explore.md print what the page shows. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readExpected } from '../../src/cli/exploration/expected';
import * as kit from '../../src/testing';
import { samFunction, samStateMachine } from '../cloudformation/project';
import { synthesize } from '../fixture/synthesize';
import { statewrightHere } from './in-process';
import type { Ran } from './shell';

const page = readFileSync(join(__dirname, '../../../docs/explore.md'), 'utf8');
const blocks = [...page.matchAll(/```(\w+)\n(.*?)```/gs)].map(([, language = '', text = '']) => ({
  language,
  text,
}));
const [definition = ''] = blocks.filter(({ language }) => language === 'json').map(({ text }) => text);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'explore-'));
  writeFileSync(join(folder, 'trip.asl.json'), definition);
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs a command as the page writes it, with what it writes to a file. */
async function run(command: string): Promise<Ran> {
  const [, words = '', file] = /^npx statewright ([^>]*?)(?: > (\S+))?$/.exec(command) ?? [];
  const ended = await statewrightHere(folder, words.split(' '));
  if (file === undefined) return ended;
  writeFileSync(join(folder, file), ended.stdout);
  return { ...ended, stdout: '' };
}

test('each command prints what the page shows; after the change of a Catch, --expect fails', async () => {
  const shown = blocks.flatMap(({ language, text }) => {
    const [, command = '', output = ''] = /^\$ ([^\n]*)\n(.*)$/s.exec(text) ?? [];
    return language === 'console' ? [{ command, output }] : [];
  });
  expect(shown).toHaveLength(3);
  for (const { command, output } of shown) {
    const isLast = command.includes('--expect');
    if (isLast) {
      const changed = definition.replace(
        '"HotelFull"], "Next"',
        '"HotelFull"], "ResultPath": "$.error", "Next"',
      );
      writeFileSync(join(folder, 'trip.asl.json'), changed);
    }
    const { stdout, stderr, exitCode } = await run(command);
    expect({ command, stdout, stderr, exitCode }).toEqual({
      command,
      stdout: output,
      stderr: '',
      exitCode: isLast ? 1 : 0,
    });
  }
  const { stdout, exitCode } = await run('npx statewright explore --definition . --tests');
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(
    /^import \{ definitionFile, deployDefinition, never, returns, throws \} from 'statewright\/testing';\n/,
  );
});

test('the test of the page, and its use of the kit', async () => {
  const code = blocks.filter(({ language }) => language === 'ts').map(({ text }) => text);
  expect(code).toHaveLength(2);
  const AsyncFunction = (async () => {}).constructor as FunctionConstructor;
  const names = {
    ...kit,
    expect,
    test: (_: string, body: () => Promise<void>) => body(),
    definitionFile: (file: string) => kit.definitionFile(join(folder, file)),
  };
  for (const text of code) {
    const body = text.startsWith('test(') ? `await ${text}` : text;
    await new AsyncFunction(...Object.keys(names), body)(...Object.values(names));
  }
});

test('the tests of a template, and of a definition with placeholders, name what they deploy', async () => {
  const samples = join(__dirname, '../definitions/samples');
  const tests = async (file: string) =>
    (await statewrightHere(samples, ['explore', '--definition', file, '--tests'])).stdout;
  expect(await tests('sam.yaml')).toContain(
    `deployDefinition(definitionFile('sam.yaml', {}, {"stateMachine":"Notify"}), { type: 'EXPRESS' });`,
  );
  const [, call = ''] =
    /deployDefinition\((definitionFile\('order\.asl\.yaml', .*)\);/.exec(await tests('order.asl.yaml')) ?? [];
  const read = new Function('definitionFile', `return ${call}`) as (of: typeof kit.definitionFile) => object;
  const definition = read((file, ...more) => kit.definitionFile(join(samples, file), ...more));
  expect((await kit.deployDefinition(definition)).name).toBe('state-machine');
});

test('a folder: a definition that a template refers to is explored once, as a part of the template', async () => {
  writeFileSync(join(folder, 'order.asl.json'), '{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}');
  const machine = { Type: 'AWS::Serverless::StateMachine', Properties: { DefinitionUri: 'order.asl.json' } };
  writeFileSync(join(folder, 'template.json'), JSON.stringify({ Resources: { Orders: machine } }));
  const { stdout } = await statewrightHere(folder, ['explore', '--definition', '.']);
  expect(stdout.match(/^\w+ 1 execution$/gm)).toEqual(['Orders 1 execution']);
});

test('what takes the place of a value that is not known is named, not in the output', async () => {
  const parameters = { Stage: { Type: 'String' } };
  const Definition = { Comment: { Ref: 'Stage' }, StartAt: 'A', States: { A: { Type: 'Succeed' } } };
  const machine = { Type: 'AWS::Serverless::StateMachine', Properties: { Definition } };
  const template = { Parameters: parameters, Resources: { One: machine, Two: machine } };
  writeFileSync(join(folder, 'template.json'), JSON.stringify(template));
  const { stdout, stderr } = await statewrightHere(folder, [
    'explore',
    '--definition',
    'template.json',
    '--json',
  ]);
  expect(JSON.parse(stdout)).toHaveLength(2);
  expect(stderr.match(/the parameter Stage is not known before a deployment/g)).toHaveLength(1);
  expect(stderr).toContain('--substitution NAME=VALUE');
});

test('one state machine of a template, by its logical id: the others need not be readable', async () => {
  const machine = (properties: object) => ({
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: properties,
  });
  const Definition = { StartAt: 'A', States: { A: { Type: 'Succeed' } } };
  const Resources = {
    Orders: machine({ StateMachineName: 'orders', Definition }),
    Archive: machine({ DefinitionS3Location: { Bucket: 'b', Key: 'archive.json' } }),
  };
  writeFileSync(join(folder, 'template.json'), JSON.stringify({ Resources }));
  const explore = (...args: string[]) =>
    statewrightHere(folder, ['explore', '--definition', 'template.json', ...args]);
  expect((await explore('--state-machine', 'Orders')).stdout).toMatch(/^orders 1 execution\n/);
  expect((await explore('--state-machine', 'Archive')).stderr).toContain('is in S3');
  expect((await explore('--state-machine', 'Oders')).stderr).toContain(
    'State machine "Oders" was not found.',
  );
});

test('a stack of a template, whose functions have a role that is not in it', async () => {
  const Role = 'arn:aws:iam::123456789012:role/lab/LabRole';
  const Pack = { Type: 'Task', Resource: { 'Fn::GetAtt': ['Pack', 'Arn'] }, End: true };
  const Definition = { Comment: { Ref: 'Stage' }, StartAt: 'Pack', States: { Pack } };
  const Resources = {
    Pack: samFunction({ Role, CodeUri: '.' }),
    Orders: samStateMachine({ Name: 'orders', Role, Definition }),
    Other: samStateMachine(),
  };
  const template = { Parameters: { Stage: { Type: 'String' } }, Resources };
  writeFileSync(join(folder, 'template.json'), JSON.stringify(template));
  const { stdout, stderr } = await statewrightHere(folder, ['explore', '.', '--state-machine', 'Orders']);
  expect(stdout).toMatch(/^orders 2 executions\n/);
  expect(stderr).toContain('the parameter Stage is not known before a deployment');
});

test('a stack, --json, and what cannot be explored', async () => {
  const stack = synthesize(join(folder, 'out'));
  const { stdout } = await statewrightHere(stack, ['explore', '.', '--json']);
  const [explored] = JSON.parse(stdout);
  expect(explored.rows[0].test).toContain("await deployStack('.');");
  expect(explored).toMatchObject({
    stateMachine: expect.any(String),
    limits: [],
    findings: expect.any(Array),
  });
  expect(explored.rows[0]).toMatchObject({ state: '', error: '', end: { status: 'SUCCEEDED' } });

  writeFileSync(join(folder, 'broken.asl.json'), '{"StartAt":"A","States":{"A":{"Type":"Pass","Next":"B"}}}');
  const broken = await statewrightHere(folder, ['explore', '--definition', 'broken.asl.json']);
  expect(broken.exitCode).toBe(1);
  expect(broken.stderr).toBe(
    [
      "✗ broken cannot be deployed: Missing 'Next' target: B (/States/A/Next)",
      '→ To see every error with its line: npx statewright validate broken.asl.json',
      '',
    ].join('\n'),
  );

  writeFileSync(join(folder, 'one.asl.json'), '{"StartAt":"A","States":{"A":{"Type":"Succeed"}}}');
  const one = await statewrightHere(folder, ['explore', '--definition', 'one.asl.json']);
  expect(one.stdout).toMatch(/^one 1 execution\n/);

  const none = join(folder, 'none.json');
  expect(() => readExpected(none)).toThrow(`${none} does not exist.`);
});
