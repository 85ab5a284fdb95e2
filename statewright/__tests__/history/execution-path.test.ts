import { executionPath, isSuperseded } from '../../src/history/execution-path';
import { caught, failed, history, START, success } from './histories';

const statuses = (events: Parameters<typeof executionPath>[0]) =>
  executionPath(events).visits.map(({ name, status }) => `${name} ${status}`);

describe('a path without branches', () => {
  test('success', () => {
    const path = executionPath(success);
    expect(path).toMatchObject({ status: 'SUCCEEDED', startedAt: START, endedAt: START + 60 });
    expect(path.visits).toEqual([
      expect.objectContaining({
        name: 'Test',
        type: 'Task',
        status: 'SUCCEEDED',
        enteredEventId: 2,
        exitedEventId: 6,
        enteredAt: START + 5,
        exitedAt: START + 45,
        input: '{}',
        output: '"hello"',
        attempts: [{ eventId: 3, startedAt: START + 10, endedAt: START + 40, status: 'SUCCEEDED' }],
        next: path.visits[1],
      }),
      expect.objectContaining({ name: 'SuccessState', type: 'Pass', status: 'SUCCEEDED', attempts: [] }),
    ]);
  });

  test('an error was caught', () => {
    expect(statuses(caught)).toEqual(['Test CAUGHT', 'HandleError SUCCEEDED', 'FailState SUCCEEDED']);
    expect(executionPath(caught).visits[0]).toMatchObject({
      error: 'TestError',
      cause: expect.stringContaining('the test failed'),
      attempts: [{ status: 'FAILED', error: 'TestError' }],
    });
  });

  test('an error was not caught, after a retry', () => {
    const path = executionPath(failed);
    expect(path).toMatchObject({ status: 'FAILED', error: 'TestError', cause: 'second' });
    expect(path.visits).toMatchObject([
      {
        status: 'FAILED',
        cause: 'second',
        exitedAt: START + 40,
        attempts: [
          { status: 'FAILED', cause: 'first', startedAt: START + 10, endedAt: START + 20 },
          { status: 'FAILED', cause: 'second', startedAt: START + 25, endedAt: START + 35 },
        ],
      },
    ]);
  });

  test('a successful retry leaves no error', () => {
    const retried = history(
      { type: 'ExecutionStarted', input: '{}' },
      { type: 'TaskStateEntered', name: 'Work', input: '{}' },
      { type: 'TaskScheduled', resource: 'invoke', resourceType: 'lambda', parameters: '{}' },
      { type: 'TaskStarted', resource: 'invoke', resourceType: 'lambda' },
      { type: 'TaskTimedOut', error: 'States.Timeout' },
      { type: 'TaskScheduled', resource: 'invoke', resourceType: 'lambda', parameters: '{}' },
      { type: 'TaskStarted', resource: 'invoke', resourceType: 'lambda' },
      { type: 'TaskSucceeded', output: '1' },
      { type: 'TaskStateExited', name: 'Work', output: '1' },
      { type: 'ExecutionSucceeded', output: '1' },
    );
    const [visit] = executionPath(retried).visits;
    expect(visit?.attempts.map(({ status, error }) => [status, error])).toEqual([
      ['FAILED', 'States.Timeout'],
      ['SUCCEEDED', undefined],
    ]);
    expect(visit).toMatchObject({ status: 'SUCCEEDED' });
    expect(visit).not.toHaveProperty('error');
  });

  test('a running execution', () => {
    expect(statuses(caught.slice(0, 9))).toEqual(['Test CAUGHT', 'HandleError IN_PROGRESS']);
    expect(executionPath(caught.slice(0, 9))).toMatchObject({ status: 'RUNNING' });
    expect(executionPath([])).toEqual({ status: 'RUNNING', visits: [], visitByEvent: new Map() });
  });

  test.each([
    ['ExecutionAborted', 'ABORTED'],
    ['ExecutionTimedOut', 'TIMED_OUT'],
  ] as const)('%s leaves its state aborted', (type, status) => {
    const events = history(
      { type: 'ExecutionStarted', input: '{}' },
      { type: 'WaitStateEntered', name: 'Pause', input: '{}' },
      { type, from: 2 },
    );
    expect(executionPath(events).status).toBe(status);
    expect(statuses(events)).toEqual(['Pause ABORTED']);
  });

  test('a Fail state names its error', () => {
    const events = history(
      { type: 'ExecutionStarted', input: '{}' },
      { type: 'FailStateEntered', name: 'Stop', input: '{}' },
      { type: 'ExecutionFailed', error: 'Stopped', cause: 'on purpose' },
    );
    expect(executionPath(events).visits).toMatchObject([
      { status: 'FAILED', error: 'Stopped', cause: 'on purpose' },
    ]);
  });

  test('a failed JSONata expression belongs to its state, whatever its event points back to', () => {
    const events = history(
      { type: 'ExecutionStarted', input: '{}' },
      { type: 'PassStateEntered', name: 'Compute', input: '{}' },
      {
        type: 'EvaluationFailed',
        from: 0,
        state: 'Compute',
        error: 'States.QueryEvaluationError',
        cause: 'no such',
      },
      { type: 'ExecutionFailed', error: 'States.QueryEvaluationError', cause: 'no such' },
    );
    expect(executionPath(events).visits).toMatchObject([
      { name: 'Compute', status: 'FAILED', error: 'States.QueryEvaluationError' },
    ]);
  });
});

