/** `statewright test-state`, called as a function; one test starts the command. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArguments } from '../../src/cli/arguments';
import { createTerminal } from '../../src/cli/terminal';
import { renderTestedState } from '../../src/cli/terminal/tested-state';
import { testState } from '../../src/cli/test-state';
import { UserError } from '../../src/user-error';
import { statewrightHere } from './in-process';

const machine = {
  StartAt: 'Charge',
  States: {
    Charge: {
      Type: 'Task',
      Resource: 'arn:aws:lambda:us-east-1:000000000000:function:Charge',
      ResultPath: '$.charged',
      Catch: [{ ErrorEquals: ['Declined'], Next: 'Tell' }],
      Next: 'Done',
    },
    Tell: { Type: 'Succeed' },
    Done: { Type: 'Succeed' },
  },
};

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'test-state-'));
  writeFileSync(join(folder, 'machine.json'), JSON.stringify(machine));
  writeFileSync(join(folder, 'state.yaml'), 'Type: Pass\nResult: done\nEnd: true\n');
  writeFileSync(join(folder, 'mock.json'), '{"result": {"id": 7}}');
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string) => join(folder, name);

/** What the command prints with --json, and its exit code. */
async function run(...args: string[]) {
  const { values, operands } = parseArguments(testState, [...args, '--json']);
  let printed = '';
  const write = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    printed += text;
    return true;
  });
  try {
    const exitCode = await testState.run(values, operands);
    return { exitCode, ...JSON.parse(printed) };
  } finally {
    write.mockRestore();
  }
}

test('prints the data flow of a state for a person', async () => {
  const { exitCode, stdout, stderr } = await statewrightHere(folder, [
    ...['test-state', '--definition', 'machine.json', '--state', 'Charge'],
    ...['--input', '{"amount": 5}', '--mock', 'file://mock.json'],
  ]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout).toBe(`\
Charge

  Status                ✓ Succeeded
  Input                 {"amount": 5}
  After InputPath       {"amount": 5}
  After Parameters      {"amount": 5}
  Result                {"id":7}
  After ResultSelector  {"id":7}
  After ResultPath      {"amount":5,"charged":{"id":7}}
  Output                {"amount":5,"charged":{"id":7}}
  Next state            Done
`);
});

test('a result may be JSON text, as in the AWS CLI', async () => {
  const of = ['--definition', file('machine.json'), '--state', 'Charge', '--mock'];
  const expected = { exitCode: 0, status: 'SUCCEEDED', output: '{"charged":{"id":7}}' };
  expect(await run(...of, '{"result": "{\\"id\\":7}"}')).toMatchObject(expected);
  expect(await run(...of, '{"result": {"id": 7}}')).toMatchObject(expected);
});

test('a file may have one state alone', async () => {
  expect(await run('--definition', file('state.yaml'))).toMatchObject({
    status: 'SUCCEEDED',
    output: '"done"',
  });
});

test('the exit code is 1 only when the error is not handled', async () => {
  const failing = (error: string) =>
    run(
      '--definition',
      file('machine.json'),
      '--state',
      'Charge',
      '--mock',
      `{"errorOutput":{"error":"${error}"}}`,
    );
  expect(await failing('Declined')).toMatchObject({ exitCode: 0, status: 'CAUGHT_ERROR', nextState: 'Tell' });
  expect(await failing('Broken')).toMatchObject({ exitCode: 1, status: 'FAILED', error: 'Broken' });
});

test('an error names its handler', () => {
  const terminal = createTerminal({ stream: { isTTY: false, columns: 100, write: () => true }, env: {} });
  const errorDetails = { retryIndex: 0, catchIndex: 1 };
  const tested = { status: 'CAUGHT_ERROR', error: 'E', inspectionData: { errorDetails } } as const;
  expect(renderTestedState(tested, undefined, terminal)).toContain(
    'Handled by  Retry[0], which has no attempt left, then Catch[1]',
  );
});

test.each([
  [[], 'The definition is missing.'],
  [['--definition', 'machine.json'], 'the name of the state to test is missing'],
  [['--definition', 'machine.json', '--state', 'Charg'], 'The state machine has no state "Charg".'],
  [['--definition', 'machine.json', '--state', 'Charge'], 'its test needs a mock'],
  [
    ['--definition', 'state.yaml', '--mock', '{"result":1}'],
    "State type 'Pass' is not supported when a mock",
  ],
  [
    ['--definition', 'machine.json', '--state', 'Charge', '--mock', '{"reslt":1}'],
    'the unknown field "reslt"',
  ],
  [
    ['--definition', 'machine.json', '--state', 'Charge', '--mock', '{"result":"paid"}'],
    'The result of --mock is not valid JSON',
  ],
  [['--definition', 'state.yaml', '--variables', '{'], 'The value of --variables is not valid JSON'],
  [['--definition', 'state.yaml', '--inspection-level', 'ALL'], '"ALL" is not an inspection level.'],
])('%j is refused', async ([option, name, ...more], message) => {
  const args = option === undefined ? [] : [option, file(name as string), ...more];
  const refused = run(...args);
  await expect(refused).rejects.toThrow(UserError);
  await expect(refused).rejects.toThrow(message);
});
