import { AwsError } from '../../../src/local-aws/aws-error';
import { awsErrorOf } from '../context';
import { allow, answering, calling, functionArn, machineArn, statesHarness, trustPolicy } from './harness';

const invoke = 'arn:aws:states:::lambda:invoke';
const requestId = 'Request ID: [\\da-f-]{36}';

describe('a Lambda function by its ARN', () => {
  test('its exact payload is the output', async () => {
    const { run, invocations } = statesHarness(answering('{"a": 1.0}'));
    expect(await run(calling(functionArn), '{"b": 2.0}')).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"a": 1.0}',
    });
    expect(invocations).toMatchObject([{ FunctionName: functionArn, Payload: '{"b": 2.0}' }]);
  });

  test('its error is the error, and its payload the cause', async () => {
    const payload = '{"errorType":"TestError","errorMessage":"on request","trace":[]}';
    const { run } = statesHarness(answering(payload, { FunctionError: 'Unhandled' }));
    expect(await run(calling(functionArn))).toMatchObject({
      status: 'FAILED',
      error: 'TestError',
      cause: payload,
    });
  });

  test('a payload without an errorType is Lambda.Unknown', async () => {
    const { run } = statesHarness(answering('{"errorMessage":"x"}', { FunctionError: 'Unhandled' }));
    expect(await run(calling(functionArn))).toMatchObject({
      error: 'Lambda.Unknown',
      cause:
        'The cause could not be determined because Lambda did not return an error type. Returned payload: {"errorMessage":"x"}',
    });
  });
});

describe('errors of the Lambda service', () => {
  const failing = (code: string, message: string, status: number) => async () => {
    throw new AwsError(code, message, status);
  };

  test.each<[string, number, string]>([
    ['TooManyRequestsException', 429, 'Lambda.TooManyRequestsException'],
    ['ServiceException', 500, 'Lambda.ServiceException'],
    ['SomethingNew', 400, 'Lambda.AWSLambdaException'],
  ])('%s', async (code, status, error) => {
    const { run } = statesHarness(failing(code, 'Why', status));
    const ended = await run(calling(functionArn));
    expect(ended).toMatchObject({ status: 'FAILED', error });
    expect(ended.cause).toMatch(
      new RegExp(
        `^Why \\(Service: AWSLambda; Status Code: ${status}; Error Code: ${code}; ${requestId}; Proxy: null\\)$`,
      ),
    );
  });
});

test('a missing function is named with the requested version', async () => {
  const { run } = statesHarness(async () => {
    throw new AwsError('ResourceNotFoundException', 'Function not found', 404);
  });
  const ended = await run(calling(functionArn));
  expect(ended).toMatchObject({ status: 'FAILED', error: 'Lambda.ResourceNotFoundException' });
  expect(ended.cause).toContain(
    `Function not found: ${functionArn}:$LATEST (Service: AWSLambda; Status Code: 404; `,
  );
});

describe('permissions', () => {
  test('a role that may not invoke the function fails as on AWS, and the function is not called', async () => {
    const { run, iam, invocations } = statesHarness();
    iam.deleteRolePolicy({ RoleName: 'machine', PolicyName: 'permissions' });
    const ended = await run(calling(functionArn));
    expect(ended).toMatchObject({ status: 'FAILED', error: 'Lambda.AWSLambdaException' });
    expect(ended.cause).toMatch(
      new RegExp(
        `^User: arn:aws:sts::123456789012:assumed-role/machine/\\w{32} is not authorized to perform: lambda:InvokeFunction on resource: ${functionArn} because no identity-based policy allows the lambda:InvokeFunction action \\(Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException; ${requestId}; Proxy: null\\)$`,
      ),
    );
    expect(invocations).toEqual([]);
  });

  test.each(['Test', functionArn, '123456789012:function:Test', 'function:Test'])(
    'the permission is checked for the ARN of %s',
    async (FunctionName) => {
      const { run } = statesHarness();
      expect(await run(calling(invoke, { Parameters: { FunctionName } }))).toMatchObject({
        status: 'SUCCEEDED',
      });
    },
  );

  test('a permission for the function does not cover its versions', async () => {
    const { run } = statesHarness();
    const ended = await run(calling(`${functionArn}:1`));
    expect(ended.cause).toContain(`on resource: ${functionArn}:1 because`);
  });

  test('a role that no longer trusts Step Functions makes no calls', async () => {
    const { states, iam, create, invocations } = statesHarness();
    create(calling(functionArn));
    iam.updateAssumeRolePolicy({ RoleName: 'machine', PolicyDocument: trustPolicy('lambda.amazonaws.com') });
    const { executionArn } = states.startExecution({ stateMachineArn: machineArn });
    expect(await states.executionEnded(executionArn)).toMatchObject({
      status: 'FAILED',
      error: 'States.Permissions',
    });
    expect(invocations).toEqual([]);
  });
});

