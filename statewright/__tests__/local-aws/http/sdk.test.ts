import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  FilterLogEventsCommand,
  ListTagsForResourceCommand as ListLogTagsCommand,
  PutRetentionPolicyCommand,
  paginateFilterLogEvents,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  DeleteRoleCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListPolicyTagsCommand,
  PutRolePolicyCommand,
  paginateListRoles,
  TagRoleCommand,
} from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  DeleteFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  LambdaClient,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeStateMachineCommand,
  ListStateMachinesCommand,
  paginateGetExecutionHistory,
  paginateListExecutions,
  SFNClient,
  StartExecutionCommand,
  TagResourceCommand as TagStateMachineCommand,
  ValidateStateMachineDefinitionCommand,
} from '@aws-sdk/client-sfn';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { allow, type LocalAws, startLocalAws, trust, zipOf } from './harness';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.close());

test('STS returns the caller identity', async () => {
  const sts = new STSClient(aws.client);
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: '123456789012',
    Arn: 'arn:aws:iam::123456789012:root',
    UserId: '123456789012',
  });
});

describe('IAM', () => {
  const iam = () => new IAMClient(aws.client);

  test('roles: text in markup, tags, percent-encoded documents, pages', async () => {
    const Description = `<b>"A" & 'B'</b>`;
    await iam().send(
      new CreateRoleCommand({
        RoleName: 'one',
        AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
        Description,
        Tags: [{ Key: 'a', Value: '1' }],
      }),
    );
    await iam().send(new TagRoleCommand({ RoleName: 'one', Tags: [{ Key: 'b', Value: '2 & 3' }] }));
    const { Role } = await iam().send(new GetRoleCommand({ RoleName: 'one' }));
    expect(Role).toMatchObject({
      Arn: 'arn:aws:iam::123456789012:role/one',
      Description,
      MaxSessionDuration: 3600,
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2 & 3' },
      ],
    });
    expect(Role?.CreateDate).toBeInstanceOf(Date);
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toBe(trust('lambda.amazonaws.com'));

    for (const RoleName of ['two', 'three']) {
      await iam().send(
        new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust('lambda.amazonaws.com') }),
      );
    }
    const names: (string | undefined)[] = [];
    for await (const page of paginateListRoles({ client: iam(), pageSize: 2 }, {})) {
      names.push(...(page.Roles ?? []).map((role) => role.RoleName));
    }
    expect(names).toEqual(['one', 'three', 'two']);
  });

  test('managed policies', async () => {
    const { Policy } = await iam().send(
      new CreatePolicyCommand({ PolicyName: 'p', PolicyDocument: allow('s3:*') }),
    );
    const PolicyArn = Policy?.Arn ?? '';
    const { PolicyVersion } = await iam().send(new GetPolicyVersionCommand({ PolicyArn, VersionId: 'v1' }));
    expect(PolicyVersion?.IsDefaultVersion).toBe(true);
    expect(decodeURIComponent(PolicyVersion?.Document ?? '')).toBe(allow('s3:*'));
    expect((await iam().send(new ListPolicyTagsCommand({ PolicyArn }))).Tags).toEqual([]);
    await iam().send(new AttachRolePolicyCommand({ RoleName: 'one', PolicyArn }));
    expect(
      (await iam().send(new ListAttachedRolePoliciesCommand({ RoleName: 'one' }))).AttachedPolicies,
    ).toEqual([{ PolicyArn, PolicyName: 'p' }]);
    await expect(iam().send(new DeleteRoleCommand({ RoleName: 'one' }))).rejects.toMatchObject({
      name: 'DeleteConflictException',
      message: 'Cannot delete entity, must detach all policies first.',
    });
  });

  test('errors', async () => {
    await expect(iam().send(new GetRoleCommand({ RoleName: 'nobody' }))).rejects.toMatchObject({
      name: 'NoSuchEntityException',
      message: 'The role with name nobody cannot be found.',
      $metadata: { httpStatusCode: 404, requestId: expect.stringMatching(/^[\da-f-]{36}$/) },
    });
  });
});

test('CloudWatch Logs', async () => {
  const logs = new CloudWatchLogsClient(aws.client);
  await logs.send(new CreateLogGroupCommand({ logGroupName: '/a', tags: { team: 'x' } }));
  await logs.send(new PutRetentionPolicyCommand({ logGroupName: '/a', retentionInDays: 14 }));
  const { logGroups } = await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: '/a' }));
  expect(logGroups).toMatchObject([{ logGroupName: '/a', retentionInDays: 14 }]);
  const resourceArn = 'arn:aws:logs:us-east-1:123456789012:log-group:/a';
  expect((await logs.send(new ListLogTagsCommand({ resourceArn }))).tags).toEqual({ team: 'x' });
  await expect(logs.send(new CreateLogGroupCommand({ logGroupName: '/a' }))).rejects.toMatchObject({
    name: 'ResourceAlreadyExistsException',
  });
});

