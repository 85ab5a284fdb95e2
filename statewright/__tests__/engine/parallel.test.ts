import { eventsOf, LAMBDA, run } from './run';

const pass = (name: string, more: object = {}) => ({
  StartAt: name,
  States: { [name]: { Type: 'Pass', End: true, ...more } },
});
const task = (name: string) => ({
  StartAt: name,
  States: { [name]: { Type: 'Task', Resource: `${LAMBDA}${name}`, End: true } },
});
const wait = (name: string, seconds: number) => ({
  StartAt: name,
  States: { [name]: { Type: 'Wait', Seconds: seconds, End: true } },
});
const failing = (name: string) => ({
  StartAt: name,
  States: { [name]: { Type: 'Fail', Error: 'Broken', Cause: 'by design' } },
});
const machine = (branches: object[], more: object = {}) => ({
  StartAt: 'Both',
  States: {
    Both: { Type: 'Parallel', Branches: branches, End: true, ...more },
    Handler: { Type: 'Pass', End: true },
  },
});

test('each branch gets the input, and the results are a list in the order of the branches', async () => {
  const { output, lines } = await run(machine([wait('Slow', 5), pass('Fast', { Result: 'fast' })]), {
    input: 'in',
  });
  expect(output).toEqual(['in', 'fast']);
  expect(lines.slice(1)).toEqual([
    '2<-0 ParallelStateEntered Both',
    '3<-2 ParallelStateStarted',
    '4<-3 WaitStateEntered Slow',
    '5<-3 PassStateEntered Fast',
    '6<-5 PassStateExited Fast',
    '7<-4 WaitStateExited Slow',
    '8<-7 ParallelStateSucceeded',
    '9<-7 ParallelStateExited Both',
    '10<-9 ExecutionSucceeded',
  ]);
});

test('results keep their text', async () => {
  const { outcome } = await run(machine([pass('A'), pass('B')]), { inputText: '[1, 2.0]' });
  expect(outcome).toMatchObject({ output: '[[1, 2.0],[1, 2.0]]' });
});

test('all tasks are scheduled before one is started, and started before one ends', async () => {
  const { types } = await run(machine([task('A'), task('B')]), {
    tasks: { A: { output: '1' }, B: { output: '2' } },
  });
  expect(types.slice(3, 9)).toEqual([
    'TaskStateEntered',
    'LambdaFunctionScheduled',
    'TaskStateEntered',
    'LambdaFunctionScheduled',
    'LambdaFunctionStarted',
    'LambdaFunctionStarted',
  ]);
});

test('the same in JSONata, where arguments are asynchronous', async () => {
  const jsonata = (name: string) => ({
    StartAt: name,
    States: { [name]: { Type: 'Task', Resource: `${LAMBDA}x`, Arguments: { n: '{% 1 + 1 %}' }, End: true } },
  });
  const { types } = await run(
    { QueryLanguage: 'JSONata', ...machine([jsonata('A'), jsonata('B')]) },
    { tasks: { A: { output: '1' }, B: { output: '2' } } },
  );
  expect(types.slice(3, 9)).toEqual([
    'TaskStateEntered',
    'LambdaFunctionScheduled',
    'TaskStateEntered',
    'LambdaFunctionScheduled',
    'LambdaFunctionStarted',
    'LambdaFunctionStarted',
  ]);
});

describe('a branch that fails', () => {
  test('fails the state, and aborts the others', async () => {
    const { lines, outcome } = await run(machine([wait('Slow', 60), failing('Bad')]));
    expect(lines.slice(2)).toEqual([
      '3<-2 ParallelStateStarted',
      '4<-3 WaitStateEntered Slow',
      '5<-3 FailStateEntered Bad',
      '6<-5 WaitStateAborted',
      '7<-5 ParallelStateFailed',
      '8<-7 ExecutionFailed',
    ]);
    expect(outcome).toEqual({ status: 'FAILED', error: 'Broken', cause: 'by design' });
  });

  test('can be caught', async () => {
    const { output, lines } = await run(
      machine([failing('Bad')], { Catch: [{ ErrorEquals: ['Broken'], Next: 'Handler' }] }),
    );
    expect(output).toEqual({ Error: 'Broken', Cause: 'by design' });
    expect(lines.slice(3, 6)).toEqual([
      '4<-3 FailStateEntered Bad',
      '5<-4 ParallelStateFailed',
      '6<-5 ParallelStateExited Both',
    ]);
  });

  test('can be retried; the state fails when no retry is left', async () => {
    const { lines } = await run(
      machine([failing('Bad')], { Retry: [{ ErrorEquals: ['Broken'], MaxAttempts: 1 }] }),
    );
    expect(lines.slice(2)).toEqual([
      '3<-2 ParallelStateStarted',
      '4<-3 FailStateEntered Bad',
      '5<-4 ParallelStateStarted',
      '6<-5 FailStateEntered Bad',
      '7<-6 ParallelStateFailed',
      '8<-7 ExecutionFailed',
    ]);
  });

  test('by an error of the engine (States.Runtime) ends the execution at once', async () => {
    const bad = pass('Bad', { OutputPath: '$.missing' });
    const { lines } = await run(
      machine([wait('Slow', 60), bad], { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Handler' }] }),
    );
    expect(lines.slice(3)).toEqual([
      '4<-3 WaitStateEntered Slow',
      '5<-3 PassStateEntered Bad',
      '6<-5 ExecutionFailed',
    ]);
  });

  test('by a task has a TaskStateAborted event after the failure', async () => {
    const { lines } = await run(machine([task('A')]), { tasks: { A: { error: 'Broken' } } });
    expect(lines.slice(5)).toEqual([
      '6<-5 LambdaFunctionStarted',
      '7<-6 LambdaFunctionFailed',
      '8<-7 TaskStateAborted',
      '9<-7 ParallelStateFailed',
      '10<-9 ExecutionFailed',
    ]);
  });
});

test('a nested Parallel continues from its last event', async () => {
  const inner = {
    StartAt: 'Inner',
    States: { Inner: { Type: 'Parallel', Branches: [pass('Leaf')], End: true } },
  };
  const { lines } = await run(machine([inner]));
  expect(lines.slice(3)).toEqual([
    '4<-3 ParallelStateEntered Inner',
    '5<-4 ParallelStateStarted',
    '6<-5 PassStateEntered Leaf',
    '7<-6 PassStateExited Leaf',
    '8<-7 ParallelStateSucceeded',
    '9<-7 ParallelStateExited Inner',
    '10<-9 ParallelStateSucceeded',
    '11<-9 ParallelStateExited Both',
    '12<-11 ExecutionSucceeded',
  ]);
});

test('Parameters, ResultSelector, ResultPath and OutputPath', async () => {
  const definition = machine([pass('A')], {
    Parameters: { 'n.$': '$.n' },
    ResultSelector: { 'first.$': '$[0].n' },
    ResultPath: '$.made',
    OutputPath: '$.made',
  });
  const { output, events } = await run(definition, { input: { n: 5, m: 6 } });
  expect(eventsOf(events, 'PassStateEntered')[0]?.stateEnteredEventDetails.input).toBe('{"n":5}');
  expect(output).toEqual({ first: 5 });
});
