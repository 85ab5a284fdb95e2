/** What goes between the local AWS and the services of its upstream. */
import {
  DeleteRuleCommand,
  EventBridgeClient,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import {
  CreateFunctionCommand,
  LambdaClient,
  PublishLayerVersionCommand,
  UpdateFunctionCodeCommand,
} from '@aws-sdk/client-lambda';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  GetQueueAttributesCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describeWith } from '../../support/tools';
import { handlerZip } from '../lambda/support';
import { accountId, arn, LOGGING, MotoAccount, role } from './moto-account';

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

  describe('a queue that a function reads', () => {
    const sqs = () => new SQSClient(aws.client);
    const waitUntilEmpty = async (QueueUrl: string) => {
      const AttributeNames = [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
      ] as const;
      for (;;) {
        const { Attributes = {} } = await sqs().send(
          new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
        );
        if (AttributeNames.every((name) => Attributes[name] === '0')) return;
      }
    };

    test('invokes it with an event in the form of AWS, and deletes what it has processed', async () => {
      const queue = await aws.createQueue('orders');
      aws.createFunction('Reads', LOGGING);
      const { lambda } = aws.account;
      const { UUID } = lambda.createEventSourceMapping({
        FunctionName: 'Reads',
        EventSourceArn: arn('sqs', 'orders'),
        FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["order"]}}' }] },
      });
      await sqs().send(new SendMessageCommand({ QueueUrl: queue, MessageBody: '{"kind":"other"}' }));
      const MessageAttributes = { by: { DataType: 'String', StringValue: 'me' } };
      const MessageBody = '{"kind":"order"}';
      const sent = await sqs().send(
        new SendMessageCommand({ QueueUrl: queue, MessageBody, MessageAttributes }),
      );
      expect(await aws.logged('Reads', 1)).toEqual([
        {
          Records: [
            {
              messageId: sent.MessageId,
              receiptHandle: expect.any(String),
              body: MessageBody,
              attributes: {
                ApproximateReceiveCount: '1',
                SentTimestamp: expect.stringMatching(/^\d{13}$/),
                SenderId: expect.any(String),
                ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
              },
              messageAttributes: {
                by: { stringValue: 'me', stringListValues: [], binaryListValues: [], dataType: 'String' },
              },
              md5OfMessageAttributes: sent.MD5OfMessageAttributes,
              md5OfBody: sent.MD5OfMessageBody,
              eventSource: 'aws:sqs',
              eventSourceARN: arn('sqs', 'orders'),
              awsRegion: 'us-east-1',
            },
          ],
        },
      ]);
      await waitUntilEmpty(queue);
      lambda.deleteEventSourceMapping({ UUID });
    }, 60_000);

    test('gathers a batch during the batching window', async () => {
      const QueueUrl = await aws.createQueue('many');
      for (let i = 0; i < 12; i++) {
        await sqs().send(new SendMessageCommand({ QueueUrl, MessageBody: String(i) }));
      }
      aws.createFunction('Counts', "console.log('LOG:' + event.Records.length)");
      const { UUID } = aws.account.lambda.createEventSourceMapping({
        FunctionName: 'Counts',
        EventSourceArn: arn('sqs', 'many'),
        BatchSize: 11,
        MaximumBatchingWindowInSeconds: 1,
      });
      expect(await aws.logged('Counts', 2)).toEqual([11, 1]);
      aws.account.lambda.deleteEventSourceMapping({ UUID });
    }, 60_000);

    test('keeps the messages that the function reports or fails on', async () => {
      const dead = await aws.createQueue('failed');
      const queue = await aws.createQueue('partly', {
        VisibilityTimeout: '1',
        RedrivePolicy: JSON.stringify({ deadLetterTargetArn: arn('sqs', 'failed'), maxReceiveCount: 1 }),
      });
      aws.createFunction(
        'Partly',
        `if (event.Records.some(({ body }) => body === 'throw')) throw new Error('no');
        const failed = event.Records.filter(({ body }) => body === 'bad');
        return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };`,
      );
      const { lambda } = aws.account;
      const { UUID } = lambda.createEventSourceMapping({
        FunctionName: 'Partly',
        EventSourceArn: arn('sqs', 'partly'),
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        Enabled: false,
      });
      const send = (bodies: string[]) =>
        sqs().send(
          new SendMessageBatchCommand({
            QueueUrl: queue,
            Entries: bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody })),
          }),
        );
      await send(['good', 'bad', 'good']);
      lambda.updateEventSourceMapping({ UUID, Enabled: true });
      expect((await aws.nextMessage(dead)).Body).toBe('bad');
      await waitUntilEmpty(queue);
      await send(['throw']);
      expect((await aws.nextMessage(dead)).Body).toBe('throw');
      lambda.deleteEventSourceMapping({ UUID });
    }, 60_000);
  });

  describe('a rule of EventBridge', () => {
    const events = () => new EventBridgeClient(aws.client);
    const putRule = async (Name: string, EventPattern: object, more: object = {}) => {
      const pattern = JSON.stringify(EventPattern);
      const { RuleArn = '' } = await events().send(
        new PutRuleCommand({ Name, EventPattern: pattern, ...more }),
      );
      return RuleArn;
    };
    const putEvents = (source: string, detail: object) =>
      events().send(
        new PutEventsCommand({
          Entries: [
            { Source: source, DetailType: 'Placed', Detail: JSON.stringify(detail), Resources: ['r'] },
          ],
        }),
      );
    const passing = (name: string) =>
      aws.account.states.createStateMachine({
        name,
        roleArn: role,
        definition: JSON.stringify({ StartAt: 'P', States: { P: { Type: 'Pass', End: true } } }),
      }).stateMachineArn;
    /** The inputs of the executions of a state machine, the oldest first, as soon as there are that many. */
    const inputs = async (stateMachineArn: string, count: number) => {
      const { states } = aws.account;
      for (;;) {
        const { executions } = states.listExecutions({ stateMachineArn });
        if (executions.length < count) await new Promise((resolve) => setTimeout(resolve, 20));
        else {
          return executions
            .reverse()
            .map(({ executionArn }) => JSON.parse(states.describeExecution({ executionArn }).input));
        }
      }
    };

    test('starts state machines and functions here, and passes on its other targets', async () => {
      const queue = await aws.createQueue('placed');
      const rule = await putRule('placed', { source: ['shop'], detail: { total: [{ numeric: ['>', 1] }] } });
      aws.createFunction('Placed', LOGGING);
      aws.account.lambda.addPermission({
        FunctionName: 'Placed',
        StatementId: 'allow-events',
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
        SourceArn: rule,
      });
      const machine = passing('placed');
      const Targets = [
        { Id: 'queue', Arn: arn('sqs', 'placed') },
        { Id: 'function', Arn: arn('lambda', 'function:Placed') },
        {
          Id: 'machine',
          Arn: machine,
          RoleArn: role,
          InputTransformer: {
            InputPathsMap: { total: '$.detail.total', type: '$.detail-type' },
            InputTemplate: '{"total":<total>,"text":"<type> for <total>","rule":<aws.events.rule-name>}',
          },
        },
      ];
      const put = await events().send(new PutTargetsCommand({ Rule: 'placed', Targets }));
      expect(put.FailedEntryCount).toBe(0);
      const list = async () =>
        (await events().send(new ListTargetsByRuleCommand({ Rule: 'placed' }))).Targets?.map(({ Id }) => Id);
      expect((await list())?.sort()).toEqual(['function', 'machine', 'queue']);

      await putEvents('shop', { total: 1 });
      const sent = await putEvents('shop', { total: 2.5 });
      const event = {
        version: '0',
        id: sent.Entries?.[0]?.EventId,
        'detail-type': 'Placed',
        source: 'shop',
        account: accountId,
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
        region: 'us-east-1',
        resources: ['r'],
        detail: { total: 2.5 },
      };
      expect(await aws.logged('Placed', 1)).toEqual([event]);
      expect(await inputs(machine, 1)).toEqual([{ total: 2.5, text: 'Placed for 2.5', rule: 'placed' }]);
      expect(JSON.parse((await aws.nextMessage(queue)).Body ?? '')).toMatchObject({ detail: { total: 2.5 } });

      const remove = (Ids: string[]) => events().send(new RemoveTargetsCommand({ Rule: 'placed', Ids }));
      await remove(['function', 'queue']);
      const deleteRule = () => events().send(new DeleteRuleCommand({ Name: 'placed' }));
      await expect(deleteRule()).rejects.toThrow("Rule can't be deleted since it has targets.");
      expect(await list()).toEqual(['machine']);
      await remove(['machine']);
      await deleteRule();
    }, 60_000);

    test('sends what it may not deliver to the dead-letter queue of the target', async () => {
      const queue = await aws.createQueue('undelivered');
      await putRule('denied', { source: ['denied'] });
      aws.createFunction('Denied', LOGGING);
      const target = {
        Id: 'f',
        Arn: arn('lambda', 'function:Denied'),
        Input: '{"constant":true}',
        DeadLetterConfig: { Arn: arn('sqs', 'undelivered') },
      };
      await events().send(new PutTargetsCommand({ Rule: 'denied', Targets: [target] }));
      const warnings = jest.spyOn(process, 'emitWarning').mockReturnValue();
      await putEvents('denied', {});
      expect(await aws.nextMessage(queue)).toMatchObject({
        Body: '{"constant":true}',
        MessageAttributes: { TARGET_ARN: { StringValue: target.Arn } },
      });
      expect(warnings).toHaveBeenCalledWith(
        expect.stringMatching(
          /did not deliver .*: The function's policy does not let events.amazonaws.com perform/,
        ),
      );
      warnings.mockRestore();
    }, 60_000);

    test('with only a schedule has no effect here, and a warning says so', async () => {
      const warnings = jest.spyOn(process, 'emitWarning').mockReturnValue();
      const schedule = { Name: 'nightly', ScheduleExpression: 'rate(1 day)' };
      const { RuleArn } = await events().send(new PutRuleCommand(schedule));
      const Targets = [{ Id: 'm', Arn: passing('nightly'), RoleArn: role }];
      await events().send(new PutTargetsCommand({ Rule: 'nightly', Targets }));
      expect(warnings).toHaveBeenCalledWith(
        `Schedules are not run here: the targets of ${RuleArn} are kept without effect.`,
      );
      warnings.mockRestore();
    }, 60_000);

    test('is refused with a pattern that is not valid, or with a state machine that has no role', async () => {
      await expect(putRule('bad', { source: [{ like: 'x' }] })).rejects.toMatchObject({
        name: 'InvalidEventPatternException',
        message: 'Event pattern is not valid. Reason: Unrecognized match type like',
      });
      await putRule('roleless', { source: ['x'] });
      const Targets = [{ Id: 'm', Arn: arn('states', 'stateMachine:m') }];
      await expect(events().send(new PutTargetsCommand({ Rule: 'roleless', Targets }))).rejects.toThrow(
        'RoleArn is required for target',
      );
    }, 60_000);

    test('receives the events of Tasks, and those of executions that start and end', async () => {
      const { states } = aws.account;
      await putRule('from-task', { source: ['task'] });
      const receiver = passing('receiver');
      const target = { Id: 'm', Arn: receiver, RoleArn: role, InputPath: '$.detail' };
      await events().send(new PutTargetsCommand({ Rule: 'from-task', Targets: [target] }));
      const queue = await aws.createQueue('statuses');
      const sender = arn('states', 'stateMachine:sender');
      await putRule('statuses', { source: ['aws.states'], detail: { stateMachineArn: [sender] } });
      const statuses = { Id: 'q', Arn: arn('sqs', 'statuses') };
      await events().send(new PutTargetsCommand({ Rule: 'statuses', Targets: [statuses] }));
      const Entry = { Source: 'task', DetailType: 't', Detail: { 'a.$': '$.a' } };
      states.createStateMachine({
        name: 'sender',
        roleArn: role,
        definition: JSON.stringify({
          StartAt: 'Put',
          States: {
            Put: {
              Type: 'Task',
              Resource: 'arn:aws:states:::events:putEvents',
              Parameters: { Entries: [Entry] },
              ResultPath: null,
              End: true,
            },
          },
        }),
      });
      const { executionArn } = states.startExecution({
        stateMachineArn: sender,
        input: '{"a":1}',
        name: 'n',
      });
      expect(await inputs(receiver, 1)).toEqual([{ a: 1 }]);
      const next = async () => JSON.parse((await aws.nextMessage(queue)).Body ?? '');
      const received = [await next(), await next()];
      received.sort((a, b) => (a.detail.status < b.detail.status ? -1 : 1));
      const detail = {
        executionArn,
        stateMachineArn: sender,
        name: 'n',
        status: 'RUNNING',
        startDate: expect.any(Number),
        stopDate: null,
        input: '{"a":1}',
        inputDetails: { included: true },
        output: null,
        outputDetails: null,
        error: null,
        cause: null,
      };
      expect(received).toMatchObject([
        { 'detail-type': 'Step Functions Execution Status Change', resources: [executionArn], detail },
        {
          detail: {
            ...detail,
            status: 'SUCCEEDED',
            stopDate: expect.any(Number),
            output: '{"a":1}',
            outputDetails: { included: true },
          },
        },
      ]);
    }, 60_000);
  });
});
