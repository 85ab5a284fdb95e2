import { createHash } from 'node:crypto';
import {
  CreateFunctionCommand,
  GetFunctionCommand,
  InvokeCommand,
  InvokeWithResponseStreamCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { allow, type LocalAws, startLocalAws, trust, zipOf } from './harness';

describe('a function that is invoked over HTTP', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startLocalAws();
    aws.account.iam.createRole({
      RoleName: 'function',
      AssumeRolePolicyDocument: trust('lambda.amazonaws.com'),
    });
  });
  afterAll(() => aws.close());

  const lambda = () => new LambdaClient(aws.client);
  const createFunction = (FunctionName: string, body: string) =>
    lambda().send(
      new CreateFunctionCommand({
        FunctionName,
        Role: 'arn:aws:iam::123456789012:role/function',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile: zipOf(`exports.handler = async (event, context) => { ${body} };`) },
      }),
    );

  /** The answer of a handler with this body. */
  async function answerOf(FunctionName: string, body: string, ClientContext?: string) {
    await createFunction(FunctionName, body);
    const { Payload } = await lambda().send(
      new InvokeCommand({ FunctionName, ...(ClientContext && { ClientContext }) }),
    );
    return JSON.parse(Payload?.transformToString() ?? '');
  }

  test('receives the client context', async () => {
    const client = { custom: { device: 'phone' } };
    const text = Buffer.from(JSON.stringify(client)).toString('base64');
    expect(await answerOf('context', 'return context.clientContext', text)).toEqual(client);
  });

  test('finds the local AWS through the variable that its SDK reads', async () => {
    const path = '/2015-03-31/functions/finds';
    const found = await answerOf(
      'finds',
      `return (await fetch(process.env.AWS_ENDPOINT_URL + '${path}')).json()`,
    );
    expect(found).toMatchObject({ Configuration: { FunctionName: 'finds' } });
  });

  describe('with InvokeWithResponseStream', () => {
    async function eventsOf(FunctionName: string) {
      const { EventStream = [] } = await lambda().send(
        new InvokeWithResponseStreamCommand({ FunctionName, LogType: 'Tail' }),
      );
      const events: (string | object)[] = [];
      for await (const { PayloadChunk, InvokeComplete } of EventStream) {
        if (PayloadChunk) events.push(Buffer.from(PayloadChunk.Payload ?? []).toString());
        if (InvokeComplete) events.push(InvokeComplete);
      }
      return events;
    }

    const streamed = (FunctionName: string, body: string) =>
      lambda().send(
        new CreateFunctionCommand({
          FunctionName,
          Role: 'arn:aws:iam::123456789012:role/function',
          Runtime: 'nodejs24.x',
          Handler: 'index.handler',
          Code: {
            ZipFile: zipOf(
              `exports.handler = awslambda.streamifyResponse(async (event, stream) => { ${body} });`,
            ),
          },
        }),
      );

    test('answers in chunks, as they are written', async () => {
      await streamed('chunks', 'stream.write("one"); stream.write("zwölf"); stream.end();');
      expect(await eventsOf('chunks')).toEqual(['one', 'zwölf', { LogResult: expect.any(String) }]);
    });

    test('ends with the error of a function that fails on the way', async () => {
      await streamed('halfway', 'stream.write("half"); throw new RangeError("no more");');
      expect(await eventsOf('halfway')).toEqual([
        'half',
        {
          ErrorCode: 'Unhandled',
          ErrorDetails: expect.stringContaining('"errorType":"RangeError"'),
          LogResult: expect.any(String),
        },
      ]);
    });

    test('answers the whole response of a function that does not stream', async () => {
      await createFunction('whole', 'return { a: 1 }');
      expect(await eventsOf('whole')).toEqual(['{"a":1}', { LogResult: expect.any(String) }]);
    });

    test('refuses a function that does not exist', async () => {
      await expect(eventsOf('absent')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    });
  });

  test('has its package at the address that GetFunction returns', async () => {
    const { CodeSha256 } = await createFunction('packed', 'return 1');
    const { Code } = await lambda().send(new GetFunctionCommand({ FunctionName: 'packed' }));
    const zip = new Uint8Array(await (await fetch(Code?.Location ?? '')).arrayBuffer());
    expect(createHash('sha256').update(zip).digest('base64')).toBe(CodeSha256);
  });

  test('sends a task token back, and the execution continues', async () => {
    const { account } = aws;
    account.iam.createRole({ RoleName: 'machine', AssumeRolePolicyDocument: trust('states.amazonaws.com') });
    const PolicyDocument = allow('lambda:InvokeFunction');
    account.iam.putRolePolicy({ RoleName: 'machine', PolicyName: 'invoke', PolicyDocument });
    await createFunction(
      'approves',
      `await fetch(process.env.AWS_ENDPOINT_URL, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'x-amz-target': 'AWSStepFunctions.SendTaskSuccess',
        },
        body: JSON.stringify({ taskToken: event.token, output: '"approved"' }),
      });`,
    );
    const { stateMachineArn } = account.states.createStateMachine({
      name: 'asks',
      roleArn: 'arn:aws:iam::123456789012:role/machine',
      definition: JSON.stringify({
        StartAt: 'Ask',
        States: {
          Ask: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
            Parameters: { FunctionName: 'approves', Payload: { 'token.$': '$$.Task.Token' } },
            TimeoutSeconds: 25,
            End: true,
          },
        },
      }),
    });
    const { executionArn } = account.states.startExecution({ stateMachineArn });
    expect(await account.states.executionEnded(executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      output: '"approved"',
    });
  });
});
