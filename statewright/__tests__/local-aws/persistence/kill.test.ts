import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  paginateListExecutions,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { trust } from '../http/harness';

let folder: string;
const processes: ChildProcess[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'killed-'));
});
afterEach(() => {
  for (const process of processes.splice(0)) process.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

/** Starts a local AWS in a process of its own, and answers with what a client needs and a way to kill it. */
async function start() {
  const script = join(__dirname, 'persistent-server.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', script, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  processes.push(child);
  const endpoint = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(String(data).trim()));
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}.`)));
  });
  const client = { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
  return {
    iam: new IAMClient(client),
    sfn: new SFNClient(client),
    kill: () =>
      new Promise((resolve) => {
        child.once('exit', resolve);
        child.kill('SIGKILL');
      }),
  };
}

/** Asks until the execution no longer runs. */
async function untilEnded(sfn: SFNClient, executionArn: string | undefined): Promise<void> {
  for (;;) {
    const { status } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING') return;
  }
}

test('after kill -9 no finished execution is lost, and those that ran have failed', async () => {
  const first = await start();
  const { Role } = await first.iam.send(
    new CreateRoleCommand({ RoleName: 'machine', AssumeRolePolicyDocument: trust('states.amazonaws.com') }),
  );
  const definition = JSON.stringify({
    StartAt: 'Wait',
    States: { Wait: { Type: 'Wait', SecondsPath: '$.seconds', End: true } },
  });
  const { stateMachineArn } = await first.sfn.send(
    new CreateStateMachineCommand({ name: 'state', definition, roleArn: Role?.Arn }),
  );
  const begin = (seconds: number) =>
    first.sfn.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify({ seconds }) }));
  const finished = await Promise.all(Array.from({ length: 50 }, () => begin(0)));
  for (const { executionArn } of finished) await untilEnded(first.sfn, executionArn);
  const running = await Promise.all(Array.from({ length: 5 }, () => begin(3600)));
  // Killed while the last executions are just being started.
  const unanswered = Promise.allSettled(Array.from({ length: 20 }, () => begin(0)));
  await first.kill();
  await unanswered;

  const { sfn } = await start();
  for (const { executionArn } of finished) {
    expect((await sfn.send(new DescribeExecutionCommand({ executionArn }))).status).toBe('SUCCEEDED');
    expect((await sfn.send(new GetExecutionHistoryCommand({ executionArn }))).events).toHaveLength(4);
  }
  for (const { executionArn } of running) {
    expect((await sfn.send(new DescribeExecutionCommand({ executionArn }))).status).toBe('FAILED');
  }
  for await (const { executions } of paginateListExecutions({ client: sfn }, { stateMachineArn })) {
    expect(executions?.map(({ status }) => status)).not.toContain('RUNNING');
  }
});