test('CloudWatch Logs can be tailed as by `aws logs tail --follow` of the CLI v2', async () => {
  const logs = new CloudWatchLogsClient(aws.client);
  const stream = { logGroupName: '/tailed', logStreamName: 's' };
  aws.account.logs.createLogGroup(stream);
  aws.account.logs.createLogStream(stream);
  const write = (timestamp: number, ...messages: string[]) =>
    aws.account.logs.putLogEvents({
      ...stream,
      logEvents: messages.map((message) => ({ timestamp, message })),
    });

  // First from ten minutes ago; then repeatedly from the time of the newest event, which others may share.
  const seen = new Map<string | undefined, string | undefined>();
  let startTime = Date.now() - 600_000;
  const poll = async () => {
    const pages = paginateFilterLogEvents(
      { client: logs },
      { logGroupName: '/tailed', interleaved: true, startTime, limit: 2 },
    );
    for await (const { events = [] } of pages) {
      for (const { eventId, message, timestamp = 0, ingestionTime } of events) {
        expect(ingestionTime).toBeGreaterThanOrEqual(timestamp);
        seen.set(eventId, message);
        startTime = Math.max(startTime, timestamp);
      }
    }
  };
  const now = Date.now() - 60_000;
  write(now - 700_000, 'too early');
  write(now, 'a', 'b', 'c');
  await poll();
  expect([...seen.values()]).toEqual(['a', 'b', 'c']);
  write(now, 'd');
  write(now + 1, 'e');
  await poll();
  await poll();
  expect([...seen.values()]).toEqual(['a', 'b', 'c', 'd', 'e']);
});

