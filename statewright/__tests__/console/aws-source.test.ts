import { type AwsServices, awsSource } from '../../src/console';
import { caught, START } from '../history/histories';

class Refusal extends Error {
  constructor(readonly code: string) {
    super(code);
  }
}

const refuse = (code: string) => () => {
  throw new Refusal(code);
};

/** Services that return one item per page. */
function services(
  overrides: { [S in 'states' | 'iam' | 'lambda' | 'logs']?: Partial<AwsServices[S]> } = {},
): AwsServices {
  const paged = <T>(items: readonly T[], { nextToken = '0' }: { readonly nextToken?: string }) => {
    const next = Number(nextToken) + 1;
    return { items: items.slice(next - 1, next), ...(next < items.length && { nextToken: String(next) }) };
  };
  const machine = (name: string) => ({
    stateMachineArn: `arn:${name}`,
    name,
    type: 'STANDARD' as const,
    creationDate: new Date(START),
  });
  const execution = {
    executionArn: 'arn:e',
    name: 'e',
    status: 'SUCCEEDED' as const,
    startDate: new Date(START),
  };
  return {
    accountId: '123456789012',
    region: 'us-east-1',
    states: {
      listStateMachines(request) {
        const { items, ...rest } = paged([machine('a'), machine('b')], request);
        return { stateMachines: items, ...rest };
      },
      describeStateMachine: () => ({
        ...machine('a'),
        definition: '{}',
        roleArn: 'arn:aws:iam::1:role/path/r',
      }),
      newestExecutions: () => [execution],
      countExecutions: () => 1,
      describeExecution: () => ({ ...execution, stopDate: START + 2_000, input: '{}', output: '1' }),
      describeStateMachineForExecution: () => ({ definition: '{"then": true}' }),
      getExecutionHistory(request) {
        const { items, ...rest } = paged(caught, request);
        return { events: items, ...rest };
      },
      listLambdaInvocations: () => [
        { requestId: 'one', functionName: 'Test', scheduledEventId: 3 },
        {
          requestId: 'two',
          functionName: 'arn:aws:lambda:us-east-1:123456789012:function:Error',
          scheduledEventId: 8,
        },
      ],
      startExecution: () => ({ executionArn: 'arn:e' }),
      stopExecution: () => ({}),
      abort: () => {},
      listRecentExecutions: () => [],
      recentExecution: () => undefined,
      startedBy: () => undefined,
      ...overrides.states,
    },
    iam: {
      getRole: ({ RoleName }) => ({ Role: { RoleName, AssumeRolePolicyDocument: '{"trust": true}' } }),
      listRolePolicies: () => ({ PolicyNames: ['own'] }),
      getRolePolicy: () => ({ PolicyDocument: '{"own": true}' }),
      listAttachedRolePolicies: () => ({
        AttachedPolicies: [{ PolicyName: 'shared', PolicyArn: 'arn:aws:iam::1:policy/shared' }],
      }),
      getPolicy: () => ({ Policy: { DefaultVersionId: 'v3' } }),
      getPolicyVersion: ({ VersionId }) => ({ PolicyVersion: { Document: JSON.stringify({ VersionId }) } }),
      ...overrides.iam,
    },
    lambda: {
      getFunctionConfiguration: ({ FunctionName }) => ({
        LoggingConfig: { LogGroup: FunctionName === 'Test' ? '/own/group' : '/aws/lambda/Error' },
      }),
      ...overrides.lambda,
    },
    logs: {
      filterLogEvents: ({ logGroupName }) => ({
        events: [logGroupName === '/own/group' ? 'one' : 'two', 'foreign'].map((requestId) => ({
          logStreamName: requestId,
          timestamp: START,
          message: `START RequestId: ${requestId} of ${logGroupName}`,
        })),
      }),
      ...overrides.logs,
    },
  };
}

test('reads every page', async () => {
  const source = awsSource(services());
  expect((await source.listStateMachines()).map(({ name }) => name)).toEqual(['a', 'b']);
  expect(await source.history('arn:e')).toEqual(caught);
});

test('an execution has its own definition', async () => {
  expect(await awsSource(services()).describeExecution('arn:e')).toMatchObject({
    definition: '{"then": true}',
    stopDate: new Date(START + 2_000),
    output: '1',
  });
});

test('a role has its inline and its managed policies', async () => {
  expect(await awsSource(services()).describeRole('arn:aws:iam::1:role/path/r')).toEqual({
    roleName: 'r',
    trustPolicy: '{"trust": true}',
    policies: [
      { name: 'own', kind: 'inline', document: '{"own": true}' },
      { name: 'shared', kind: 'managed', document: '{"VersionId":"v3"}' },
    ],
  });
});

test('a role shows its permissions boundary, and policies of AWS whose content is not known', async () => {
  const Role = {
    RoleName: 'r',
    AssumeRolePolicyDocument: '{}',
    PermissionsBoundary: { PermissionsBoundaryArn: 'arn:aws:iam::1:policy/limit' },
  };
  const iam = {
    getRole: () => ({ Role }),
    getPolicy: ({ PolicyArn }: { PolicyArn: string }) => {
      if (PolicyArn.endsWith('/shared')) refuse('NotImplemented')();
      return { Policy: { DefaultVersionId: 'v3' } };
    },
  };
  expect(await awsSource(services({ iam })).describeRole('arn:aws:iam::1:role/path/r')).toMatchObject({
    policies: [
      { name: 'own', kind: 'inline' },
      { name: 'shared', kind: 'managed', document: undefined },
      { name: 'limit', kind: 'permissions boundary', document: '{"VersionId":"v3"}' },
    ],
  });
});

