/** One state, run without an execution: what it computes, and what follows. */
import { type StateTest, testState, VirtualClock } from '../../src/engine';
import type { TestStateResponse } from '../../src/tested-state';

const names = {
  executionArn: 'arn:aws:states:us-east-1:123456789012:express:machine:execution',
  stateMachineArn: 'arn:aws:states:us-east-1:123456789012:stateMachine:machine',
};

type Options = Partial<Omit<StateTest, 'input' | 'mock'>> & {
  readonly input?: unknown;
  readonly result?: unknown;
  readonly error?: string;
};

/** Tests a state, with JSON texts as values. */
async function tested(definition: object, { input = {}, result, error, ...options }: Options = {}) {
  const ended = await testState(
    {
      definition,
      input: JSON.stringify(input),
      names,
      ...(result !== undefined && { mock: { output: JSON.stringify(result) } }),
      ...(error !== undefined && { mock: { failure: { error, cause: 'why' } } }),
      ...options,
    },
    {
      clock: new VirtualClock(),
      random: () => 0.5,
      uuid: () => '0',
      invokeTask: () => ({ error: 'NotMocked' }),
    },
  );
  const value = (text: unknown) => (typeof text === 'string' ? JSON.parse(text) : text);
  const { output, inspectionData = {}, ...rest } = ended;
  const data = Object.entries(inspectionData).map(([field, text]) => [field, value(text)]);
  return {
    ...(rest as Omit<TestStateResponse, 'output' | 'inspectionData'>),
    ...(output !== undefined && { output: value(output) }),
    inspection: Object.fromEntries(data),
  };
}

