import { createTerminal, renderExecution } from '../../../src/cli/terminal';
import { textWidth } from '../../../src/cli/terminal/text';
import {
  caught,
  type EventSpec,
  failed,
  history,
  START,
  succeededWith,
  success,
} from '../../history/histories';

const write = () => true;
const at = (columns: number, color = false) =>
  createTerminal({ stream: { isTTY: true, columns, write }, columns, color, env: {} });

const logs = [
  { logGroup: '/aws/lambda/Test', timestamp: START, message: 'START RequestId: 1 Version: $LATEST\n' },
  { logGroup: '/aws/lambda/Error', timestamp: START, message: 'INFO\tcalled error_handler\n' },
  { logGroup: '/aws/lambda/Test', timestamp: START, message: 'first line\nsecond \u001b[31mline\n' },
];

const report = {
  title: 'Execution with input {"fail": true}',
  input: '{"fail": true}',
  events: caught,
  outcome: succeededWith('"handled error"'),
  logs,
};

test('an execution whose error was caught, at 80 columns', () => {
  expect(renderExecution(report, at(80))).toBe(`\
Execution with input {"fail": true}

  Status  ✓ Succeeded in 1.26 s
  Path    Test ✗ TestError → HandleError ✓ → FailState ✓ → End
  Input   {"fail": true}
  Output  "handled error"

  ID  PREV  TYPE                     STATE        ELAPSED
   1     0  ExecutionStarted                         0 ms
   2     0  TaskStateEntered         Test            5 ms
   3     2  LambdaFunctionScheduled  Test           10 ms
   4     3  LambdaFunctionStarted    Test           15 ms
   5     4  LambdaFunctionFailed     Test           40 ms
   6     5  TaskStateExited          Test           45 ms
   7     6  TaskStateEntered         HandleError    50 ms
   8     7  LambdaFunctionScheduled  HandleError    55 ms
   9     8  LambdaFunctionStarted    HandleError    60 ms
  10     9  LambdaFunctionSucceeded  HandleError   1.24 s
  11    10  TaskStateExited          HandleError   1.24 s
  12    11  PassStateEntered         FailState     1.25 s
  13    12  PassStateExited          FailState     1.25 s
  14    13  ExecutionSucceeded                     1.26 s

  /aws/lambda/Test
    START RequestId: 1 Version: $LATEST
    first line
      second line

  /aws/lambda/Error
    INFO  called error_handler
`);
});

test('an execution that failed shows its error and cause', () => {
  const outcome = { status: 'FAILED', error: 'TestError', cause: 'second' } as const;
  const text = renderExecution({ ...report, events: failed, outcome, logs: [] }, at(80));
  expect(text).toContain('Status  ✗ Failed in 40 ms');
  expect(text).toContain('Path    Test ↻1 ✗ TestError\n');
  expect(text).toContain('Error   TestError');
  expect(text).toContain('Cause   second');
  expect(text).not.toContain('Output');
});

test.each(['TIMED_OUT', 'ABORTED'] as const)('%s is named in words', (status) => {
  const text = renderExecution({ ...report, outcome: { status } }, at(80));
  expect(text).toContain({ TIMED_OUT: '✗ Timed out', ABORTED: '✗ Aborted' }[status]);
});

test.each([40, 80, 120])('no line is wider than a terminal of %i columns', (columns) => {
  const cause = 'word '.repeat(40);
  const wide = {
    ...report,
    input: JSON.stringify({ text: 'x'.repeat(200) }),
    title: `Execution ${'y'.repeat(150)}`,
  };
  for (const outcome of [
    succeededWith(`"${'z'.repeat(300)}"`),
    { status: 'FAILED', error: 'E', cause } as const,
  ]) {
    for (const line of renderExecution({ ...wide, outcome }, at(columns)).split('\n')) {
      expect(textWidth(line)).toBeLessThanOrEqual(columns);
    }
  }
});

test('event types are distinct on a narrow terminal', () => {
  const narrow = renderExecution(report, at(40)).split('\n');
  expect(narrow).toContain('  10 LambdaFunctionSucceeded HandleError');
  const narrower = renderExecution(report, at(32)).split('\n');
  expect(narrower).toContain('  10 LambdaF…cceeded HandleError');
  expect(narrower).toContain('   5 LambdaF…nFailed Test');
});

test('colour changes no letter', () => {
  const plain = renderExecution(report, at(80));
  const coloured = renderExecution(report, at(80, true));
  expect(coloured).toContain('\u001b[31mLambdaFunctionFailed\u001b[39m');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the test removes colour codes
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(plain);
  expect(plain).not.toContain('\u001b');
});

test('the plain success', () => {
  const text = renderExecution({ ...report, events: success, outcome: succeededWith('"success"') }, at(80));
  expect(text).toContain('Path    Test ✓ → SuccessState ✓ → End\n');
});

test('the path shows what ran inside a Map and a Parallel', () => {
  const events = history(
    { type: 'ExecutionStarted', input: '[1,2]' },
    { type: 'MapStateEntered', name: 'Each', input: '[1,2]' },
    { type: 'MapStateStarted', length: 2 },
    { type: 'MapIterationStarted', name: 'Each', index: 0 },
    { type: 'PassStateEntered', name: 'Work', input: '1' },
    { type: 'PassStateExited', name: 'Work', output: '1' },
    { type: 'MapIterationSucceeded', name: 'Each', index: 0 },
    { type: 'MapIterationStarted', name: 'Each', index: 1, from: 6 },
    { type: 'PassStateEntered', name: 'Work', input: '2' },
    { type: 'PassStateExited', name: 'Work', output: '2' },
    { type: 'MapIterationSucceeded', name: 'Each', index: 1 },
    { type: 'MapStateSucceeded', from: 10 },
    { type: 'MapStateExited', name: 'Each', output: '[1,2]', from: 11 },
    { type: 'ExecutionSucceeded', output: '[1,2]' },
  );
  const text = renderExecution({ ...report, events, outcome: succeededWith('[1,2]') }, at(80));
  expect(text).toContain('Path    Each[2] ( Work ✓ ×2 ) ✓ → End\n');
});

test('a path of thousands of states, and a long text, are rendered in a moment', () => {
  const text = 'é '.repeat(20_000).trim();
  // More words than a call has arguments.
  const names = Array.from({ length: 5000 }, (_, i) => `${'of many words '.repeat(10)}${i}`);
  const events = history(
    { type: 'ExecutionStarted' },
    ...names.flatMap((name): EventSpec[] => [
      { type: 'PassStateEntered', name },
      { type: 'PassStateExited', name },
    ]),
  );
  for (const columns of [80, Number.POSITIVE_INFINITY]) {
    const rendered = renderExecution({ ...report, input: text, events }, at(columns));
    expect(rendered).toContain('4999 ✓');
  }
}, 20_000);