describe('invocations', () => {
  test('belong to the execution, with the lines of their log groups', async () => {
    const asked: unknown[] = [];
    const base = services();
    const source = awsSource({
      ...base,
      logs: {
        filterLogEvents(request) {
          asked.push(request);
          return base.logs.filterLogEvents(request);
        },
      },
    });
    const invocations = await source.invocations('arn:e');
    expect(
      invocations.map(({ requestId, scheduledEventId, logGroup }) => [requestId, scheduledEventId, logGroup]),
    ).toEqual([
      ['one', 3, '/own/group'],
      ['two', 8, '/aws/lambda/Error'],
    ]);
    expect(invocations[0]?.events.map(({ message }) => message)).toEqual([
      'START RequestId: one of /own/group',
    ]);
    const times = { startTime: START, endTime: START + 2_000 + 900_000 };
    expect(asked).toEqual([
      { logGroupName: '/own/group', ...times },
      { logGroupName: '/aws/lambda/Error', ...times },
    ]);
  });

  test.each([
    ['arn:aws:lambda:us-east-1:123456789012:function:Work:live'],
    ['123456789012:function:Work'],
    ['Work:1'],
    ['Work'],
  ])('a function that is gone has the usual log group: %s', async (functionName) => {
    const source = awsSource(
      services({
        states: { listLambdaInvocations: () => [{ requestId: 'r', functionName, scheduledEventId: 3 }] },
        lambda: { getFunctionConfiguration: refuse('ResourceNotFoundException') },
      }),
    );
    expect(await source.invocations('arn:e')).toMatchObject([{ logGroup: '/aws/lambda/Work' }]);
  });

  test('only its part of its stream is read where that is known', async () => {
    const asked: unknown[] = [];
    const message = 'START RequestId: one';
    const place = { logGroupName: '/own/group', logStreamName: 's', startTime: START, endTime: START + 5 };
    const source = awsSource(
      services({
        states: {
          listLambdaInvocations: () => [{ requestId: 'one', functionName: 'Test', scheduledEventId: 3 }],
        },
        lambda: { invocationLog: () => place },
        logs: {
          filterLogEvents(request) {
            asked.push(request);
            return { events: [{ logStreamName: 's', timestamp: START, message }] };
          },
        },
      }),
    );
    const [invocation] = await source.invocations('arn:e');
    expect(invocation).toMatchObject({ logGroup: '/own/group', events: [{ message }] });
    const { logStreamName, ...rest } = place;
    expect(asked).toEqual([{ ...rest, logStreamNames: [logStreamName] }]);
  });

  test('a log group that does not exist has no lines', async () => {
    const source = awsSource(services({ logs: { filterLogEvents: refuse('ResourceNotFoundException') } }));
    expect((await source.invocations('arn:e')).map(({ events }) => events)).toEqual([[], []]);
  });
});

test('what does not exist is undefined; any other error is thrown', async () => {
  const missing = awsSource(
    services({
      states: {
        describeStateMachine: refuse('StateMachineDoesNotExist'),
        describeStateMachineForExecution: refuse('ExecutionDoesNotExist'),
      },
      iam: { getRole: refuse('NoSuchEntity') },
    }),
  );
  expect(await missing.describeStateMachine('arn:a')).toBeUndefined();
  expect(await missing.describeExecution('arn:e')).toBeUndefined();
  expect(await missing.describeRole('arn:aws:iam::1:role/r')).toBeUndefined();
  const broken = awsSource(services({ states: { describeStateMachine: refuse('AccessDeniedException') } }));
  await expect(broken.describeStateMachine('arn:a')).rejects.toThrow('AccessDeniedException');
});

describe('an execution of an EXPRESS state machine', () => {
  const executionArn = 'arn:aws:states:us-east-1:1:express:fast:one:id';
  const recent = {
    executionArn,
    name: 'one',
    status: 'SUCCEEDED' as const,
    startDate: START,
    stopDate: START + 5,
    definition: '{}',
    input: '[1]',
    output: '2',
    events: caught,
    invocations: [{ requestId: 'one', functionName: 'Test', scheduledEventId: 3 }],
  };
  const aborted: string[] = [];
  const source = awsSource(
    services({
      states: {
        listRecentExecutions: () => [recent],
        recentExecution: (arn) => (arn === executionArn ? recent : undefined),
        startedBy: () => 'arn:parent',
        abort: (arn) => aborted.push(arn),
        describeExecution: refuse('InvalidArn'),
        getExecutionHistory: refuse('InvalidArn'),
      },
    }),
  );

  test('is listed and described from memory, with the execution that started it', async () => {
    const dates = { startDate: new Date(START), stopDate: new Date(START + 5) };
    const part = { skip: 0, limit: 10 };
    expect(await source.listExecutions('arn:fast', part)).toMatchObject([{ name: 'one', ...dates }]);
    expect(await source.countExecutions('arn:fast')).toBe(1);
    expect(await source.describeExecution(executionArn)).toMatchObject({
      ...dates,
      input: '[1]',
      output: '2',
      startedBy: 'arn:parent',
    });
    expect(await source.payloads(executionArn)).toMatchObject({ input: '[1]', output: '2' });
    expect(await source.describeExecution(`${executionArn}x`)).toBeUndefined();
  });

  test('has a history, the logs of its invocations, and can be stopped', async () => {
    expect(await source.history(executionArn)).toBe(caught);
    expect(await source.invocations(executionArn)).toMatchObject([
      { requestId: 'one', logGroup: '/own/group' },
    ]);
    expect(await source.invocations(executionArn, (id) => id > 3)).toEqual([]);
    await source.stopExecution(executionArn);
    expect(aborted).toEqual([executionArn]);
  });
});
