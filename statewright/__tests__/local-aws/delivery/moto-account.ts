import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { Account } from '../../../src/local-aws/account';
import type { LambdaRequest } from '../../../src/local-aws/lambda/requests';
import { type RunningServer, startServer } from '../../../src/local-aws/server';
import { upstreams } from '../../../src/local-aws/upstream';
import { Moto } from '../../integrations/moto';
import { handlerZip } from '../lambda/support';
import { trustPolicy } from '../step-functions/harness';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
export const accountId = '123456789012';
export const arn = (service: string, name: string) => `arn:aws:${service}:us-east-1:${accountId}:${name}`;
export const role = `arn:aws:iam::${accountId}:role/all`;

/** A served account with moto_server as its upstream, whose role `all` may do everything. */
export class MotoAccount {
  readonly account: Account;
  readonly #moto: Moto;
  readonly #server: RunningServer;
  readonly #sqs: SQSClient;

  private constructor(moto: Moto, account: Account, server: RunningServer) {
    this.#moto = moto;
    this.account = account;
    this.#server = server;
    this.#sqs = new SQSClient(this.client);
    const { iam } = account;
    const services = ['lambda', 'states', 'events'].map((name) => `${name}.amazonaws.com`);
    iam.createRole({ RoleName: 'all', AssumeRolePolicyDocument: trustPolicy(services as never) });
    const Statement = { Effect: 'Allow', Action: '*', Resource: '*' };
    iam.putRolePolicy({
      RoleName: 'all',
      PolicyName: 'all',
      PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement }),
    });
  }

  static async start(): Promise<MotoAccount> {
    const moto = await Moto.start();
    const account = new Account({
      accountId,
      region: 'us-east-1',
      upstreamOf: upstreams({ upstream: moto.url, credentials }),
    });
    return new MotoAccount(moto, account, await startServer(account));
  }

  /** The settings of SDK clients that call moto through the local AWS. */
  get client() {
    return { endpoint: this.#server.url, region: 'us-east-1', credentials };
  }

  async close(): Promise<void> {
    this.#sqs.destroy();
    await this.#server.close();
    await this.account.close();
    await this.#moto.stop();
  }

  createFunction(FunctionName: string, body: string, more: Partial<LambdaRequest<'CreateFunction'>> = {}) {
    return this.account.lambda.createFunction({
      FunctionName,
      Role: role,
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Code: { ZipFile: handlerZip(body) },
      ...more,
    });
  }

  /** Creates a queue. Returns its URL. */
  async createQueue(QueueName: string, Attributes: Record<string, string> = {}): Promise<string> {
    const { QueueUrl = '' } = await this.#sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
    return QueueUrl;
  }

  /** Waits for the next message of a queue, and deletes it. */
  async nextMessage(QueueUrl: string) {
    for (;;) {
      const { Messages: [message] = [] } = await this.#sqs.send(
        new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5, MessageAttributeNames: ['All'] }),
      );
      if (message === undefined) continue;
      const { ReceiptHandle } = message;
      await this.#sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      return message;
    }
  }

  /** Waits until a function has logged that many JSON lines, and returns their values. */
  async logged(functionName: string, count: number): Promise<unknown[]> {
    for (;;) {
      const lines = this.#linesOf(functionName);
      if (lines.length >= count) return lines;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  #linesOf(functionName: string): unknown[] {
    const { logs } = this.account;
    const logGroupName = `/aws/lambda/${functionName}`;
    if (logs.describeLogGroups({ logGroupNamePrefix: logGroupName }).logGroups.length === 0) return [];
    return logs
      .filterLogEvents({ logGroupName })
      .events.filter(({ message }) => message.includes('LOG:'))
      .map(({ message }) => JSON.parse(message.slice(message.indexOf('LOG:') + 4)) as unknown);
  }
}

/** A handler that logs its event for `MotoAccount.logged`. */
export const LOGGING = "console.log('LOG:' + JSON.stringify(event));";
