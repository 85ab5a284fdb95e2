/** Tasks that start other state machines, as AWS runs them and writes their events. */
import { allow, calling, machineArn, machineRole, statesHarness } from './harness';

const childArn = machineArn.replace(/state$/, 'child');
const executionsOfChild = childArn.replace(':stateMachine:', ':execution:');
const rule = 'arn:aws:events:us-east-1:123456789012:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule';

const succeeding = {
  StartAt: 'Rest',
  States: {
    Rest: { Type: 'Wait', Seconds: 5, Next: 'Work' },
    Work: { Type: 'Pass', Parameters: { 'of.$': '$' }, End: true },
  },
};
const failing = { StartAt: 'No', States: { No: { Type: 'Fail', Error: 'Refused', Cause: 'too expensive' } } };
const endless = { StartAt: 'Hour', States: { Hour: { Type: 'Wait', Seconds: 3600, End: true } } };

const start = (suffix: string, more: object = {}, parameters: object = {}) =>
  calling(`arn:aws:states:::states:startExecution${suffix}`, {
    Parameters: { StateMachineArn: childArn, Input: { n: 1 }, Name: 'nested', ...parameters },
    ...more,
  });

/** Step Functions with the state machine `child`, and a role that may start it and wait for it. */
function harness(child: object = succeeding) {
  const made = statesHarness();
  const { states, iam } = made;
  states.createStateMachine({ name: 'child', definition: JSON.stringify(child), roleArn: machineRole });
  allow(iam, 'states:StartExecution', childArn);
  allow(iam, ['states:DescribeExecution', 'states:StopExecution'], `${executionsOfChild}:*`);
  allow(iam, ['events:PutTargets', 'events:PutRule', 'events:DescribeRule'], rule);
  return {
    ...made,
    eventsOf: (executionArn: string) => states.getExecutionHistory({ executionArn }).events,
    statusOfChild: () => states.describeExecution({ executionArn: `${executionsOfChild}:nested` }).status,
  };
}

const taskEvents = (events: readonly { type: string }[]) =>
  events.map(({ type }) => type).filter((type) => /^Task(?!State)/.test(type));

describe('startExecution', () => {
  test('the execution knows which one started it; DescribeExecution does not say so', async () => {
    const { run, states } = harness();
    const { executionArn } = await run(start(''));
    expect(states.startedBy(`${executionsOfChild}:nested`)).toBe(executionArn);
    expect(states.startedBy(executionArn)).toBeUndefined();
    expect(states.describeExecution({ executionArn: `${executionsOfChild}:nested` })).not.toHaveProperty(
      'startedBy',
    );
  });

  test('starts the other state machine and describes the response', async () => {
    const { run, eventsOf, statusOfChild } = harness();
    const ended = await run(start(''));
    expect(statusOfChild()).toBe('RUNNING');
    const output = JSON.parse(ended.output ?? '') as Record<string, unknown>;
    expect(Object.keys(output)).toEqual([
      'ExecutionArn',
      'SdkHttpMetadata',
      'SdkResponseMetadata',
      'StartDate',
    ]);
    expect(output).toMatchObject({
      ExecutionArn: `${executionsOfChild}:nested`,
      SdkHttpMetadata: { HttpStatusCode: 200, HttpHeaders: { 'Content-Type': 'application/x-amz-json-1.0' } },
      StartDate: expect.any(Number),
    });
    expect(taskEvents(eventsOf(ended.executionArn))).toEqual([
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
    ]);
  });

  test.each([
    [{ n: 1.0 }, '{"n":1}'],
    ['{"text": true}', '{"text": true}'],
    [null, '{}'],
  ])('passes the Input %j', async (Input, expected) => {
    const { run, states } = harness();
    await run(start('', {}, { Input }));
    expect(states.describeExecution({ executionArn: `${executionsOfChild}:nested` }).input).toBe(expected);
  });

  test('a link to the execution that started it is part of the Input', async () => {
    const { run, states } = harness();
    const Input = { 'AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID.$': '$$.Execution.Id' };
    const { executionArn } = await run(start('', {}, { Input }));
    const { input } = states.describeExecution({ executionArn: `${executionsOfChild}:nested` });
    expect(JSON.parse(input)).toEqual({ AWS_STEP_FUNCTIONS_STARTED_BY_EXECUTION_ID: executionArn });
  });

  test('a state machine that does not exist is named as on AWS', async () => {
    const { run, iam } = harness();
    allow(iam, 'states:*', '*');
    const ended = await run(start('', {}, { StateMachineArn: `${childArn}x` }));
    expect(ended.error).toBe('StepFunctions.StateMachineDoesNotExistException');
    expect(ended.cause).toMatch(
      /^State Machine Does Not Exist: '.*childx' \(Service: AWSStepFunctions; Status Code: 400; Error Code: StateMachineDoesNotExist; Request ID: .*; Proxy: null\)$/,
    );
  });

  test('needs states:StartExecution', async () => {
    const { run, iam, states } = harness();
    iam.deleteRolePolicy({ RoleName: 'machine', PolicyName: 'states-StartExecution' });
    const ended = await run(start(''));
    expect(ended.error).toBe('StepFunctions.AWSStepFunctionsException');
    expect(ended.cause).toContain(
      `is not authorized to perform: states:StartExecution on resource: ${childArn}`,
    );
    expect(states.listExecutions({ stateMachineArn: childArn }).executions).toEqual([]);
  });
});