describe('lambda:invoke', () => {
  test('the result describes the call, with the exact payload', async () => {
    const { run, invocations } = statesHarness(answering('{"a":1.0}'));
    const ended = await run(calling(invoke, { Parameters: { FunctionName: 'Test', Payload: { b: 1 } } }));
    expect(invocations).toMatchObject([{ FunctionName: 'Test', Payload: '{"b":1}' }]);
    expect(ended.output).toMatch(
      /^\{"ExecutedVersion":"\$LATEST","Payload":\{"a":1\.0\},"SdkHttpMetadata":\{/,
    );
    const result = JSON.parse(ended.output ?? '') as { SdkResponseMetadata: { RequestId: string } };
    expect(result).toMatchObject({
      SdkHttpMetadata: {
        AllHttpHeaders: { 'Content-Length': ['9'], 'X-Amz-Executed-Version': ['$LATEST'] },
        HttpHeaders: {
          'X-Amzn-Trace-Id': expect.stringMatching(/^root=1-[0-9a-f]{8}-[0-9a-f]{24};sampled=0$/),
          'Content-Type': 'application/json',
          'x-amzn-RequestId': result.SdkResponseMetadata.RequestId,
        },
        HttpStatusCode: 200,
      },
      StatusCode: 200,
    });
    expect(result.SdkResponseMetadata.RequestId).toBe(invocations[0]?.RequestId);
  });

  test.each([
    ['text', '"{\\"a\\":1}"', '{"a":1}'],
    ['the text of a number', '"0"', '0'],
    ['empty text', '""', ''],
    ['a number', '1', '1'],
    ['null', 'null', undefined],
  ])('sends %s as the request itself', async (_, Payload, sent) => {
    const { run, invocations } = statesHarness();
    await run(
      `{"StartAt":"Call","States":{"Call":{"Type":"Task","End":true,"Resource":"${invoke}","Parameters":{"FunctionName":"Test","Payload":${Payload}}}}}`,
    );
    expect(invocations.map((request) => request.Payload)).toEqual([sent]);
  });

  test('fails with text that is not JSON', async () => {
    const { run, invocations } = statesHarness();
    const ended = await run(calling(invoke, { Parameters: { FunctionName: 'Test', Payload: 'hello' } }));
    expect(ended.error).toBe('Lambda.InvalidRequestContentException');
    expect(invocations).toEqual([]);
  });

  test('passes all parameters of Invoke', async () => {
    const { run, invocations } = statesHarness();
    const Parameters = {
      FunctionName: 'Test',
      InvocationType: 'RequestResponse',
      LogType: 'Tail',
      ClientContext: 'e30=',
    };
    await run(calling(invoke, { Parameters }));
    expect(invocations).toEqual([{ ...Parameters, RequestId: expect.any(String) }]);
  });

  test('without a FunctionName the task fails', async () => {
    const { run, invocations } = statesHarness();
    const ended = await run(calling(invoke, { Parameters: { 'FunctionName.$': '$.a' } }), '{"a": 5}');
    expect(ended).toMatchObject({ status: 'FAILED', cause: expect.stringContaining('FunctionName') });
    expect(invocations).toEqual([]);
  });
});

describe('task tokens', () => {
  const callback = calling(`${invoke}.waitForTaskToken`, {
    Parameters: { FunctionName: 'Test', Payload: { 'token.$': '$$.Task.Token' } },
    HeartbeatSeconds: 60,
  });
  /** Starts the state machine, and resolves once the task waits for its token. */
  async function started() {
    const harness = statesHarness();
    harness.create(callback);
    const submitted = new Promise<void>((resolve) => {
      harness.states.listen((_, { type }) => type === 'TaskSubmitted' && resolve());
    });
    const { executionArn } = harness.states.startExecution({ stateMachineArn: machineArn });
    await submitted;
    const { token } = JSON.parse(harness.invocations[0]?.Payload ?? '') as { token: string };
    return { ...harness, executionArn, token };
  }

  test('success ends the task with an output', async () => {
    const { states, executionArn, token } = await started();
    expect(states.sendTaskHeartbeat({ taskToken: token })).toEqual({});
    expect(states.sendTaskSuccess({ taskToken: token, output: '{"ok": true}' })).toEqual({});
    expect(await states.executionEnded(executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"ok": true}',
    });
    expect(await awsErrorOf(() => states.sendTaskSuccess({ taskToken: token, output: '{}' }))).toBe(
      "TaskTimedOut: Task Timed Out: 'Provided task does not exist anymore'",
    );
  });

  test('the token of a child execution of a distributed Map can be returned', async () => {
    const tokens: string[] = [];
    const standIn = {
      resource: 'arn:aws:states:::sqs:*',
      invoke: ({ taskToken = '' }) => {
        tokens.push(taskToken);
        return { output: '{}' };
      },
    };
    const { states, create } = statesHarness(undefined, {}, [standIn]);
    create(
      JSON.stringify({
        StartAt: 'Each',
        States: {
          Each: {
            Type: 'Map',
            ItemProcessor: {
              ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
              ...JSON.parse(
                calling('arn:aws:states:::sqs:sendMessage.waitForTaskToken', {
                  Parameters: { QueueUrl: 'q', MessageBody: { 'reply.$': '$$.Task.Token' } },
                }),
              ),
            },
            End: true,
          },
        },
      }),
    );
    const { executionArn } = states.startExecution({ stateMachineArn: machineArn, input: '[1]' });
    await new Promise(setImmediate);
    const [taskToken = ''] = tokens;
    expect(states.sendTaskHeartbeat({ taskToken })).toEqual({});
    states.sendTaskSuccess({ taskToken, output: '"came"' });
    expect(await states.executionEnded(executionArn)).toMatchObject({ output: '["came"]' });
  });

  test('failure ends it with an error', async () => {
    const { states, executionArn, token } = await started();
    states.sendTaskFailure({ taskToken: token, error: 'Refused', cause: 'by a person' });
    expect(await states.executionEnded(executionArn)).toMatchObject({
      status: 'FAILED',
      error: 'Refused',
      cause: 'by a person',
    });
  });

  test('without a heartbeat the task times out', async () => {
    const { states, executionArn } = await started();
    const { status } = await states.executionEnded(executionArn);
    expect(status).toBe('FAILED');
    expect(states.getExecutionHistory({ executionArn }).events.map(({ type }) => type)).toContain(
      'TaskTimedOut',
    );
  });

  test('an invalid token, an output that is not JSON, and values that are too long are refused', async () => {
    const { states, token } = await started();
    expect(await awsErrorOf(() => states.sendTaskHeartbeat({ taskToken: 'x' }))).toBe(
      "InvalidToken: Invalid Token: 'Invalid token'",
    );
    expect(await awsErrorOf(() => states.sendTaskSuccess({ taskToken: token, output: '{' }))).toMatch(
      /^InvalidOutput: Invalid Output: /,
    );
    const tooLong = `"${'x'.repeat(262_143)}"`;
    expect(await awsErrorOf(() => states.sendTaskSuccess({ taskToken: token, output: tooLong }))).toMatch(
      /Value at 'output' failed to satisfy constraint: Member must have length less than or equal to 262144$/,
    );
    const error = 'x'.repeat(257);
    expect(await awsErrorOf(() => states.sendTaskFailure({ taskToken: token, error }))).toMatch(
      /Value at 'error' failed to satisfy constraint: Member must have length less than or equal to 256$/,
    );
  });
});

describe('other integrations', () => {
  const putItem = 'arn:aws:states:::dynamodb:putItem';
  const Parameters = { TableName: 'orders', Item: {} };

  test('fail with a cause that says what to start and how to name its address', async () => {
    const { iam, run } = statesHarness();
    allow(iam, 'dynamodb:PutItem', 'arn:aws:dynamodb:us-east-1:123456789012:table/orders');
    const ended = await run(calling(putItem, { Parameters }));
    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.TaskFailed' });
    expect(ended.cause).toContain('needs the service dynamodb');
    expect(ended.cause).toContain('--endpoint dynamodb=URL');
  });

  test('need a permission for what the request names', async () => {
    const { run } = statesHarness();
    const ended = await run(calling(putItem, { Parameters }));
    expect(ended).toMatchObject({ status: 'FAILED', error: 'DynamoDB.AmazonDynamoDBException' });
    expect(ended.cause).toMatch(
      /is not authorized to perform: dynamodb:PutItem on resource: arn:aws:dynamodb:us-east-1:123456789012:table\/orders because no identity-based policy allows the dynamodb:PutItem action \(Service: AmazonDynamoDBv2; Status Code: 403; Error Code: AccessDeniedException; /,
    );
  });

  test('are answered by a stand-in', async () => {
    const standIn = {
      resource: 'arn:aws:states:::dynamodb:*',
      invoke: () => ({ output: '{"stored":true}' }),
    };
    const { run } = statesHarness(undefined, {}, [standIn]);
    expect(await run(calling(putItem, { Parameters }))).toMatchObject({ output: '{"stored":true}' });
  });
});
