import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployDefinition } from '../../src/testing';
import { readStandInsFile } from '../../src/testing/stand-ins-file';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'stand-ins-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(content: unknown): string {
  const file = join(folder, 'stand-ins.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const charge = {
  StartAt: 'Charge',
  States: {
    Charge: {
      Type: 'Task',
      Resource: 'arn:aws:lambda:us-east-1:000000000000:function:Pay',
      Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 2 }],
      End: true,
    },
  },
};

async function run(content: unknown) {
  const workflow = await deployDefinition(charge);
  for (const [name, answer] of await readStandInsFile(write(content))) workflow.replace(name, answer);
  return workflow.run();
}

test.each([
  ['a state', { Charge: { result: { id: 1 } } }],
  ['a function', { Pay: { result: { id: 1 } } }],
  ['one after another', { Charge: [{ error: 'Busy' }, { error: 'Busy' }, { result: { id: 1 } }] }],
])('answers for %s', async (_, content) => {
  expect(await run(content)).toHaveSucceededWith({ id: 1 });
});

test('fails with the error and its cause, after its time', async () => {
  const execution = await run({ Charge: { error: 'CardDeclined', cause: 'no funds', takes: 2000 } });
  expect(execution).toHaveFailedWith('CardDeclined', /no funds/);
  expect(execution.duration).toBe(2000);
});

test.each([
  ['not JSON', '{"Charge": }', /stand-ins\.json is not valid JSON: line 1, column 12/],
  ['a deep value', `{"Charge":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, /is nested too deeply/],
  ['a list', [], /must be an object: one stand-in per name\./],
  ['a misspelt field', { Charge: { resutl: 1 } }, /"Charge" has the unknown field "resutl"\./],
  ['a bare value', { Charge: 1 }, /"Charge" is 1, which is not a stand-in\./],
  ['nothing', { Charge: {} }, /"Charge" has neither a result nor an error\./],
  ['both', { Charge: { result: 1, error: 'A' } }, /"Charge" has both a result and an error\./],
  ['a cause alone', { Charge: { result: 1, cause: 'A' } }, /"Charge" has a cause without an error\./],
  ['an empty list', { Charge: [] }, /"Charge" is an empty list\./],
  ['an error that is not a string', { Charge: [{ error: 1 }] }, /"Charge"\[0\]: error must be a string\./],
  ['a time that is not a number', { Charge: { result: 1, takes: 'long' } }, /"Charge": takes\("long"/],
  [
    'a time in quotes',
    { Charge: { result: 1, takes: '5' } },
    /"Charge": takes\("5", …\): the time must be a number/,
  ],
])('refuses %s', async (_, content, message) => {
  await expect(readStandInsFile(write(content))).rejects.toThrow(message);
});

test.each(['js', 'mjs', 'ts'])('names the line of a syntax error in a module: .%s', async (extension) => {
  const file = join(folder, `stand-ins.${extension}`);
  writeFileSync(file, 'export default {\n  Charge: { result: },\n};\n');
  await expect(readStandInsFile(file)).rejects.toThrow(
    `${file} has a syntax error: line 2, column 21: Unexpected "}"`,
  );
});

test('refuses a file that does not exist', async () => {
  await expect(readStandInsFile(join(folder, 'none.json'))).rejects.toThrow(/none\.json does not exist\./);
});