describe('waiting for the end', () => {
  test.each([
    ['.sync', '{"n":1}', '{"of":{"n":1}}'],
    ['.sync:2', { n: 1 }, { of: { n: 1 } }],
  ])('startExecution%s has the payloads as %j', async (suffix, Input, Output) => {
    const { run, eventsOf, statusOfChild } = harness();
    const ended = await run(start(suffix));
    expect(statusOfChild()).toBe('SUCCEEDED');
    const output = JSON.parse(ended.output ?? '') as Record<string, number>;
    expect(output).toEqual({
      ExecutionArn: `${executionsOfChild}:nested`,
      Input,
      InputDetails: { Included: true },
      Name: 'nested',
      Output,
      OutputDetails: { Included: true },
      RedriveCount: 0,
      RedriveStatus: 'NOT_REDRIVABLE',
      RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven',
      StartDate: expect.any(Number),
      StateMachineArn: childArn,
      Status: 'SUCCEEDED',
      StopDate: Number(output.StartDate) + 5000,
    });
    const events = eventsOf(ended.executionArn);
    expect(taskEvents(events)).toEqual(['TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded']);
    const submitted = events.find(({ type }) => type === 'TaskSubmitted');
    expect(submitted).toMatchObject({
      taskSubmittedEventDetails: { resourceType: 'states', resource: `startExecution${suffix}` },
      timestamp: output.StartDate,
    });
  });

  test('an execution that fails, fails the Task with its description', async () => {
    const { run, eventsOf } = harness(failing);
    const ended = await run(start('.sync:2'));
    expect(ended.error).toBe('States.TaskFailed');
    const cause = JSON.parse(ended.cause ?? '') as object;
    expect(Object.keys(cause).slice(0, 3)).toEqual(['Cause', 'Error', 'ExecutionArn']);
    expect(cause).toMatchObject({
      Error: 'Refused',
      Cause: 'too expensive',
      Input: '{"n":1}',
      Status: 'FAILED',
    });
    expect(taskEvents(eventsOf(ended.executionArn)).at(-1)).toBe('TaskFailed');
  });

  test('a nested execution that is stopped fails the Task', async () => {
    const { states, create } = harness(endless);
    create(start('.sync'));
    const { executionArn } = states.startExecution({ stateMachineArn: machineArn });
    states.listen((arn, { type }) => {
      if (!arn.endsWith(':nested') || type !== 'WaitStateEntered') return;
      queueMicrotask(() => void states.stopExecution({ executionArn: arn }));
    });
    const ended = await states.executionEnded(executionArn);
    expect(ended.error).toBe('States.TaskFailed');
    expect(JSON.parse(ended.cause ?? '')).toMatchObject({ Status: 'ABORTED' });
  });

  test('the timeout of the state stops the nested execution', async () => {
    const { run, eventsOf, statusOfChild } = harness(endless);
    const ended = await run(start('.sync', { TimeoutSeconds: 60 }));
    expect(ended.error).toBe('States.Timeout');
    expect(taskEvents(eventsOf(ended.executionArn))).toEqual([
      'TaskScheduled',
      'TaskStarted',
      'TaskSubmitted',
      'TaskTimedOut',
    ]);
    expect(statusOfChild()).toBe('ABORTED');
  });

  test('it continues when the role may not stop it', async () => {
    const { run, iam, statusOfChild } = harness(endless);
    iam.deleteRolePolicy({
      RoleName: 'machine',
      PolicyName: 'states-DescribeExecution,states-StopExecution',
    });
    await run(start('.sync', { TimeoutSeconds: 60 }));
    expect(statusOfChild()).toBe('RUNNING');
  });

  test('needs states:DescribeExecution', async () => {
    const { run, iam } = harness();
    iam.deleteRolePolicy({
      RoleName: 'machine',
      PolicyName: 'states-DescribeExecution,states-StopExecution',
    });
    const ended = await run(start('.sync'));
    expect(ended.error).toBe('StepFunctions.AWSStepFunctionsException');
    expect(ended.cause).toContain('is not authorized to perform: states:DescribeExecution');
  });

  test('its token can be returned before the end', async () => {
    const { states, create, statusOfChild } = harness(endless);
    create(start('.sync', {}, { Input: { 'token.$': '$$.Task.Token' } }));
    states.listen((arn, { type }) => {
      if (!arn.endsWith(':nested') || type !== 'WaitStateEntered') return;
      const { token } = JSON.parse(states.describeExecution({ executionArn: arn }).input) as {
        token: string;
      };
      states.sendTaskSuccess({ taskToken: token, output: '"early"' });
    });
    const { executionArn } = states.startExecution({ stateMachineArn: machineArn });
    expect(await states.executionEnded(executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      output: '"early"',
    });
    expect(statusOfChild()).toBe('RUNNING');
  });
});

test('with a task token the Task waits for it, not for the end of the execution', async () => {
  const { states, create, eventsOf, statusOfChild } = harness();
  create(start('.waitForTaskToken', {}, { Input: { 'token.$': '$$.Task.Token' } }));
  states.listen((arn, event) => {
    if (!arn.endsWith(':nested') || event.type !== 'ExecutionSucceeded') return;
    const { token } = JSON.parse(states.describeExecution({ executionArn: arn }).input) as { token: string };
    states.sendTaskSuccess({ taskToken: token, output: '"approved"' });
  });
  const { executionArn } = states.startExecution({ stateMachineArn: machineArn });
  expect(await states.executionEnded(executionArn)).toMatchObject({ output: '"approved"' });
  expect(taskEvents(eventsOf(executionArn))).toEqual([
    'TaskScheduled',
    'TaskStarted',
    'TaskSubmitted',
    'TaskSucceeded',
  ]);
  expect(statusOfChild()).toBe('SUCCEEDED');
});
