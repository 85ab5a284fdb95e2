/** aws-sdk: Tasks that call services of the account itself, and the roles that Tasks are called with. */
import { Account } from '../../../src/local-aws/account';
import { allow, calling, machineArn, machineRole, statesHarness, trustPolicy } from './harness';

const role = 'arn:aws:iam::000000000000:role/machine';
const policy = (...Action: string[]) =>
  JSON.stringify({ Version: '2012-10-17', Statement: { Effect: 'Allow', Action, Resource: '*' } });

/** An account with a role that may do these actions. */
function account(...actions: string[]) {
  const made = new Account();
  made.iam.createRole({ RoleName: 'machine', AssumeRolePolicyDocument: trustPolicy('states.amazonaws.com') });
  made.iam.putRolePolicy({ RoleName: 'machine', PolicyName: 'p', PolicyDocument: policy(...actions) });
  let count = 0;
  const run = async (resource: string, Parameters: object) => {
    const { stateMachineArn } = made.states.createStateMachine({
      name: `m${++count}`,
      roleArn: role,
      definition: calling(`arn:aws:states:::aws-sdk:${resource}`, { Parameters }),
    });
    const { executionArn } = made.states.startExecution({ stateMachineArn });
    const ended = await made.states.executionEnded(executionArn);
    return {
      ...ended,
      result: ended.output === undefined ? undefined : (JSON.parse(ended.output) as unknown),
    };
  };
  return { ...made, states: made.states, iam: made.iam, logs: made.logs, close: () => made.close(), run };
}

test('sfn: members in PascalCase, times in ISO 8601, members sorted', async () => {
  const { run, states } = account('states:*');
  const { stateMachineArn } = states.createStateMachine({
    name: 'child',
    roleArn: role,
    definition: JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } }),
  });
  const started = await run('sfn:startExecution', {
    StateMachineArn: stateMachineArn,
    Name: 'n',
    Input: '{"a":1}',
  });
  expect(started.result).toEqual({
    ExecutionArn: 'arn:aws:states:us-east-1:000000000000:execution:child:n',
    StartDate: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
  });
  await states.executionEnded('arn:aws:states:us-east-1:000000000000:execution:child:n');
  const described = await run('sfn:describeExecution', {
    ExecutionArn: 'arn:aws:states:us-east-1:000000000000:execution:child:n',
  });
  expect(described.result).toMatchObject({
    Input: '{"a":1}',
    InputDetails: { Included: true },
    Status: 'SUCCEEDED',
  });
  const history = await run('sfn:getExecutionHistory', {
    ExecutionArn: 'arn:aws:states:us-east-1:000000000000:execution:child:n',
  });
  expect(history.result).toMatchObject({
    Events: [{ Id: 1, Timestamp: expect.stringMatching(/Z$/), Type: 'ExecutionStarted' }, {}, {}, {}],
  });
});

test('sfn: the data of an execution can be a JSON value', async () => {
  const { run, states } = account('states:*');
  const { stateMachineArn } = states.createStateMachine({
    name: 'child',
    roleArn: role,
    definition: JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } }),
  });
  const { result } = await run('sfn:startExecution', { StateMachineArn: stateMachineArn, Input: { a: [1] } });
  const { ExecutionArn } = result as { ExecutionArn: string };
  expect(await states.executionEnded(ExecutionArn)).toMatchObject({ output: '{"a":[1]}' });
});

test('sfn: a state machine can be the worker of an activity; a Task that stops no longer waits', async () => {
  const { run, states, close } = account('states:*');
  const { activityArn } = states.createActivity({ name: 'paint' });
  const parameters = { ActivityArn: activityArn, WorkerName: 'Bob' };
  const create = (name: string, definition: string) =>
    states.createStateMachine({ name, roleArn: role, definition }).stateMachineArn;
  const waiting = states.startExecution({
    stateMachineArn: create(
      'worker',
      calling('arn:aws:states:::aws-sdk:sfn:getActivityTask', { Parameters: parameters, TimeoutSeconds: 99 }),
    ),
  });
  await new Promise(setImmediate);
  await states.stopExecution(waiting);
  const stateMachineArn = create('painting', calling(activityArn));
  const { executionArn } = states.startExecution({ stateMachineArn, input: '{"wall": 1}' });
  const { result } = await run('sfn:getActivityTask', parameters);
  expect(result).toEqual({ Input: '{"wall": 1}', TaskToken: expect.any(String) });
  const { TaskToken } = result as { readonly TaskToken: string };
  await run('sfn:sendTaskSuccess', { TaskToken, Output: '1' });
  expect(await states.executionEnded(executionArn)).toMatchObject({ output: '1' });
  await close();
});