const task = (more: object) => ({ Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', ...more });
const map = (more: object, mode: object = {}) => ({
  Type: 'Map',
  ItemProcessor: {
    ProcessorConfig: mode,
    StartAt: 'Each',
    States: { Each: { Type: 'Pass', End: true } },
  },
  End: true,
  ...more,
});
const distributed = (more: object) => map(more, { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' });

describe('a Task', () => {
  test('in JSONPath shows each step of its data flow', async () => {
    const state = task({
      InputPath: '$.order',
      Parameters: { 'id.$': '$.id' },
      ResultSelector: { 'sent.$': '$.MessageId' },
      ResultPath: '$.message',
      OutputPath: '$.message',
      Next: 'Then',
    });
    expect(await tested(state, { input: { order: { id: 1 } }, result: { MessageId: 'm' } })).toEqual({
      status: 'SUCCEEDED',
      output: { sent: 'm' },
      nextState: 'Then',
      inspection: {
        input: { order: { id: 1 } },
        afterInputPath: { id: 1 },
        afterParameters: { id: 1 },
        result: { MessageId: 'm' },
        afterResultSelector: { sent: 'm' },
        afterResultPath: { order: { id: 1 }, message: { sent: 'm' } },
      },
    });
  });

  test('in JSONata shows its Arguments and its result', async () => {
    const state = task({
      QueryLanguage: 'JSONata',
      Arguments: { id: '{% $states.input.id %}' },
      Output: '{% $states.result.MessageId %}',
      End: true,
    });
    expect(await tested(state, { input: { id: 1 }, result: { MessageId: 'm' } })).toEqual({
      status: 'SUCCEEDED',
      output: 'm',
      inspection: { input: { id: 1 }, afterArguments: { id: 1 }, result: { MessageId: 'm' } },
    });
  });

  test('that waits for a token, or for a job, has the mocked result', async () => {
    for (const suffix of ['.waitForTaskToken', '.sync']) {
      const state = { Type: 'Task', Resource: `arn:aws:states:::ecs:runTask${suffix}`, End: true };
      expect(await tested(state, { result: 5 })).toMatchObject({ status: 'SUCCEEDED', output: 5 });
    }
  });

  test('fails in the words of AWS, without the event of an execution', async () => {
    expect(await tested(task({ Parameters: { 'id.$': '$.id' }, End: true }), { result: {} })).toMatchObject({
      status: 'FAILED',
      error: 'States.Runtime',
      cause: "The JSONPath '$.id' specified for the field 'id.$' could not be found in the input '{}'",
      inspection: { input: {}, afterInputPath: {} },
    });
  });
});

describe('an error', () => {
  const state = task({
    Retry: [
      { ErrorEquals: ['Busy'], IntervalSeconds: 3, MaxAttempts: 2, BackoffRate: 2 },
      { ErrorEquals: ['Never'], MaxAttempts: 0 },
    ],
    Catch: [
      { ErrorEquals: ['Never'], Next: 'A' },
      { ErrorEquals: ['States.TaskFailed'], ResultPath: '$.error', Next: 'B' },
    ],
    End: true,
  });

  test.each([
    ['Busy', 0, 'RETRIABLE', { retryIndex: 0, retryBackoffIntervalSeconds: 3 }, undefined],
    ['Busy', 1, 'RETRIABLE', { retryIndex: 0, retryBackoffIntervalSeconds: 6 }, undefined],
    ['Busy', 2, 'CAUGHT_ERROR', { retryIndex: 0, catchIndex: 1 }, 'B'],
    ['Never', 0, 'CAUGHT_ERROR', { retryIndex: 1, catchIndex: 0 }, 'A'],
    ['Other', 0, 'CAUGHT_ERROR', { catchIndex: 1 }, 'B'],
    ['States.Timeout', 0, 'FAILED', undefined, undefined],
    ['States.Runtime', 0, 'FAILED', undefined, undefined],
  ])('%s after %i retries: %s', async (error, retrierRetryCount, status, errorDetails, nextState) => {
    const { inspection, ...ended } = await tested(state, { error, retrierRetryCount });
    expect(ended).toMatchObject({ status, error, cause: 'why' });
    expect(ended.nextState).toBe(nextState);
    expect(inspection.errorDetails).toEqual(errorDetails);
  });

  test('is written to the output of the catcher', async () => {
    expect(await tested(state, { input: { id: 1 }, error: 'Other' })).toMatchObject({
      output: { id: 1, error: { Error: 'Other', Cause: 'why' } },
    });
  });

  test('that a state inside a Map does not handle goes to the Map', async () => {
    const machine = {
      StartAt: 'All',
      States: {
        All: map({
          ItemProcessor: { StartAt: 'One', States: { One: task({ End: true }) } },
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Recover' }],
        }),
        Recover: { Type: 'Succeed' },
      },
    };
    const found = await tested(machine, { stateName: 'One', error: 'Broken' });
    expect(found).toMatchObject({ status: 'CAUGHT_ERROR', error: 'Broken', nextState: 'Recover' });
  });
});

describe('a Map', () => {
  test('shows its items and the inputs of its iterations', async () => {
    const state = distributed({
      InputPath: '$.in',
      ItemsPath: '$.items',
      ItemSelector: { 'n.$': '$$.Map.Item.Value' },
      ItemBatcher: { MaxItemsPerBatch: 2 },
      MaxConcurrency: 3,
      ToleratedFailureCount: 1,
      ToleratedFailurePercentage: 60,
      ResultPath: null,
    });
    const { inspection, status } = await tested(state, {
      input: { in: { items: [1, 2, 3] } },
      result: [7, 8],
    });
    expect(status).toBe('SUCCEEDED');
    expect(inspection).toMatchObject({
      afterInputPath: { items: [1, 2, 3] },
      afterItemsPath: [1, 2, 3],
      afterItemSelector: [{ n: 1 }, { n: 2 }, { n: 3 }],
      afterItemBatcher: [{ Items: [{ n: 1 }, { n: 2 }] }, { Items: [{ n: 3 }] }],
      maxConcurrency: 3,
      toleratedFailureCount: 1,
      toleratedFailurePercentage: 60,
      afterResultSelector: [7, 8],
      afterResultPath: { in: { items: [1, 2, 3] } },
    });
    expect(inspection).not.toHaveProperty('result');
  });

  test('fails when more iterations have failed than it tolerates', async () => {
    const state = distributed({ ToleratedFailureCount: 1 });
    const withFailed = (mapIterationFailureCount: number) =>
      tested(state, { input: [1, 2, 3], result: [1, 2, 3], mapIterationFailureCount });
    expect(await withFailed(1)).toMatchObject({ status: 'SUCCEEDED' });
    expect(await withFailed(2)).toMatchObject({ error: 'States.ExceedToleratedFailureThreshold' });
    await expect(withFailed(4)).rejects.toThrow(
      'Map iteration failure count must be less than or equal to the number of Map iterations',
    );
  });

  test.each([
    [
      'CSV',
      'id,n\na,1\nb,2\n',
      [
        { id: 'a', n: '1' },
        { id: 'b', n: '2' },
      ],
    ],
    ['JSONL', '{"n":1}\n{"n":2}\n', [{ n: 1 }, { n: 2 }]],
    ['JSON', '[1,2]', [1, 2]],
  ])('reads the data of an ItemReader: %s', async (InputType, mapItemReaderData, items) => {
    const state = distributed({
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType, CSVHeaderLocation: 'FIRST_ROW' },
        Parameters: { Bucket: 'b', Key: 'k' },
      },
      ItemSelector: { 'item.$': '$$.Map.Item.Value' },
    });
    const { inspection } = await tested(state, { mapItemReaderData, result: [] });
    expect(inspection.afterItemSelector).toEqual(items.map((item) => ({ item })));
  });

  test('shows the items at an ItemsPointer, or finds its items in the input', async () => {
    const state = distributed({
      ItemReader: {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSON', ItemsPointer: '/orders' },
        Parameters: { Bucket: 'b', Key: 'k' },
      },
      ItemsPath: '$.orders',
    });
    const read = await tested(state, { mapItemReaderData: '{"orders":[1,2]}', result: [] });
    expect(read.inspection.afterItemsPointer).toEqual([1, 2]);
    const given = await tested(state, { input: { orders: [3] }, result: [] });
    expect(given.inspection.afterItemsPath).toEqual([3]);
  });
});

test('a Parallel shows what it makes of the results of its branches', async () => {
  const branch = { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } };
  const state = {
    Type: 'Parallel',
    Branches: [branch, branch],
    ResultSelector: { 'first.$': '$[0]' },
    End: true,
  };
  expect(await tested(state, { result: [1, 2] })).toEqual({
    status: 'SUCCEEDED',
    output: { first: 1 },
    inspection: { input: {}, afterResultSelector: { first: 1 }, afterResultPath: { first: 1 } },
  });
});

test.each<[string, object, object]>([
  ['Pass', { Type: 'Pass', End: true }, { output: { n: 1 } }],
  ['Wait', { Type: 'Wait', Seconds: 60, Next: 'Then' }, { output: { n: 1 }, nextState: 'Then' }],
  ['Succeed', { Type: 'Succeed' }, { output: { n: 1 } }],
  ['Fail', { Type: 'Fail', Error: 'E', Cause: 'C' }, { status: 'FAILED', error: 'E', cause: 'C' }],
  [
    'Choice',
    { Type: 'Choice', Choices: [{ Variable: '$.n', NumericEquals: 1, Next: 'One' }], Default: 'Other' },
    { nextState: 'One' },
  ],
])('a %s', async (_type, state, expected) => {
  expect(await tested(state, { input: { n: 1 } })).toMatchObject({
    status: 'SUCCEEDED',
    ...expected,
    inspection: { afterInputPath: { n: 1 } },
  });
});

test('a test takes five minutes at most', async () => {
  const state = { Type: 'Wait', Seconds: 301, End: true };
  expect(await tested(state)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
});

test('variables are read, set and shown', async () => {
  const state = { Type: 'Pass', Assign: { 'b.$': '$a' }, End: true };
  expect((await tested(state, { variables: { a: 1 } })).inspection.variables).toEqual({ a: 1, b: 1 });
});

describe('the context object', () => {
  const state = { Type: 'Pass', Parameters: { 'all.$': '$$' }, End: true };

  test('is that of a new execution', async () => {
    expect((await tested(state, { input: 5 })).output).toMatchObject({
      all: {
        Execution: { Id: names.executionArn, Input: 5, Name: 'execution', RoleArn: null },
        StateMachine: { Id: names.stateMachineArn, Name: 'machine' },
        State: { Name: 'StateName' },
      },
    });
  });

  test('is the given one', async () => {
    const context = { Execution: { Name: 'mine' } };
    expect((await tested(state, { context })).output).toEqual({ all: context });
  });

  test('has the item of a state inside a Map', async () => {
    const machine = {
      StartAt: 'All',
      States: { All: map({ ItemProcessor: { StartAt: 'One', States: { One: state } } }) },
    };
    expect((await tested(machine, { stateName: 'One', input: { id: 1 } })).output).toMatchObject({
      all: { Map: { Item: { Index: 0, Value: { id: 1 } } } },
    });
  });
});