describe('Parallel', () => {
  const events = history(
    { type: 'ExecutionStarted', input: '{}' },
    { type: 'ParallelStateEntered', name: 'Both', input: '{}' },
    { type: 'ParallelStateStarted' },
    { type: 'WaitStateEntered', name: 'Left', input: '{}', from: 3 },
    { type: 'FailStateEntered', name: 'Right', input: '{}', from: 3 },
    { type: 'ParallelStateStarted', from: 5 },
    { type: 'WaitStateEntered', name: 'Left', input: '{}', from: 6 },
    { type: 'FailStateEntered', name: 'Right', input: '{}', from: 6 },
    { type: 'ParallelStateFailed', from: 8 },
    { type: 'ParallelStateExited', name: 'Both', output: '{"Error":"Stopped","Cause":"c"}' },
    { type: 'PassStateEntered', name: 'After', input: '{}' },
    { type: 'PassStateExited', name: 'After', output: '{}' },
    { type: 'ExecutionSucceeded', output: '{}' },
  );

  test('a branch that failed aborts the others; a retry starts them again; a Catch ends it', () => {
    expect(statuses(events)).toEqual([
      'Both CAUGHT',
      'Left ABORTED',
      'Right FAILED',
      'Left ABORTED',
      'Right FAILED',
      'After SUCCEEDED',
    ]);
    const [both, left, right, retriedLeft, retriedRight, after] = executionPath(events).visits;
    expect(both).toMatchObject({
      error: 'Stopped',
      cause: 'c',
      attempts: [{ status: 'FAILED' }, { status: 'FAILED' }],
    });
    expect(left?.scope).toEqual({ visit: both, attempt: 0, index: 0 });
    expect(right?.scope).toMatchObject({ attempt: 0, index: 1 });
    expect(retriedRight?.scope).toMatchObject({ visit: both, attempt: 1 });
    expect([left, retriedLeft].map((visit) => visit && isSuperseded(visit))).toEqual([true, false]);
    expect(after).not.toHaveProperty('scope');
    expect(both?.next).toBe(after);
  });

  test('its Exited event may point back to the last event of a branch', () => {
    const succeeded = history(
      { type: 'ExecutionStarted', input: '{}' },
      { type: 'ParallelStateEntered', name: 'Both', input: '{}' },
      { type: 'ParallelStateStarted' },
      { type: 'PassStateEntered', name: 'Left', input: '{}', from: 3 },
      { type: 'PassStateExited', name: 'Left', output: '1', from: 4 },
      { type: 'PassStateEntered', name: 'Right', input: '{}', from: 3 },
      { type: 'PassStateExited', name: 'Right', output: '2', from: 6 },
      { type: 'ParallelStateSucceeded', from: 7 },
      { type: 'ParallelStateExited', name: 'Both', output: '[1,2]', from: 7 },
      { type: 'ExecutionSucceeded', output: '[1,2]', from: 9 },
    );
    expect(statuses(succeeded)).toEqual(['Both SUCCEEDED', 'Left SUCCEEDED', 'Right SUCCEEDED']);
    expect(executionPath(succeeded).visits[0]).toMatchObject({
      output: '[1,2]',
      attempts: [{ status: 'SUCCEEDED' }],
    });
  });
});

