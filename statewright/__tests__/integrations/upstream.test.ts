/** Tasks that call services at an endpoint, through the AWS SDK, in AWS's forms. */
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SystemClock } from '../../src/engine';
import { allow, calling, machineArn, statesHarness } from '../local-aws/step-functions/harness';
import { describeWith } from '../support/tools';
import { Moto } from './moto';

const account = '123456789012';
const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

describeWith(['moto'], 'with moto_server', () => {
  let moto: Moto;
  let settings: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
  };
  let queue: string;
  let sqs: SQSClient;

  beforeAll(async () => {
    moto = await Moto.start();
    settings = {
      endpoint: moto.url,
      region: 'us-east-1',
      credentials,
    };
    sqs = new SQSClient(settings);
    const created = await sqs.send(new CreateQueueCommand({ QueueName: 'orders' }));
    queue = created.QueueUrl ?? '';
  }, 60_000);
  afterAll(() => moto.stop());

  /** Step Functions whose Tasks may call everything at moto. */
  function harness() {
    const upstreamOf = () => ({ endpoint: moto.url, credentials });
    const made = statesHarness(undefined, { clock: new SystemClock() }, [], upstreamOf);
    allow(made.iam, '*', '*');
    return {
      ...made,
      /** Runs one Task. */
      task: (resource: string, Parameters: object, more: object = {}) => {
        made.states.deleteStateMachine({ stateMachineArn: machineArn });
        return made.run(calling(`arn:aws:states:::${resource}`, { Parameters, ...more }));
      },
      eventsOf: (executionArn: string) => made.states.getExecutionHistory({ executionArn }).events,
    };
  }

  const received = async () => {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: queue, WaitTimeSeconds: 1 }),
    );
    return Messages.map(({ Body = '' }) => JSON.parse(Body) as unknown);
  };

  test('sqs:sendMessage turns a JSON body into text, and its result describes the response', async () => {
    const { task } = harness();
    const ended = await task('sqs:sendMessage', { QueueUrl: queue, MessageBody: { a: 1 } });
    const output = JSON.parse(ended.output ?? '') as object;
    expect(Object.keys(output)).toEqual([
      'MD5OfMessageBody',
      'MessageId',
      'SdkHttpMetadata',
      'SdkResponseMetadata',
    ]);
    expect(output).toMatchObject({
      SdkHttpMetadata: {
        AllHttpHeaders: { 'Content-Type': [expect.any(String)] },
        HttpHeaders: { 'Content-Type': expect.any(String) },
        HttpStatusCode: 200,
      },
      SdkResponseMetadata: { RequestId: expect.any(String) },
    });
    expect(await received()).toEqual([{ a: 1 }]);
  });

  test('an aws-sdk: call has the names of the SDK for Java, and no metadata', async () => {
    const { task } = harness();
    const ended = await task('aws-sdk:sqs:sendMessage', { QueueUrl: queue, MessageBody: '1' });
    expect(Object.keys(JSON.parse(ended.output ?? '') as object)).toEqual(['Md5OfMessageBody', 'MessageId']);
    expect(await received()).toEqual([1]);
    const refused = await task('aws-sdk:sqs:sendMessage', { QueueUrl: queue, MessageBody: { a: 1 } });
    expect(refused.cause).toContain("The value for the field 'MessageBody' must be a STRING");
  });

  test('a missing queue has the error of each kind of integration', async () => {
    const { task } = harness();
    const request = { QueueUrl: `${queue}-gone`, MessageBody: 'x' };
    const optimized = await task('sqs:sendMessage', request);
    expect(optimized.error).toBe('SQS.QueueDoesNotExistException');
    expect(optimized.cause).toMatch(
      /\(Service: AmazonSQS; Status Code: 400; Error Code: [\w.]+; Request ID: [\w-]+; Proxy: null\)$/,
    );
    const sdk = await task('aws-sdk:sqs:sendMessage', request);
    expect(sdk.error).toBe('Sqs.QueueDoesNotExistException');
    expect(sdk.cause).toMatch(/\(Service: Sqs, Status Code: 400, Request ID: [\w-]+\)$/);
  });

  test('a message with a task token is submitted, and its consumer ends the Task', async () => {
    const { states, create, eventsOf } = harness();
    create(
      calling('arn:aws:states:::sqs:sendMessage.waitForTaskToken', {
        Parameters: { QueueUrl: queue, MessageBody: { 'token.$': '$$.Task.Token' } },
        HeartbeatSeconds: 600,
      }),
    );
    const { executionArn } = states.startExecution({ stateMachineArn: machineArn });
    const [message] = (await received()) as { token: string }[];
    states.sendTaskSuccess({ taskToken: message?.token ?? '', output: '{"ok":true}' });
    expect(await states.executionEnded(executionArn)).toMatchObject({ output: '{"ok":true}' });
    expect(eventsOf(executionArn).map(({ type }) => type)).toContain('TaskSubmitted');
  });

  test('a message with a task token that is not sent is a TaskSubmitFailed', async () => {
    const { task, eventsOf } = harness();
    const { executionArn } = await task('sqs:sendMessage.waitForTaskToken', {
      QueueUrl: `${queue}-gone`,
      MessageBody: { 'token.$': '$$.Task.Token' },
    });
    expect(eventsOf(executionArn).map(({ type }) => type)).toContain('TaskSubmitFailed');
  });

  test('dynamodb: an item is written, read, and a failed condition has its name', async () => {
    const client = new DynamoDBClient(settings);
    await client.send(
      new CreateTableCommand({
        TableName: 'stock',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        BillingMode: 'PAY_PER_REQUEST',
      }),
    );
    const { task } = harness();
    const Item = { id: { S: 'a' }, count: { N: '7' }, tags: { M: { big: { BOOL: true } } } };
    const put = await task('dynamodb:putItem', { TableName: 'stock', Item });
    expect(Object.keys(JSON.parse(put.output ?? '') as object)).toEqual([
      'SdkHttpMetadata',
      'SdkResponseMetadata',
    ]);
    const got = await task('dynamodb:getItem', { TableName: 'stock', Key: { id: { S: 'a' } } });
    expect(JSON.parse(got.output ?? '')).toMatchObject({ Item });
    const sdk = await task('aws-sdk:dynamodb:getItem', { TableName: 'stock', Key: { id: { S: 'a' } } });
    // The SDK for Java has other names for some types of values; a request may have either.
    const shown = { ...Item, tags: { M: { big: { Bool: true } } } };
    expect(JSON.parse(sdk.output ?? '')).toEqual({ Item: shown });
    const again = await task('aws-sdk:dynamodb:putItem', { TableName: 'stock', Item: shown });
    expect(again).toMatchObject({ status: 'SUCCEEDED', output: '{}' });

    const condition = { TableName: 'stock', Item, ConditionExpression: 'attribute_not_exists(id)' };
    expect((await task('dynamodb:putItem', condition)).error).toBe(
      'DynamoDB.ConditionalCheckFailedException',
    );
    expect((await task('aws-sdk:dynamodb:putItem', condition)).error).toBe(
      'DynamoDb.ConditionalCheckFailedException',
    );
    const missing = await task('dynamodb:getItem', { TableName: 'gone', Key: { id: { S: 'a' } } });
    expect(missing.error).toBe('DynamoDB.ResourceNotFoundException');
    expect(missing.cause).toContain('(Service: AmazonDynamoDBv2; Status Code: 400; ');
  });

  test('sns:publish turns a JSON message into text', async () => {
    const sns = new SNSClient(settings);
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'news' }));
    await sns.send(
      new SubscribeCommand({
        TopicArn,
        Protocol: 'sqs',
        Endpoint: `arn:aws:sqs:us-east-1:${account}:orders`,
      }),
    );
    const ended = await harness().task('sns:publish', { TopicArn, Message: { news: [1, 2] } });
    expect(JSON.parse(ended.output ?? '')).toMatchObject({
      MessageId: expect.any(String),
      SdkHttpMetadata: { HttpStatusCode: 200 },
    });
    expect(await received()).toEqual([expect.objectContaining({ Message: '{"news":[1,2]}' })]);
  });

  test('events:putEvents has no metadata, and an event that is refused fails the Task', async () => {
    const { task } = harness();
    const entry = { Source: 'shop', DetailType: 'sold', Detail: { id: 1 } };
    const ended = await task('events:putEvents', { Entries: [entry] });
    expect(JSON.parse(ended.output ?? '')).toEqual({
      Entries: [{ EventId: expect.any(String) }],
      FailedEntryCount: 0,
    });
    const refused = await task('events:putEvents', { Entries: [{ ...entry, Detail: 'no JSON' }] });
    expect(refused.error).toBe('EventBridge.FailedEntry');
    expect(JSON.parse(refused.cause ?? '')).toMatchObject({ FailedEntryCount: 1 });
  });

  test('aws-sdk:s3 writes JSON, and reads an object as text with its times in ISO 8601', async () => {
    const s3 = new S3Client({ ...settings, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'files' }));
    const { task } = harness();
    await task('aws-sdk:s3:putObject', { Bucket: 'files', Key: 'a.json', Body: { rows: [1] } });
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: 'files', Key: 'a.json' }));
    expect(await Body?.transformToString()).toBe('{"rows":[1]}');
    const read = await task('aws-sdk:s3:getObject', { Bucket: 'files', Key: 'a.json' });
    const output = JSON.parse(read.output ?? '') as Record<string, unknown>;
    expect(output).toMatchObject({
      Body: '{"rows":[1]}',
      ContentLength: 12,
      LastModified: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
    });
    expect(Object.keys(output).at(-1)).toBe('Body');
    expect((await task('aws-sdk:s3:getObject', { Bucket: 'files', Key: 'no' })).error).toBe(
      'S3.NoSuchKeyException',
    );
    expect((await task('aws-sdk:s3:listObjectsV2', { Bucket: 'none' })).error).toBe(
      'S3.NoSuchBucketException',
    );
  });

  test('a package that is not installed is named', async () => {
    const { task } = harness();
    const ended = await task('aws-sdk:secretsmanager:getSecretValue', { SecretId: 's' });
    expect(ended.cause).toBe(
      'The package @aws-sdk/client-secrets-manager is not installed. Install it: npm install --save-dev @aws-sdk/client-secrets-manager',
    );
  });

  test('a result above 256 KiB fails the Task', async () => {
    const { task } = harness();
    const s3 = new S3Client({ ...settings, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'large' }));
    await s3.send(new PutObjectCommand({ Bucket: 'large', Key: 'k', Body: 'x'.repeat(262_145) }));
    const ended = await task('aws-sdk:s3:getObject', { Bucket: 'large', Key: 'k' });
    expect(ended.error).toBe('States.DataLimitExceeded');
  });
});

test('an endpoint that nothing listens at is an SdkClientException', async () => {
  const upstreamOf = () => ({ endpoint: 'http://127.0.0.1:1', credentials });
  const { run, iam } = statesHarness(undefined, { clock: new SystemClock() }, [], upstreamOf);
  allow(iam, '*', '*');
  const Parameters = { QueueUrl: 'http://127.0.0.1:1/123456789012/q', MessageBody: 'x' };
  const ended = await run(calling('arn:aws:states:::sqs:sendMessage', { Parameters }));
  expect(ended).toMatchObject({
    error: 'SQS.SdkClientException',
    cause: expect.stringMatching(/^Unable to execute HTTP request: .*127\.0\.0\.1:1/),
  });
});
