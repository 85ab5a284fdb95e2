/** The order example: Terraform, real functions, and moto_server for the services that the local AWS does not have. */
import { cpSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SendTaskSuccessCommand, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { upstreams } from '../../../../src/local-aws/upstream';
import { Moto } from '../../../integrations/moto';
import { describeWith } from '../../../support/tools';
import { isEmpty, startWorkflow, terraformIn, type Workflow } from './workflow';

const EXAMPLE = join(__dirname, '..', '..', '..', '..', 'examples', 'order');

const linesOf = (article: string) => ({ lines: [{ article, quantity: 3 }] });

describeWith(['terraformProviders', 'python', 'moto'], 'the order example', () => {
  let moto: Moto;
  let workflow: Workflow;
  let folder: string;
  let outputs: Record<'order_arn' | 'warehouse_url' | 'customers_url' | 'bucket', string>;
  let sqs: SQSClient;
  let s3: S3Client;

  beforeAll(async () => {
    moto = await Moto.start();
    workflow = await startWorkflow({
      accountId: '123456789012',
      upstreamOf: upstreams({
        upstream: moto.url,
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      }),
    });
    sqs = new SQSClient(workflow.client);
    s3 = new S3Client({ ...workflow.client, forcePathStyle: true });
    folder = join(workflow.folder, 'order');
    cpSync(EXAMPLE, folder, { recursive: true });
    // The versions of the providers that can be had here.
    writeFileSync(join(folder, 'versions_override.tf.json'), workflow.requiredProviders);
    await terraform('init', '-input=false');
  });
  afterAll(async () => {
    await workflow?.close();
    await moto?.stop();
  });

  const terraform = (...args: string[]) => terraformIn(folder, workflow, ...args);
  const apply = () => terraform('apply', '-auto-approve', '-input=false');

  /** Starts an execution; the returned function waits for its end. */
  async function start(orderId: string, order: object = linesOf('pen')) {
    const input = JSON.stringify({ orderId, ...order });
    const { executionArn = '' } = await workflow.sfn.send(
      new StartExecutionCommand({ stateMachineArn: outputs.order_arn, input }),
    );
    return async () => {
      const { status, output, error, cause } = await workflow.account.states.executionEnded(executionArn);
      const { events } = workflow.account.states.getExecutionHistory({ executionArn, maxResults: 1000 });
      return { status, error, cause, events, ...(output !== undefined && { output: JSON.parse(output) }) };
    };
  }

  /** Takes one message out of a queue. */
  async function receive(QueueUrl: string): Promise<string> {
    const { Messages: [message] = [] } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 }),
    );
    if (message === undefined) throw new Error(`No message arrived in ${QueueUrl}.`);
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: message.ReceiptHandle }));
    return message.Body ?? '';
  }

  test('is applied, and the plan is empty afterwards', async () => {
    expect(await apply()).toMatch(/Apply complete! Resources: \d+ added, 0 changed, 0 destroyed\./);
    expect(await terraform('plan', '-input=false', '-detailed-exitcode')).toContain('No changes.');
    const json = JSON.parse(await terraform('output', '-json')) as Record<string, { value: string }>;
    outputs = Object.fromEntries(
      Object.entries(json).map(([name, { value }]) => [name, value]),
    ) as typeof outputs;
  });

  test('an order passes all services, and the warehouse answers with the token of its message', async () => {
    const ended = await start('o-1');
    const { taskToken, ...message } = JSON.parse(await receive(outputs.warehouse_url));
    expect(message).toEqual({ orderId: 'o-1', lines: [{ article: 'pen', quantity: 3 }] });
    await workflow.sfn.send(new SendTaskSuccessCommand({ taskToken, output: '"parcel 7"' }));

    const { events, ...result } = await ended();
    expect(result).toMatchObject({
      status: 'SUCCEEDED',
      output: {
        price: { total: 6, currency: 'EUR' },
        payment: { paymentId: 'payment-of-o-1' },
        parcel: 'parcel 7',
        receipt: { text: 'Order o-1: 6 EUR' },
      },
    });
    const called = events.flatMap((event) =>
      event.type === 'TaskSucceeded'
        ? [`${event.taskSucceededEventDetails.resourceType}:${event.taskSucceededEventDetails.resource}`]
        : [],
    );
    expect(called.sort()).toEqual([
      'aws-sdk:s3:putObject',
      'dynamodb:putItem',
      'events:putEvents',
      'lambda:invoke',
      'lambda:invoke',
      'sns:publish',
      'sqs:sendMessage.waitForTaskToken',
      'states:startExecution.sync:2',
    ]);

    const { Item } = await new DynamoDBClient(workflow.client).send(
      new GetItemCommand({ TableName: 'orders', Key: { orderId: { S: 'o-1' } } }),
    );
    expect(Item).toEqual({ orderId: { S: 'o-1' }, total: { N: '6' } });
    const { Body } = await s3.send(
      new GetObjectCommand({ Bucket: outputs.bucket, Key: 'receipts/o-1.json' }),
    );
    expect(JSON.parse((await Body?.transformToString()) ?? '')).toEqual({
      orderId: 'o-1',
      paymentId: 'payment-of-o-1',
      text: 'Order o-1: 6 EUR',
    });
    expect(await receive(outputs.customers_url)).toBe('Order o-1: 6 EUR');
  });

  test('the lines of a large order are the rows of an object in S3', async () => {
    const rows = 'pen,1\n'.repeat(400);
    await s3.send(
      new PutObjectCommand({
        Bucket: outputs.bucket,
        Key: 'orders/large.csv',
        Body: `article,quantity\n${rows}`,
      }),
    );

    const ended = await start('large', { file: 'orders/large.csv' });
    const { taskToken, lines } = JSON.parse(await receive(outputs.warehouse_url));
    expect(lines).toEqual(Array(400).fill({ article: 'pen', quantity: 1 }));
    await workflow.sfn.send(new SendTaskSuccessCommand({ taskToken, output: '"parcel 8"' }));
    expect(await ended()).toMatchObject({
      status: 'SUCCEEDED',
      output: { price: { total: 800 }, parcel: 'parcel 8' },
    });
    await receive(outputs.customers_url);
  });

  test.each([
    [
      'a file that does not exist',
      'o-5',
      { file: 'orders/o-5.csv' },
      'States.ItemReaderFailed',
      /key does not exist/,
    ],
    ['an order that exists', 'o-1', linesOf('pen'), 'DuplicateOrder', /with this id exists/],
    ['an article that the Python function does not know', 'o-2', linesOf('boat'), 'UnknownArticle', /boat/],
    ['a nested execution that fails', 'o-3', linesOf('desk'), 'States.TaskFailed', /PaymentDeclined/],
  ])('fails for %s', async (_, orderId, order, error, cause) => {
    const ended = await start(orderId, order);
    expect(await ended()).toMatchObject({ status: 'FAILED', error, cause: expect.stringMatching(cause) });
  });

  test('is denied without the permission to send messages; Terraform brings it back', async () => {
    workflow.account.iam.deleteRolePolicy({ RoleName: 'order', PolicyName: 'warehouse' });
    const ended = await start('o-4');
    expect(await ended()).toMatchObject({
      status: 'FAILED',
      error: 'SQS.AmazonSQSException',
      cause: expect.stringMatching(/not authorized to perform: sqs:sendmessage on resource: .*:warehouse/i),
    });
    expect(await apply()).toContain('Resources: 1 added, 0 changed, 0 destroyed.');
  });

  test('is destroyed, and leaves nothing behind', async () => {
    expect(await terraform('destroy', '-auto-approve', '-input=false')).toContain('Destroy complete!');
    expect(isEmpty(workflow)).toBe(true);
  });
});