describe('Map', () => {
  const started = [
    { type: 'ExecutionStarted', input: '[1,2]' },
    { type: 'MapStateEntered', name: 'Each', input: '[1,2]' },
    { type: 'MapStateStarted', length: 2 },
    { type: 'MapIterationStarted', name: 'Each', index: 0, from: 3 },
    { type: 'MapIterationStarted', name: 'Each', index: 1, from: 3 },
    { type: 'TaskStateEntered', name: 'Work', input: '2', from: 5 },
    { type: 'LambdaFunctionScheduled', resource: 'arn', input: '2', from: 6 },
    { type: 'TaskStateEntered', name: 'Work', input: '1', from: 4 },
    { type: 'LambdaFunctionScheduled', resource: 'arn', input: '1', from: 8 },
  ] as const;

  test('each iteration is a separate scope, even if their events are mixed', () => {
    const [each, second, first] = executionPath(history(...started)).visits;
    expect(each).toMatchObject({ name: 'Each', items: 2, status: 'IN_PROGRESS' });
    expect(second).toMatchObject({ input: '2', scope: { index: 1 }, attempts: [{ eventId: 7 }] });
    expect(first).toMatchObject({ input: '1', scope: { index: 0 }, attempts: [{ eventId: 9 }] });
  });

  test('an iteration that failed fails the Map and aborts the others', () => {
    const events = history(
      ...started,
      { type: 'LambdaFunctionFailed', error: 'Broken', cause: 'c', from: 7 },
      { type: 'MapIterationFailed', name: 'Each', index: 1, from: 10 },
      { type: 'TaskStateAborted', from: 10 },
      { type: 'MapIterationAborted', name: 'Each', index: 0, from: 10 },
      { type: 'MapStateFailed', from: 10 },
      { type: 'ExecutionFailed', error: 'Broken', cause: 'c', from: 14 },
    );
    expect(statuses(events)).toEqual(['Each FAILED', 'Work FAILED', 'Work ABORTED']);
    expect(executionPath(events).visits[0]).toMatchObject({ error: 'Broken', cause: 'c' });
  });

  test('what is aborted with the iteration that failed is told apart, though all events point to the failure', () => {
    const events = history(
      ...started,
      { type: 'LambdaFunctionFailed', error: 'Broken', cause: 'c', from: 7 },
      { type: 'MapIterationAborted', name: 'Each', index: 0, from: 10 },
      { type: 'TaskStateAborted', from: 10 },
      { type: 'MapIterationFailed', name: 'Each', index: 1, from: 10 },
      { type: 'TaskStateAborted', from: 10 },
      { type: 'MapStateFailed', from: 10 },
    );
    const { visitByEvent } = executionPath(events);
    expect([12, 14].map((id) => visitByEvent.get(id)?.scope?.index)).toEqual([0, 1]);
  });

  test('the branches of a Parallel, too', () => {
    const task = (name: string) => ({ type: 'TaskStateEntered', name, input: '1', from: 3 }) as const;
    const { visitByEvent } = executionPath(
      history(
        { type: 'ExecutionStarted', input: '{}' },
        { type: 'ParallelStateEntered', name: 'Both', input: '{}' },
        { type: 'ParallelStateStarted' },
        task('First'),
        task('Broken'),
        { type: 'WaitStateEntered', name: 'Last', input: '1', from: 3 },
        { type: 'LambdaFunctionScheduled', resource: 'f', input: '1', from: 5 },
        { type: 'LambdaFunctionFailed', error: 'E', from: 7 },
        { type: 'TaskStateAborted', from: 8 },
        { type: 'TaskStateAborted', from: 8 },
        { type: 'WaitStateAborted', from: 8 },
        { type: 'ParallelStateFailed', from: 8 },
      ),
    );
    expect([9, 10, 11].map((id) => visitByEvent.get(id)?.name)).toEqual(['First', 'Broken', 'Last']);
  });

  test('one after the other, nested', () => {
    const events = history(
      { type: 'ExecutionStarted', input: '[1,2]' },
      { type: 'MapStateEntered', name: 'Outer', input: '[[1]]' },
      { type: 'MapStateStarted', length: 1 },
      { type: 'MapIterationStarted', name: 'Outer', index: 0 },
      { type: 'MapStateEntered', name: 'Inner', input: '[1]' },
      { type: 'MapStateStarted', length: 1 },
      { type: 'MapIterationStarted', name: 'Inner', index: 0 },
      { type: 'PassStateEntered', name: 'Leaf', input: '1' },
      { type: 'PassStateExited', name: 'Leaf', output: '1' },
      { type: 'MapIterationSucceeded', name: 'Inner', index: 0 },
      { type: 'MapStateSucceeded', from: 9 },
      { type: 'MapStateExited', name: 'Inner', output: '[1]', from: 10 },
      { type: 'MapIterationSucceeded', name: 'Outer', index: 0 },
      { type: 'MapStateSucceeded', from: 12 },
      { type: 'MapStateExited', name: 'Outer', output: '[[1]]', from: 13 },
      { type: 'ExecutionSucceeded', output: '[[1]]' },
    );
    expect(statuses(events)).toEqual(['Outer SUCCEEDED', 'Inner SUCCEEDED', 'Leaf SUCCEEDED']);
    const [outer, inner, leaf] = executionPath(events).visits;
    expect(leaf?.scope?.visit).toBe(inner);
    expect(inner?.scope?.visit).toBe(outer);
  });
});
