import { eventsOf, LAMBDA, run, start } from './run';

const machine = (states: Record<string, object>, more: object = {}, config: object = {}) => ({
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD', ...config },
        StartAt: Object.keys(states)[0],
        States: states,
      },
      End: true,
      ...more,
    },
  },
});
const PASS = { One: { Type: 'Pass', End: true } };
/** Fails for items below 0. */
const PICKY = {
  One: { Type: 'Choice', Choices: [{ Variable: '$', NumericLessThan: 0, Next: 'Bad' }], Default: 'Good' },
  Bad: { Type: 'Fail', Error: 'Negative', Cause: 'less than 0' },
  Good: { Type: 'Pass', End: true },
};

test('the items run in child executions, which this history does not show', async () => {
  const { lines, output } = await run(machine(PASS), { input: ['a', 'b'] });
  expect(output).toEqual(['a', 'b']);
  expect(lines).toEqual([
    '1<-0 ExecutionStarted',
    '2<-0 MapStateEntered Each',
    '3<-2 MapStateStarted',
    '4<-3 MapRunStarted',
    '5<-4 MapRunSucceeded',
    '6<-5 MapStateSucceeded',
    '7<-5 MapStateExited Each',
    '8<-7 ExecutionSucceeded',
  ]);
});

test('Label names the Map Run and its executions', async () => {
  const arns: string[] = [];
  const task = { One: { Type: 'Task', Resource: `${LAMBDA}x`, End: true } };
  const answer = ({ executionArn }: { executionArn: string }) => {
    arns.push(executionArn);
    return { output: '0' };
  };
  const { events } = await run(machine(task, { Label: 'Orders' }), { input: [1], tasks: { One: answer } });
  expect(eventsOf(events, 'MapRunStarted')[0]?.mapRunStartedEventDetails.mapRunArn).toMatch(
    /^arn:aws:states:us-east-1:123456789012:mapRun:machine\/Orders:[0-9a-f-]{36}$/,
  );
  expect(arns).toEqual([
    expect.stringMatching(/^arn:aws:states:us-east-1:123456789012:execution:machine\/Orders:[0-9a-f-]{36}$/),
  ]);
});

describe('failures', () => {
  test('one failure is too many by default', async () => {
    const { types, outcome } = await run(machine(PICKY), { input: [1, -1] });
    expect(types.slice(3)).toEqual(['MapRunStarted', 'MapRunFailed', 'MapStateFailed', 'ExecutionFailed']);
    expect(outcome).toEqual({
      status: 'FAILED',
      error: 'States.ExceedToleratedFailureThreshold',
      cause: 'The specified tolerated failure threshold was exceeded',
    });
  });

  test.each([
    [{ ToleratedFailureCount: 1 }, [1, -1, 2], 'SUCCEEDED'],
    [{ ToleratedFailureCount: 1 }, [-1, -1, 2], 'FAILED'],
    [{ ToleratedFailurePercentage: 50 }, [1, -1], 'SUCCEEDED'],
    [{ ToleratedFailurePercentage: 50 }, [1, -1, -1], 'FAILED'],
    [{ ToleratedFailurePercentage: 100, ToleratedFailureCount: 1 }, [-1, -1], 'FAILED'],
  ])('%j of %j: %s', async (more, input, status) => {
    expect((await run(machine(PICKY, more), { input })).outcome.status).toBe(status);
  });

  test('a tolerated failure is in the results with its details', async () => {
    const { output } = await run(machine(PICKY, { ToleratedFailureCount: 1 }), { input: [1, -1] });
    expect(output).toEqual([
      1,
      {
        Cause: 'less than 0',
        Error: 'Negative',
        ExecutionArn: expect.stringMatching(/:execution:machine\/[^:]+:[0-9a-f-]{36}$/),
        Input: '-1',
        InputDetails: { Included: true },
        Name: expect.stringMatching(/^[0-9a-f-]{36}$/),
        OutputDetails: { Included: true },
        RedriveCount: 0,
        RedriveStatus: 'REDRIVABLE',
        StartDate: '2024-01-01T00:00:00.000Z',
        StateMachineArn: expect.stringMatching(/:stateMachine:machine\/[^:]+$/),
        Status: 'FAILED',
        StopDate: '2024-01-01T00:00:00.000Z',
      },
    ]);
  });

  test.each([
    [{ ToleratedFailureCountPath: '$.limit' }, -1, 'ToleratedFailureCount cannot be negative.'],
    [
      { ToleratedFailurePercentagePath: '$.limit' },
      101,
      'ToleratedFailurePercentage must be between 0 and 100.',
    ],
    [
      { ToleratedFailurePercentagePath: '$.limit' },
      'x',
      'refers to value "x" which is not a valid float: $.limit',
    ],
  ])('%j of %j fails after the Map has started', async (more, limit, text) => {
    const { types, outcome } = await run(machine(PASS, { ItemsPath: '$.items', ...more }), {
      input: { items: [1], limit },
    });
    expect(types.slice(2)).toEqual(['MapStateStarted', 'ExecutionFailed']);
    expect(outcome).toMatchObject({ error: 'States.Runtime', cause: expect.stringContaining(text) });
  });
});

