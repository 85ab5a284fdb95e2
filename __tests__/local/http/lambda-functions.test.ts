import { CreateFunctionCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { type LocalAws, startLocalAws, trust, zipOf } from './harness';

// Each function starts a process, which takes a while on a busy machine.
jest.setTimeout(30_000);

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

  /** What a handler with this body answers. */
  async function answerOf(FunctionName: string, body: string, ClientContext?: string) {
    const lambda = new LambdaClient(aws.client);
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName,
        Role: 'arn:aws:iam::123456789012:role/function',
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile: zipOf(`exports.handler = async (event, context) => { ${body} };`) },
      }),
    );
    const { Payload } = await lambda.send(
      new InvokeCommand({ FunctionName, ...(ClientContext && { ClientContext }) }),
    );
    return JSON.parse(Payload?.transformToString() ?? '');
  }

  test('is given the client context', async () => {
    const client = { custom: { device: 'phone' } };
    const text = Buffer.from(JSON.stringify(client)).toString('base64');
    expect(await answerOf('context', 'return context.clientContext', text)).toEqual(client);
  });

  test('finds the AWS that runs it, where its SDK looks', async () => {
    const path = '/2015-03-31/functions/finds';
    const found = await answerOf(
      'finds',
      `return (await fetch(process.env.AWS_ENDPOINT_URL + '${path}')).json()`,
    );
    expect(found).toMatchObject({ Configuration: { FunctionName: 'finds' } });
  });
});
