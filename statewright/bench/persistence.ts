/**
 * What an account on disk costs: executions per second with and without it, bytes per execution, how long the local AWS
 * takes to start with 20,000 executions, and what one history of 25,000 large events takes.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Account } from '../src/local-aws/account';
import { openStore } from '../src/local-aws/persistence/store';
import type { OpenTable } from '../src/local-aws/table';
import { printTable } from './table';

const EXECUTIONS = 20_000;
const AT_ONCE = 50;
const BIG = { events: 25_000, payload: 30_000 };

const policy = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });

/** A Lambda that succeeds, called by a state machine of one Task and one Pass: nine events. */
const workflow = {
  StartAt: 'Test',
  States: {
    Test: {
      Type: 'Task',
      Resource: 'arn:aws:lambda:us-east-1:000000000000:function:Test',
      Retry: [
        { ErrorEquals: ['Lambda.ServiceException'], IntervalSeconds: 2, MaxAttempts: 6, BackoffRate: 2 },
      ],
      Catch: [{ ErrorEquals: ['TestError'], Next: 'HandleError' }],
      Next: 'SuccessState',
    },
    HandleError: { Type: 'Pass', Result: 'handled error', End: true },
    SuccessState: { Type: 'Pass', Result: 'success', End: true },
  },
};

const loop = {
  StartAt: 'A',
  States: {
    A: { Type: 'Pass', Next: 'C' },
    C: { Type: 'Choice', Choices: [{ Variable: '$.never', IsPresent: true, Next: 'E' }], Default: 'A' },
    E: { Type: 'Succeed' },
  },
};

function accountWith(
  definition: object,
  openTable?: OpenTable,
): { account: Account; stateMachineArn: string } {
  const invoke = async () => ({
    StatusCode: 200,
    ExecutedVersion: '$LATEST',
    Payload: Buffer.from('{"ok":true}'),
  });
  const account = new Account({ ...(openTable && { openTable }), lambdaInvoker: () => ({ invoke }) });
  const allowed = { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*' };
  const trusted = {
    Effect: 'Allow',
    Principal: { Service: 'states.amazonaws.com' },
    Action: 'sts:AssumeRole',
  };
  const { Role } = account.iam.createRole({ RoleName: 'role', AssumeRolePolicyDocument: policy(trusted) });
  account.iam.putRolePolicy({ RoleName: 'role', PolicyName: 'p', PolicyDocument: policy(allowed) });
  const { stateMachineArn } = account.states.createStateMachine({
    name: 'state',
    definition: JSON.stringify(definition),
    roleArn: Role.Arn,
  });
  return { account, stateMachineArn };
}

/** @returns executions per second */
async function fill(openTable?: OpenTable): Promise<number> {
  const { account, stateMachineArn } = accountWith(workflow, openTable);
  const start = performance.now();
  let left = EXECUTIONS;
  const lane = async () => {
    while (left-- > 0) {
      const { executionArn } = account.states.startExecution({ stateMachineArn });
      const { status } = await account.states.executionEnded(executionArn);
      if (status !== 'SUCCEEDED') throw new Error(`${executionArn} ended ${status}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  await account.close();
  return (EXECUTIONS / (performance.now() - start)) * 1000;
}

/** @returns the milliseconds, median of five, until `local --persist` says that it listens */
async function startTime(folder: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 5; i++) {
    const cli = join(__dirname, '../src/cli/main.ts');
    const args = [
      '--conditions=statewright-source',
      '--require',
      join(__dirname, '../source.cjs'),
      cli,
      'local',
      '--port',
      '0',
    ];
    const start = performance.now();
    const child = spawn(process.execPath, [...args, '--persist', folder], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    times.push(performance.now() - start);
    child.stdout.resume();
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  return times.sort((a, b) => a - b)[2] ?? Number.NaN;
}

const bytesIn = (folder: string) =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

const megabytes = (bytes: number) => `${(bytes / 2 ** 20).toFixed(0)} MiB`;

/** Runs one execution with the longest history that there can be; memory is the process's at its end. */
async function big(folder: string): Promise<{ readonly seconds: number; readonly memory: number }> {
  const store = await openStore(folder);
  const { account, stateMachineArn } = accountWith(loop, store.openTable);
  const start = performance.now();
  const input = JSON.stringify({ p: 'x'.repeat(BIG.payload) });
  const { executionArn } = account.states.startExecution({ stateMachineArn, input });
  await account.states.executionEnded(executionArn);
  const seconds = (performance.now() - start) / 1000;
  await account.close();
  store.close();
  return { seconds, memory: process.memoryUsage().rss };
}

async function main(): Promise<void> {
  const [many, huge, empty] = ['many', 'huge', 'empty'].map((name) =>
    mkdtempSync(join(tmpdir(), `bench-${name}-`)),
  ) as [string, string, string];
  try {
    const { seconds, memory } = await big(huge);
    const inMemory = await fill();
    const store = await openStore(many);
    const onDisk = await fill(store.openTable);
    store.close();
    printTable(
      [`${EXECUTIONS} executions of 9 events`, 'result'],
      [
        ['executions per second in memory', inMemory.toFixed(0)],
        ['executions per second on disk', onDisk.toFixed(0)],
        ['bytes per execution on disk', (bytesIn(many) / EXECUTIONS).toFixed(0)],
        ['start with them, ms', (await startTime(many)).toFixed(0)],
        ['start of an empty account, ms', (await startTime(empty)).toFixed(0)],
      ],
    );
    printTable(
      [`one execution, ${BIG.events} events of ${BIG.payload} bytes`, 'result'],
      [
        ['seconds', seconds.toFixed(1)],
        ['memory of the process', megabytes(memory)],
        ['on disk', megabytes(bytesIn(huge))],
        ['start with it, ms', (await startTime(huge)).toFixed(0)],
      ],
    );
  } finally {
    for (const folder of [many, huge, empty]) rmSync(folder, { recursive: true });
  }
}

void main();