describe('the workflow', () => {
  const lambda = () => new LambdaClient(aws.client);
  const sfn = () => new SFNClient(aws.client);
  const functionArn = 'arn:aws:lambda:us-east-1:123456789012:function:Test';
  let stateMachineArn: string;

  beforeAll(async () => {
    const iam = new IAMClient(aws.client);
    const roles = [
      ['function', 'lambda.amazonaws.com', 'logs:*'],
      ['machine', 'states.amazonaws.com', 'lambda:InvokeFunction'],
    ] as const;
    for (const [RoleName, service, action] of roles) {
      await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust(service) }));
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'p', PolicyDocument: allow(action) }));
    }
    await new CloudWatchLogsClient(aws.client).send(
      new CreateLogGroupCommand({ logGroupName: '/aws/lambda/Test' }),
    );
    const source = `exports.handler = async (event) => {
      console.log('called with', JSON.stringify(event));
      if (event.fail) throw Object.assign(new Error('on request'), { name: 'TestError' });
      return 'fine';
    };`;
    await lambda().send(
      new CreateFunctionCommand({
        FunctionName: 'Test',
        Role: 'arn:aws:iam::123456789012:role/function',
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Code: { ZipFile: zipOf(source) },
        Tags: { team: 'x' },
      }),
    );
    const created = await sfn().send(
      new CreateStateMachineCommand({
        name: 'state',
        roleArn: 'arn:aws:iam::123456789012:role/machine',
        definition: JSON.stringify({
          StartAt: 'Test',
          States: { Test: { Type: 'Task', Resource: functionArn, End: true } },
        }),
      }),
    );
    stateMachineArn = created.stateMachineArn ?? '';
  });

  test('functions: by name and by ARN, tags, versions, changes', async () => {
    const { Configuration, Tags } = await lambda().send(
      new GetFunctionCommand({ FunctionName: functionArn }),
    );
    expect(Configuration).toMatchObject({ FunctionArn: functionArn, State: 'Active', PackageType: 'Zip' });
    expect(Tags).toEqual({ team: 'x' });
    await lambda().send(new TagResourceCommand({ Resource: functionArn, Tags: { a: '1', b: '2' } }));
    await lambda().send(new UntagResourceCommand({ Resource: functionArn, TagKeys: ['a', 'team'] }));
    expect((await lambda().send(new ListTagsCommand({ Resource: functionArn }))).Tags).toEqual({ b: '2' });
    await lambda().send(new UpdateFunctionConfigurationCommand({ FunctionName: 'Test', Timeout: 9 }));
    const { Versions } = await lambda().send(
      new ListVersionsByFunctionCommand({ FunctionName: 'Test', MaxItems: 10 }),
    );
    expect(Versions).toMatchObject([{ Version: '$LATEST', Timeout: 9, Handler: 'index.handler' }]);
    await expect(lambda().send(new GetFunctionCommand({ FunctionName: 'Nobody' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: { httpStatusCode: 404 },
    });
  });

  test('invocations: result, error, log tail, dry run', async () => {
    const invoke = async (payload: object, more: object = {}) => {
      const answer = await lambda().send(
        new InvokeCommand({ FunctionName: 'Test', Payload: JSON.stringify(payload), ...more }),
      );
      return { ...answer, Payload: Buffer.from(answer.Payload ?? []).toString() };
    };
    expect(await invoke({})).toMatchObject({
      StatusCode: 200,
      ExecutedVersion: '$LATEST',
      Payload: '"fine"',
    });
    const failed = await invoke({ fail: true }, { LogType: 'Tail' });
    expect(failed).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(JSON.parse(failed.Payload)).toMatchObject({ errorType: 'TestError', errorMessage: 'on request' });
    expect(Buffer.from(failed.LogResult ?? '', 'base64').toString()).toContain('called with {"fail":true}');
    expect(await invoke({}, { InvocationType: 'DryRun' })).toMatchObject({ StatusCode: 204 });
  });

  test('executions: started, described, listed and read in pages', async () => {
    const arns: string[] = [];
    for (const input of ['{}', '{"fail": true}', '{"n": 3}']) {
      const { executionArn = '' } = await sfn().send(new StartExecutionCommand({ stateMachineArn, input }));
      await aws.account.states.executionEnded(executionArn);
      arns.push(executionArn);
    }
    expect(await sfn().send(new DescribeExecutionCommand({ executionArn: arns[1] }))).toMatchObject({
      status: 'FAILED',
      error: 'TestError',
      input: '{"fail": true}',
      startDate: expect.any(Date),
      stopDate: expect.any(Date),
    });

    const listed: (string | undefined)[] = [];
    for await (const page of paginateListExecutions({ client: sfn(), pageSize: 2 }, { stateMachineArn })) {
      listed.push(...(page.executions ?? []).map((execution) => execution.executionArn));
    }
    expect(listed).toEqual([...arns].reverse());

    const history = [];
    for await (const page of paginateGetExecutionHistory(
      { client: sfn(), pageSize: 3 },
      { executionArn: arns[0] },
    )) {
      history.push(...(page.events ?? []));
    }
    expect(history.map(({ id, previousEventId, type }) => [id, previousEventId, type])).toEqual([
      [1, 0, 'ExecutionStarted'],
      [2, 0, 'TaskStateEntered'],
      [3, 2, 'LambdaFunctionScheduled'],
      [4, 3, 'LambdaFunctionStarted'],
      [5, 4, 'LambdaFunctionSucceeded'],
      [6, 5, 'TaskStateExited'],
      [7, 6, 'ExecutionSucceeded'],
    ]);
    expect(history[0]?.timestamp).toBeInstanceOf(Date);

    const logs = new CloudWatchLogsClient(aws.client);
    const { events } = await logs.send(
      new FilterLogEventsCommand({ logGroupName: '/aws/lambda/Test', filterPattern: '"called with"' }),
    );
    expect(events?.some(({ message }) => message?.includes('{"n":3}'))).toBe(true);
  });

  test('state machines: described exactly, listed, validated', async () => {
    const machine = await sfn().send(new DescribeStateMachineCommand({ stateMachineArn }));
    expect(machine).toMatchObject({
      name: 'state',
      status: 'ACTIVE',
      type: 'STANDARD',
      creationDate: expect.any(Date),
    });
    expect((await sfn().send(new ListStateMachinesCommand({}))).stateMachines).toMatchObject([
      { name: 'state' },
    ]);
    const verdict = await sfn().send(
      new ValidateStateMachineDefinitionCommand({
        definition: (machine.definition ?? '').replace('"End":true', '"Next":"X"'),
      }),
    );
    expect(verdict).toMatchObject({ result: 'FAIL', diagnostics: expect.any(Array) });
    await expect(sfn().send(new DescribeExecutionCommand({ executionArn: 'x' }))).rejects.toMatchObject({
      name: 'InvalidArn',
      message: "Invalid Arn: 'Invalid ARN prefix: x'",
    });
  });

  test('errors have the members of their shapes', async () => {
    aws.account.lambda.putFunctionConcurrency({ FunctionName: 'Test', ReservedConcurrentExecutions: 0 });
    await expect(
      new LambdaClient({ ...aws.client, maxAttempts: 1 }).send(new InvokeCommand({ FunctionName: 'Test' })),
    ).rejects.toMatchObject({ Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded' });
    aws.account.lambda.deleteFunctionConcurrency({ FunctionName: 'Test' });
    const resourceArn = 'arn:aws:states:us-east-1:123456789012:stateMachine:missing';
    await expect(sfn().send(new TagStateMachineCommand({ resourceArn, tags: [] }))).rejects.toMatchObject({
      resourceName: resourceArn,
    });
  });

  test('a deleted function is gone', async () => {
    await lambda().send(new DeleteFunctionCommand({ FunctionName: 'Test' }));
    const { executionArn = '' } = await sfn().send(new StartExecutionCommand({ stateMachineArn }));
    expect(await aws.account.states.executionEnded(executionArn)).toMatchObject({
      status: 'FAILED',
      error: 'Lambda.ResourceNotFoundException',
    });
  });
});