test('errors have the names of the SDK for Java', async () => {
  const { run } = account('states:*', 'iam:*');
  const gone = await run('sfn:describeExecution', {
    ExecutionArn: 'arn:aws:states:us-east-1:000000000000:execution:child:n',
  });
  expect(gone.error).toBe('Sfn.ExecutionDoesNotExistException');
  expect(gone.cause).toMatch(/\(Service: Sfn, Status Code: 400, Request ID: [\da-f-]{36}\)$/);
  const role = await run('iam:getRole', { RoleName: 'none' });
  expect(role.error).toBe('Iam.NoSuchEntityException');
});

test('logs, IAM and STS', async () => {
  const { run, logs } = account('logs:*', 'iam:*');
  await run('cloudwatchlogs:createLogGroup', { LogGroupName: 'app', Tags: { team: 'a' } });
  expect(logs.describeLogGroups().logGroups.map(({ logGroupName }) => logGroupName)).toContain('app');
  await run('cloudwatchlogs:createLogStream', { LogGroupName: 'app', LogStreamName: 's' });
  const LogEvents = [{ Timestamp: Date.now(), Message: 'hello' }];
  await run('cloudwatchlogs:putLogEvents', { LogGroupName: 'app', LogStreamName: 's', LogEvents });
  const read = await run('cloudwatchlogs:filterLogEvents', { LogGroupName: 'app' });
  expect(read.result).toMatchObject({ Events: [{ Message: 'hello' }] });
  expect((await run('iam:getRole', { RoleName: 'machine' })).result).toMatchObject({
    Role: { Arn: role, RoleName: 'machine' },
  });
  expect((await run('sts:getCallerIdentity', {})).result).toMatchObject({
    Account: '000000000000',
    Arn: expect.stringMatching(/^arn:aws:sts::000000000000:assumed-role\/\w+\/\w{32}$/),
  });
});

test('a call needs the permission for what it names', async () => {
  const { run } = account('states:ListStateMachines');
  expect((await run('sfn:listStateMachines', {})).status).toBe('SUCCEEDED');
  const denied = await run('cloudwatchlogs:createLogGroup', { LogGroupName: 'app' });
  expect(denied.error).toBe('CloudWatchLogs.CloudWatchLogsException');
  expect(denied.cause).toMatch(
    /logs:CreateLogGroup on resource: arn:aws:logs:us-east-1:000000000000:log-group:app because .* \(Service: CloudWatchLogs, Status Code: 403, /,
  );
});

describe('Credentials', () => {
  const other = 'arn:aws:iam::123456789012:role/other';
  const assumed = calling('arn:aws:states:::aws-sdk:sfn:listStateMachines', {
    Parameters: {},
    Credentials: { RoleArn: other },
  });
  const trusting = (Principal: object, Condition?: object) =>
    JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...(Condition && { Condition }) },
    });

  async function run(trust: string, ...permissions: string[]) {
    const { iam, run: start } = statesHarness();
    iam.createRole({ RoleName: 'other', AssumeRolePolicyDocument: trust });
    if (permissions.length > 0) allow(iam, permissions, other);
    return start(assumed);
  }
  const refused = {
    error: 'States.TaskFailed',
    cause: expect.stringContaining('is not authorized to assume'),
  };

  test('the role must trust the role of the state machine', async () => {
    expect(await run(trusting({ AWS: 'arn:aws:iam::123456789012:role/x' }), 'sts:AssumeRole')).toMatchObject(
      refused,
    );
    expect(await run(trustPolicy('states.amazonaws.com'), 'sts:AssumeRole')).toMatchObject(refused);
  });

  test('a role that trusts the account leaves it to the policy of the state machine', async () => {
    const account = trusting({ AWS: '123456789012' });
    expect(await run(account)).toMatchObject(refused);
    expect(await run(account, 'sts:AssumeRole')).not.toMatchObject(refused);
  });

  test('the other role makes the call', async () => {
    const ended = await run(trusting({ AWS: machineRole }), 'sts:AssumeRole');
    expect(ended.cause).toContain('assumed-role/other/');
    expect(ended.cause).toContain('is not authorized to perform: states:ListStateMachines');
  });

  test('the external id is the ARN of the state machine', async () => {
    const condition = (id: string) => ({ StringEquals: { 'sts:ExternalId': id } });
    const wrong = await run(trusting({ AWS: machineRole }, condition('other')), 'sts:AssumeRole');
    expect(wrong).toMatchObject(refused);
    const right = await run(trusting({ AWS: machineRole }, condition(machineArn)), 'sts:AssumeRole');
    expect(right).not.toMatchObject(refused);
  });
});
