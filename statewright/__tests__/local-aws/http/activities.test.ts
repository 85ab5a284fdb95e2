import { GetActivityTaskCommand, SendTaskSuccessCommand, SFNClient } from '@aws-sdk/client-sfn';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { SystemClock } from '../../../src/engine';
import { Account } from '../../../src/local-aws/account';
import { type RunningServer, startServer } from '../../../src/local-aws/server';
import { trust } from './harness';

/** A clock that says when a worker begins to wait for a task, and when it no longer does. */
class WorkerClock extends SystemClock {
  onWaiting: (isWaiting: boolean) => void = () => {};

  override setTimer(milliseconds: number, callback: () => void): () => void {
    const cancel = super.setTimer(milliseconds, callback);
    if (milliseconds !== 60_000) return cancel;
    this.onWaiting(true);
    return () => {
      cancel();
      this.onWaiting(false);
    };
  }

  becomes(waiting: boolean): Promise<void> {
    return new Promise((resolve) => {
      this.onWaiting = (isWaiting) => isWaiting === waiting && resolve();
    });
  }
}

const accountId = '123456789012';
const accessKeyId = 'LOCAL0123456789ABCDEF0123456789ABCDEF';
const activityArn = `arn:aws:states:us-east-1:${accountId}:activity:paint`;
const stateMachineArn = `arn:aws:states:us-east-1:${accountId}:stateMachine:m`;

let clock: WorkerClock;
let account: Account;
let server: RunningServer;
beforeEach(async () => {
  clock = new WorkerClock();
  account = new Account({ accountId, clock });
  server = await startServer(account, { accessKeyOf: () => accessKeyId });
  account.iam.createRole({ RoleName: 'm', AssumeRolePolicyDocument: trust('states.amazonaws.com') });
  account.states.createActivity({ name: 'paint' });
  account.states.createStateMachine({
    name: 'm',
    roleArn: `arn:aws:iam::${accountId}:role/m`,
    definition: JSON.stringify({
      StartAt: 'Paint',
      States: { Paint: { Type: 'Task', Resource: activityArn, End: true } },
    }),
  });
});
afterEach(async () => {
  await Promise.all([server.close(), account.close()]);
});

const settings = () => ({
  endpoint: server.url,
  region: 'us-east-1',
  credentials: { accessKeyId, secretAccessKey: 'local' },
  maxAttempts: 1,
});
const start = (n: number) =>
  account.states.startExecution({ stateMachineArn, input: JSON.stringify({ n }) }).executionArn;
const take = new GetActivityTaskCommand({ activityArn, workerName: 'Ann' });

test('a worker that hangs up gets no task: the next worker does', async () => {
  const worker = new SFNClient(settings());
  const hangUp = new AbortController();
  const waiting = clock.becomes(true);
  const left = expect(worker.send(take, { abortSignal: hangUp.signal })).rejects.toThrow();
  await waiting;
  const noticed = clock.becomes(false);
  hangUp.abort();
  await Promise.all([left, noticed]);
  const executionArn = start(1);
  const { taskToken, input } = await worker.send(take);
  expect(input).toBe('{"n":1}');
  await worker.send(new SendTaskSuccessCommand({ taskToken, output: '"red"' }));
  expect(await account.states.executionEnded(executionArn)).toMatchObject({ output: '"red"' });
});

test('a worker gets an empty answer at once when the account closes', async () => {
  const waiting = clock.becomes(true);
  const answer = new SFNClient(settings()).send(take);
  await waiting;
  await account.close();
  expect(await answer).toEqual({ $metadata: expect.objectContaining({ httpStatusCode: 200 }) });
});

test('a worker needs permissions for the activity, also for the tokens of its tasks', async () => {
  account.iam.createRole({
    RoleName: 'worker',
    AssumeRolePolicyDocument: JSON.stringify({
      Version: '2012-10-17',
      Statement: { Effect: 'Allow', Principal: { AWS: accountId }, Action: 'sts:AssumeRole' },
    }),
  });
  const { Credentials } = await new STSClient(settings()).send(
    new AssumeRoleCommand({ RoleArn: `arn:aws:iam::${accountId}:role/worker`, RoleSessionName: 'shift' }),
  );
  const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
  const worker = new SFNClient({
    ...settings(),
    credentials: { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken },
  });
  const grant = (...Action: string[]) =>
    account.iam.putRolePolicy({
      RoleName: 'worker',
      PolicyName: 'p',
      PolicyDocument: JSON.stringify({
        Version: '2012-10-17',
        Statement: { Effect: 'Allow', Action, Resource: activityArn },
      }),
    });
  const denied = (action: string) =>
    `is not authorized to perform: ${action} on resource: ${activityArn} because no identity-based policy`;

  const executionArn = start(1);
  await expect(worker.send(take)).rejects.toThrow(denied('states:GetActivityTask'));
  grant('states:GetActivityTask');
  const { taskToken } = await worker.send(take);
  const send = () => worker.send(new SendTaskSuccessCommand({ taskToken, output: '1' }));
  await expect(send()).rejects.toThrow(denied('states:SendTaskSuccess'));
  grant('states:SendTask*');
  await send();
  expect(await account.states.executionEnded(executionArn)).toMatchObject({ status: 'SUCCEEDED' });
});