describe('ItemBatcher', () => {
  test('MaxItemsPerBatch and BatchInput', async () => {
    const batcher = { MaxItemsPerBatch: 2, BatchInput: { 'of.$': '$.id' } };
    const { output } = await run(machine(PASS, { ItemsPath: '$.items', ItemBatcher: batcher }), {
      input: { id: 7, items: [1, 2, 3] },
    });
    expect(output).toEqual([
      { BatchInput: { of: 7 }, Items: [1, 2] },
      { BatchInput: { of: 7 }, Items: [3] },
    ]);
  });

  test('MaxInputBytesPerBatch', async () => {
    const { output } = await run(machine(PASS, { ItemBatcher: { MaxInputBytesPerBatch: 25 } }), {
      input: ['aaaa', 'bbbb', 'cccc'],
    });
    expect(output).toEqual([{ Items: ['aaaa'] }, { Items: ['bbbb'] }, { Items: ['cccc'] }].map((one) => one));
  });

  test('the length in the event counts the items', async () => {
    const { events } = await run(machine(PASS, { ItemBatcher: { MaxItemsPerBatch: 2 } }), {
      input: [1, 2, 3],
    });
    expect(eventsOf(events, 'MapStateStarted')[0]?.mapStateStartedEventDetails.length).toBe(3);
  });
});

test('child executions do not see the variables of the state machine', async () => {
  const { outcome } = await run({
    StartAt: 'Set',
    States: {
      Set: { Type: 'Pass', Assign: { x: 1 }, Result: [1], Next: 'Each' },
      ...(machine({ One: { Type: 'Pass', Parameters: { 'x.$': '$x' }, End: true } }) as { States: object })
        .States,
    },
  });
  expect(outcome.status).toBe('FAILED');
});

describe('ResultWriter with only a WriterConfig', () => {
  const writer = (Transformation: string) => ({
    ResultWriter: { WriterConfig: { Transformation, OutputType: 'JSON' } },
  });

  test.each([
    ['COMPACT', [[1, 2], 3], [[1, 2], 3]],
    ['FLATTEN', [[1, 2], 3, [], [[4]]], [1, 2, 3, [4]]],
  ])('%s of %j', async (form, input, expected) => {
    expect((await run(machine(PASS, writer(form)), { input })).output).toEqual(expected);
  });

  test('NONE describes each execution as DescribeExecution does', async () => {
    const { output } = await run(machine({ One: { Type: 'Wait', Seconds: 5, End: true } }, writer('NONE')), {
      input: [7],
    });
    expect(output).toEqual([
      expect.objectContaining({
        Input: '7',
        Output: '7',
        RedriveStatus: 'NOT_REDRIVABLE',
        RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
        StartDate: '2024-01-01T00:00:00.000Z',
        Status: 'SUCCEEDED',
        StopDate: '2024-01-01T00:00:05.000Z',
      }),
    ]);
  });
});

test('without an object store, a ResultWriter that exports fails the Map Run', async () => {
  const { outcome } = await run(
    machine(PASS, { ResultWriter: { Resource: 'arn:aws:states:::s3:putObject' } }),
    { input: [1] },
  );
  expect(outcome).toMatchObject({
    error: 'States.ResultWriterFailed',
    cause: 'This execution cannot reach Amazon S3.',
  });
});

test('a token of a child execution is returned to the parent execution', async () => {
  const task = {
    One: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', End: true },
  };
  const execution = start(machine(task), {
    input: [1],
    tasks: {
      One: (call) => {
        setImmediate(() => execution.completeTask(call.taskToken as string, { output: '"back"' }));
        return { output: '{}' };
      },
    },
  });
  expect(await execution.outcome).toEqual({ status: 'SUCCEEDED', output: '["back"]' });
});

test('stopping the execution stops its children', async () => {
  let started = 0;
  const states = {
    Sleep: { Type: 'Wait', Seconds: 60, Next: 'Work' },
    Work: { Type: 'Task', Resource: `${LAMBDA}x`, End: true },
  };
  const execution = start(machine(states), {
    input: [1, 2],
    tasks: { Work: () => ({ output: String(++started) }) },
  });
  execution.stop();
  expect(await execution.outcome).toEqual({ status: 'ABORTED' });
  await new Promise(setImmediate);
  expect(started).toBe(0);
});
