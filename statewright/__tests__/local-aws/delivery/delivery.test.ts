/** What goes between the local AWS and the services of its upstream. */
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateFunctionCommand,
  LambdaClient,
  PublishLayerVersionCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { describeWith } from '../../support/tools';
import { handlerZip } from '../lambda/support';
import { arn, MotoAccount, role } from './moto-account';

describeWith(['moto'], 'with moto_server', () => {
  let aws: MotoAccount;
  beforeAll(async () => {
    aws = await MotoAccount.start();
  }, 60_000);
  afterAll(() => aws.close());

  const send = async (FunctionName: string, DestinationConfig: object, Payload: string) => {
    const { lambda } = aws.account;
    lambda.putFunctionEventInvokeConfig({ FunctionName, MaximumRetryAttempts: 0, DestinationConfig });
    await lambda.invoke({ FunctionName, InvocationType: 'Event', Payload });
  };

  test('code in S3 is that of functions and layers', async () => {
    const s3 = new S3Client({ ...aws.client, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: 'code' }));
    const put = (Key: string, body: string) =>
      s3.send(new PutObjectCommand({ Bucket: 'code', Key, Body: handlerZip(body) }));
    await put('one.zip', 'return 1');
    await put('two.zip', 'return 2');
    const lambda = new LambdaClient(aws.client);
    const FunctionName = 'InS3';
    const Code = { S3Bucket: 'code', S3Key: 'one.zip' };
    const create = (more: object) =>
      lambda.send(
        new CreateFunctionCommand({
          FunctionName,
          Role: role,
          Handler: 'index.handler',
          Runtime: 'nodejs24.x',
          Code,
          ...more,
        }),
      );
    const result = async () => (await aws.account.lambda.invoke({ FunctionName })).Payload;
    await create({});
    expect(await result()).toBe('1');
    await lambda.send(
      new UpdateFunctionCodeCommand({ FunctionName, S3Bucket: 'code', S3Key: 'two.zip', Publish: true }),
    );
    expect(await result()).toBe('2');
    const { Content } = await lambda.send(new PublishLayerVersionCommand({ LayerName: 'l', Content: Code }));
    expect(Content?.CodeSize).toBe(handlerZip('return 1').length);
    await expect(create({ Code: { S3Bucket: 'code', S3Key: 'nope' } })).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
      message:
        'Error occurred while GetObject. S3 Error Code: NoSuchKey. S3 Error Message: The specified key does not exist.',
    });
  }, 60_000);

  test('SQS, SNS and EventBridge receive the record', async () => {
    const queue = await aws.createQueue('done');
    const sns = new SNSClient(aws.client);
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'done' }));
    const Endpoint = arn('sqs', 'done');
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint }));
    const events = new EventBridgeClient(aws.client);
    await events.send(
      new PutRuleCommand({ Name: 'outcomes', EventPattern: JSON.stringify({ source: ['lambda'] }) }),
    );
    await events.send(new PutTargetsCommand({ Rule: 'outcomes', Targets: [{ Id: 'q', Arn: Endpoint }] }));

    aws.createFunction('Works', 'return event.a');
    const record = {
      requestContext: { condition: 'Success' },
      requestPayload: { a: 1 },
      responsePayload: 1,
    };
    await send('Works', { OnSuccess: { Destination: Endpoint } }, '{"a":1}');
    expect(JSON.parse((await aws.nextMessage(queue)).Body ?? '')).toMatchObject(record);

    await send('Works', { OnSuccess: { Destination: TopicArn } }, '{"a":1}');
    const notification = JSON.parse((await aws.nextMessage(queue)).Body ?? '');
    expect(JSON.parse(notification.Message)).toMatchObject(record);

    const bus = arn('events', 'event-bus/default');
    await send('Works', { OnSuccess: { Destination: bus } }, '{"a":1}');
    expect(JSON.parse((await aws.nextMessage(queue)).Body ?? '')).toMatchObject({
      'detail-type': 'Lambda Function Invocation Result - Success',
      source: 'lambda',
      resources: [bus, arn('lambda', 'function:Works')],
      detail: record,
    });
  }, 60_000);

  test('a dead-letter queue receives the event, and the error in attributes', async () => {
    const queue = await aws.createQueue('dead');
    const DeadLetterConfig = { TargetArn: arn('sqs', 'dead') };
    aws.createFunction('Fails', "throw new Error('no')", { DeadLetterConfig });
    await send('Fails', {}, '{"a": 1}');
    expect(await aws.nextMessage(queue)).toMatchObject({
      Body: '{"a": 1}',
      MessageAttributes: {
        RequestID: { StringValue: expect.stringMatching(/^[\da-f-]{36}$/) },
        ErrorCode: { StringValue: '200', DataType: 'Number' },
        ErrorMessage: { StringValue: 'no' },
      },
    });
  }, 60_000);
});
