import { awsErrorOf } from '../context';
import {
  answering,
  calling,
  functionArn,
  machineArn,
  machineRole,
  passing,
  statesHarness,
  waiting,
} from './harness';

const executionArn = (name: string) => `${machineArn.replace(':stateMachine:', ':execution:')}:${name}`;

describe('StartExecution', () => {
  test('an execution is described as it ran', async () => {
    const { run } = statesHarness();
    const ended = await run(waiting, '{"a":  1.0}');
    expect(ended).toEqual({
      executionArn: executionArn(ended.name),
      stateMachineArn: machineArn,
      name: ended.name,
      status: 'SUCCEEDED',
      startDate: new Date(Date.UTC(2024, 0, 1)),
      stopDate: new Date(Date.UTC(2024, 0, 1, 1)),
      input: '{"a":  1.0}',
      inputDetails: { included: true },
      output: '{"a":  1.0}',
      outputDetails: { included: true },
      redriveCount: 0,
      redriveStatus: 'NOT_REDRIVABLE',
      redriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
    });
  });

  test('a trace header is kept, except an empty one, which the skeleton of the AWS CLI has', () => {
    const { states, create } = statesHarness();
    create(waiting);
    const start = (name: string, traceHeader: string) =>
      states.describeExecution(states.startExecution({ stateMachineArn: machineArn, name, traceHeader }));
    expect(start('a', 'Root=1-5759e988-bd862e3fe1be46a994272793')).toMatchObject({
      traceHeader: 'Root=1-5759e988-bd862e3fe1be46a994272793',
    });
    expect(start('b', '')).not.toHaveProperty('traceHeader');
  });

  test('the default input is {}', async () => {
    const { states, create } = statesHarness();
    create(passing);
    const started = states.startExecution({ stateMachineArn: machineArn });
    expect(await states.executionEnded(started.executionArn)).toMatchObject({ input: '{}', output: '{}' });
  });

  test('the same name and input return the same answer while the execution runs', async () => {
    const { states, create } = statesHarness();
    create(waiting);
    const start = (input: string) =>
      states.startExecution({ stateMachineArn: machineArn, name: 'one', input });
    const first = start('{}');
    expect(start('{}')).toEqual(first);
    const taken = `ExecutionAlreadyExists: Execution Already Exists: '${executionArn('one')}'`;
    expect(await awsErrorOf(() => start('{"a":1}'))).toBe(taken);
    await states.executionEnded(first.executionArn);
    expect(await awsErrorOf(() => start('{}'))).toBe(taken);
  });

  test.each<[string, string]>([
    [
      'not json',
      "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    ],
    [
      "{'fail': true}",
      "Unexpected character (''' (code 39)): was expecting double-quote to start field name",
    ],
    [
      '{"fail" true}',
      "Unexpected character ('t' (code 116)): was expecting a colon to separate field name and value",
    ],
    ['{"fail": true', 'Unexpected end-of-input: was expecting comma to separate Object entries'],
    ['[1 2]', "Unexpected character ('2' (code 50)): was expecting comma to separate Array entries"],
    ['["a]', 'Unexpected end-of-input: was expecting closing quote for a string value'],
    [
      '{"a": }',
      "Unexpected character ('}' (code 125)): expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
    ],
    ['{} {}', "Unexpected character ('{' (code 123)): expected the end of the input"],
    ['', 'Invalid execution input.'],
    [' \n', 'Invalid execution input.'],
  ])('input %j is refused', async (input, reason) => {
    const { states, create } = statesHarness();
    create(passing);
    expect(await awsErrorOf(() => states.startExecution({ stateMachineArn: machineArn, input }))).toBe(
      `InvalidExecutionInput: Invalid State Machine Execution Input: '${reason}'`,
    );
  });

  test.each(['2', '"text"', 'null', 'true', '[]', ' {} '])('input %j is accepted', async (input) => {
    expect(await statesHarness().run(passing, input)).toMatchObject({ status: 'SUCCEEDED', input });
  });

  test('an input may have at most 262,144 bytes', async () => {
    const ofSize = (size: number, character = 'x') => `"${character.repeat(size - 2)}"`;
    expect((await statesHarness().run(passing, ofSize(262_144))).status).toBe('SUCCEEDED');
    const { states, create } = statesHarness();
    create(passing);
    const start = (input: string) =>
      awsErrorOf(() => states.startExecution({ stateMachineArn: machineArn, input }));
    expect(await start(ofSize(262_145))).toBe(
      "ValidationException: 1 validation error detected: Value at 'input' failed to satisfy constraint: Member must have length less than or equal to 262144",
    );
    expect(await start(ofSize(200_000, 'é'))).toBe(
      "InvalidExecutionInput: Invalid State Machine Execution Input: 'The input is 399998 bytes long, above the limit of 262144.'",
    );
  });

  test.each<[string, object, string]>([
    ['a bad name', { name: 'a/b' }, "InvalidName: Invalid Name: 'a/b'"],
    [
      'a state machine that does not exist',
      { stateMachineArn: `${machineArn}2` },
      `StateMachineDoesNotExist: State Machine Does Not Exist: '${machineArn}2'`,
    ],
    [
      'a version that does not exist',
      { stateMachineArn: `${machineArn}:7` },
      `StateMachineDoesNotExist: State Machine Does Not Exist: '${machineArn}:7'`,
    ],
    [
      "an execution's ARN",
      { stateMachineArn: executionArn('x') },
      "InvalidArn: Invalid Arn: 'Resource type not valid in this context: execution'",
    ],
    [
      "another service's ARN",
      { stateMachineArn: machineRole },
      "InvalidArn: Invalid Arn: 'Invalid service name in ARN: iam'",
    ],
  ])('refused: %s', async (_, more, error) => {
    const { states, create } = statesHarness();
    create(passing);
    expect(await awsErrorOf(() => states.startExecution({ stateMachineArn: machineArn, ...more }))).toBe(
      error,
    );
  });

  test('an execution continues with the definition it was started with', async () => {
    const { states, create } = statesHarness();
    create(waiting);
    const started = states.startExecution({ stateMachineArn: machineArn });
    states.updateStateMachine({ stateMachineArn: machineArn, definition: passing });
    await states.executionEnded(started.executionArn);
    expect(states.getExecutionHistory(started).events).toHaveLength(4);
    expect(states.describeStateMachineForExecution(started)).toMatchObject({
      stateMachineArn: machineArn,
      name: 'state',
      definition: waiting,
      roleArn: machineRole,
    });
  });

  test('a version runs its own definition, and lists its own executions', async () => {
    const { states, create } = statesHarness();
    create(passing, { publish: true });
    states.updateStateMachine({ stateMachineArn: machineArn, definition: waiting });
    states.startExecution({ stateMachineArn: machineArn, name: 'unpublished' });
    const started = states.startExecution({ stateMachineArn: `${machineArn}:1`, name: 'one' });
    expect(await states.executionEnded(started.executionArn)).toMatchObject({
      stateMachineVersionArn: `${machineArn}:1`,
    });
    const { executions } = states.listExecutions({ stateMachineArn: `${machineArn}:1` });
    expect(executions.map(({ name }) => name)).toEqual(['one']);
  });
});

describe('ListExecutions', () => {
  test('newest first, filtered by status, in pages', async () => {
    const { states, create } = statesHarness();
    create(passing);
    for (const name of ['a', 'b', 'c']) {
      await states.executionEnded(states.startExecution({ stateMachineArn: machineArn, name }).executionArn);
    }
    states.updateStateMachine({ stateMachineArn: machineArn, definition: waiting });
    states.startExecution({ stateMachineArn: machineArn, name: 'd' });

    const names = (request: object) =>
      states.listExecutions({ stateMachineArn: machineArn, ...request }).executions.map(({ name }) => name);
    expect(names({})).toEqual(['d', 'c', 'b', 'a']);
    expect(names({ statusFilter: 'RUNNING' })).toEqual(['d']);
    expect(names({ statusFilter: 'SUCCEEDED' })).toEqual(['c', 'b', 'a']);
    const first = states.listExecutions({ stateMachineArn: machineArn, maxResults: 3 }) as {
      nextToken: string;
    };
    expect(names({ maxResults: 3, nextToken: first.nextToken })).toEqual(['a']);
  });

  test('pages neither repeat nor lose an execution, while others start and end', async () => {
    const { states, create } = statesHarness();
    create(waiting);
    const start = (name: string) => states.startExecution({ stateMachineArn: machineArn, name });
    const started = ['a', 'b', 'c', 'd'].map(start);
    const running = (nextToken?: string) =>
      states.listExecutions({
        stateMachineArn: machineArn,
        statusFilter: 'RUNNING',
        maxResults: 2,
        ...(nextToken !== undefined && { nextToken }),
      });
    const first = running();
    start('e');
    await states.stopExecution(started[3] ?? { executionArn: '' });
    const second = running(first.nextToken);
    expect([...first.executions, ...second.executions].map(({ name }) => name)).toEqual(['d', 'c', 'b', 'a']);
    expect(second.nextToken).toBeUndefined();
  });

  test('an unknown status is refused', async () => {
    const { states, create } = statesHarness();
    create(passing);
    expect(
      await awsErrorOf(() =>
        states.listExecutions({ stateMachineArn: machineArn, statusFilter: 'succeeded' as 'SUCCEEDED' }),
      ),
    ).toBe(
      "ValidationException: 1 validation error detected: Value 'succeeded' at 'statusFilter' failed to satisfy constraint: Member must satisfy enum value set: [SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING]",
    );
  });
});

describe('StopExecution', () => {
  test('a running execution is aborted with error and cause', async () => {
    const { states, create } = statesHarness();
    create(waiting);
    const started = states.startExecution({ stateMachineArn: machineArn });
    expect(await states.stopExecution({ ...started, error: 'Enough', cause: 'of this' })).toEqual({
      stopDate: new Date(Date.UTC(2024, 0, 1)),
    });
    expect(states.describeExecution(started)).toMatchObject({
      status: 'ABORTED',
      error: 'Enough',
      cause: 'of this',
    });
    expect(states.getExecutionHistory(started).events.at(-1)).toMatchObject({
      type: 'ExecutionAborted',
      executionAbortedEventDetails: { error: 'Enough', cause: 'of this' },
    });
  });

  test.each([
    ['error', 257, 256],
    ['cause', 32_769, 32_768],
  ])('%s may not have %d characters', async (member, length, limit) => {
    const { states, create } = statesHarness();
    create(waiting);
    const started = states.startExecution({ stateMachineArn: machineArn });
    expect(await awsErrorOf(() => states.stopExecution({ ...started, [member]: 'x'.repeat(length) }))).toBe(
      `ValidationException: 1 validation error detected: Value at '${member}' failed to satisfy constraint: Member must have length less than or equal to ${limit}`,
    );
  });

  test('an execution that has ended does not change', async () => {
    const { states, run } = statesHarness();
    const { executionArn, stopDate } = await run(passing);
    expect(await states.stopExecution({ executionArn })).toEqual({ stopDate });
    expect(states.describeExecution({ executionArn }).status).toBe('SUCCEEDED');
  });

  test('close aborts running executions', async () => {
    const { states, create } = statesHarness();
    create(waiting);
    const started = states.startExecution({ stateMachineArn: machineArn });
    await states.close();
    expect(states.describeExecution(started).status).toBe('ABORTED');
  });
});

describe('GetExecutionHistory', () => {
  test('forwards, backwards and in pages', async () => {
    const { states, run } = statesHarness();
    const { executionArn } = await run(passing);
    const ids = (request: object) =>
      states.getExecutionHistory({ executionArn, ...request }).events.map(({ id }) => id);
    expect(ids({})).toEqual([1, 2, 3, 4]);
    expect(ids({ reverseOrder: true })).toEqual([4, 3, 2, 1]);
    const { nextToken } = states.getExecutionHistory({ executionArn, maxResults: 3 });
    expect(ids({ maxResults: 3, nextToken })).toEqual([4]);
  });

  test('without execution data: with names, without payloads', async () => {
    const { states, run } = statesHarness();
    const { executionArn } = await run(passing);
    const { events } = states.getExecutionHistory({ executionArn, includeExecutionData: false });
    expect(events[1]).toEqual({
      id: 2,
      previousEventId: 0,
      timestamp: Date.UTC(2024, 0, 1),
      type: 'PassStateEntered',
      stateEnteredEventDetails: { name: 'Only' },
    });
    expect(JSON.stringify(events)).not.toContain('put"');
  });

  test('of a running execution: the events so far', async () => {
    const { states, create } = statesHarness();
    create(waiting);
    const started = states.startExecution({ stateMachineArn: machineArn });
    expect(states.getExecutionHistory(started).events.map(({ type }) => type)).toEqual([
      'ExecutionStarted',
      'WaitStateEntered',
    ]);
  });

  test.each<[string, string]>([
    [executionArn('x'), `ExecutionDoesNotExist: Execution Does Not Exist: '${executionArn('x')}'`],
    ['x', "InvalidArn: Invalid Arn: 'Invalid ARN prefix: x'"],
    [
      `${machineArn.replace('stateMachine', 'express')}:a:b`,
      "InvalidArn: Invalid Arn: 'Resource type not valid in this context: express'",
    ],
  ])('%s is refused', async (arn, error) => {
    expect(await awsErrorOf(() => statesHarness().states.getExecutionHistory({ executionArn: arn }))).toBe(
      error,
    );
  });
});

test('listeners receive every event until they are removed', async () => {
  const { states, run } = statesHarness();
  const heard: string[] = [];
  const leave = states.listen((_, { type }) => heard.push(type));
  await run(passing);
  expect(heard).toEqual(['ExecutionStarted', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded']);
  leave();
  await run(passing);
  expect(heard).toHaveLength(4);
});

describe('EXPRESS state machines', () => {
  test('StartSyncExecution returns the result', async () => {
    const { states, create } = statesHarness();
    create(waiting.replace('3600', '1'), { type: 'EXPRESS' });
    expect(
      await states.startSyncExecution({ stateMachineArn: machineArn, name: 'one', input: '[1]' }),
    ).toEqual({
      executionArn: expect.stringMatching(
        /^arn:aws:states:us-east-1:123456789012:express:state:one:[\da-f-]{36}$/,
      ),
      stateMachineArn: machineArn,
      name: 'one',
      status: 'SUCCEEDED',
      startDate: new Date(Date.UTC(2024, 0, 1)),
      stopDate: new Date(Date.UTC(2024, 0, 1, 0, 0, 1)),
      input: '[1]',
      inputDetails: { included: true },
      output: '[1]',
      outputDetails: { included: true },
      billingDetails: { billedDurationInMilliseconds: 1000, billedMemoryUsedInMB: 64 },
    });
  });

  test('their executions are not kept', async () => {
    const { states, create } = statesHarness();
    create(passing, { type: 'EXPRESS' });
    const { executionArn } = states.startExecution({ stateMachineArn: machineArn });
    expect(await awsErrorOf(() => states.describeExecution({ executionArn }))).toBe(
      "InvalidArn: Invalid Arn: 'Resource type not valid in this context: express'",
    );
    expect(await awsErrorOf(() => states.listExecutions({ stateMachineArn: machineArn }))).toMatch(
      /^StateMachineTypeNotSupported/,
    );
  });

  test('a STANDARD state machine does not support StartSyncExecution', async () => {
    const { states, create } = statesHarness();
    create(passing);
    expect(await awsErrorOf(() => states.startSyncExecution({ stateMachineArn: machineArn }))).toBe(
      'StateMachineTypeNotSupported: This operation is not supported by this type of state machine',
    );
  });
});

describe('the Lambda invocations of an execution', () => {
  const retrying = calling(functionArn, { Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1 }] });

  test('are known by request id, with the event that scheduled each', async () => {
    const { run, states, invocations } = statesHarness(answering('{}', { FunctionError: 'Unhandled' }));
    const { executionArn } = await run(retrying);
    const [first, second] = invocations.map(({ RequestId }) => RequestId);
    expect(states.listLambdaInvocations({ executionArn })).toEqual([
      { requestId: first, functionName: functionArn, scheduledEventId: 3 },
      { requestId: second, functionName: functionArn, scheduledEventId: 6 },
    ]);
    expect(second).not.toBe(first);
  });

  test('are known while it runs', async () => {
    let called = () => {};
    const wasCalled = new Promise<void>((resolve) => {
      called = resolve;
    });
    const { create, states } = statesHarness(() => {
      called();
      return new Promise(() => {});
    });
    create(calling(functionArn));
    const { executionArn } = states.startExecution({ stateMachineArn: machineArn });
    await wasCalled;
    expect(states.listLambdaInvocations({ executionArn })).toMatchObject([{ scheduledEventId: 3 }]);
    await states.close();
  });

  test('are not part of its description', async () => {
    const { run } = statesHarness();
    expect(await run(calling(functionArn))).not.toHaveProperty('invocations');
  });

  test('of one that does not exist are refused', async () => {
    const { states } = statesHarness();
    expect(await awsErrorOf(() => states.listLambdaInvocations({ executionArn: executionArn('none') }))).toBe(
      `ExecutionDoesNotExist: Execution Does Not Exist: '${executionArn('none')}'`,
    );
  });
});
