import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Account } from '../../../src/local-aws/account';
import { loadSqlite } from '../../../src/local-aws/persistence/database';
import { openStore } from '../../../src/local-aws/persistence/store';
import { allow, trust, zipOf } from '../http/harness';
import { asIfKilled } from './killed';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'account-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const roleArn = (name: string) => `arn:aws:iam::000000000000:role/${name}`;

function deploy(account: Account): void {
  account.iam.createRole({ RoleName: 'machine', AssumeRolePolicyDocument: trust('states.amazonaws.com') });
  account.iam.createRole({ RoleName: 'function', AssumeRolePolicyDocument: trust('lambda.amazonaws.com') });
  account.iam.putRolePolicy({
    RoleName: 'machine',
    PolicyName: 'p',
    PolicyDocument: allow('lambda:InvokeFunction'),
  });
  account.lambda.createFunction({
    FunctionName: 'Echo',
    Role: roleArn('function'),
    Runtime: 'nodejs22.x',
    Handler: 'index.handler',
    Code: { ZipFile: zipOf('exports.handler = async (event) => event;') },
  });
  const definition = JSON.stringify({
    StartAt: 'Wait',
    States: {
      Wait: { Type: 'Wait', SecondsPath: '$.seconds', Next: 'Echo' },
      Echo: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:000000000000:function:Echo', End: true },
    },
  });
  account.states.createStateMachine({ name: 'state', definition, roleArn: roleArn('machine') });
  account.states.createActivity({ name: 'paint', tags: [{ key: 'team', value: 'a' }] });
}

const stateMachineArn = 'arn:aws:states:us-east-1:000000000000:stateMachine:state';
const start = (account: Account, name: string, seconds: number) =>
  account.states.startExecution({ stateMachineArn, name, input: JSON.stringify({ seconds }) });

test('an account that was killed is there again: what was finished whole, what was running failed', async () => {
  const first = await openStore(folder);
  const killed = new Account({ openTable: first.openTable });
  deploy(killed);
  const finished = start(killed, 'finished', 0);
  const before = await killed.states.executionEnded(finished.executionArn);
  const history = killed.states.getExecutionHistory(finished);
  const running = start(killed, 'running', 3600);

  const copy = asIfKilled(folder);
  const store = await openStore(copy);
  const account = new Account({ openTable: store.openTable });
  expect(account.states.describeExecution(finished)).toEqual(before);
  expect(account.states.getExecutionHistory(finished)).toEqual(history);
  const activities = account.states.listActivities();
  expect(activities).toEqual(killed.states.listActivities());
  const resourceArn = activities.activities[0]?.activityArn as string;
  expect(account.states.listTagsForResource({ resourceArn }).tags).toEqual([{ key: 'team', value: 'a' }]);
  expect(account.states.describeExecution(running)).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
  });
  expect(account.states.getExecutionHistory(running).events.map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'ExecutionFailed',
  ]);
  expect(account.states.listExecutions({ stateMachineArn }).executions.map(({ name }) => name)).toEqual([
    'running',
    'finished',
  ]);

  const again = start(account, 'again', 0);
  expect(await account.states.executionEnded(again.executionArn)).toMatchObject({
    status: 'SUCCEEDED',
    output: '{"seconds":0}',
  });
  await account.close();
  store.close();
  rmSync(copy, { recursive: true });
  await killed.close();
  first.close();
});

test('an execution is redriven after a restart, also one that was running, or was redriven, when the process was killed', async () => {
  const first = await openStore(folder);
  const killed = new Account({ openTable: first.openTable });
  deploy(killed);
  const running = start(killed, 'running', 3600);
  const stopped = start(killed, 'stopped', 3600);
  await killed.states.stopExecution(stopped);
  const continued = start(killed, 'continued', 3600);
  await killed.states.stopExecution(continued);
  killed.states.redriveExecution(continued);

  const copy = asIfKilled(folder);
  const store = await openStore(copy);
  const account = new Account({ openTable: store.openTable });
  const typesOf = (execution: { executionArn: string }) =>
    account.states.getExecutionHistory(execution).events.map(({ id, type }) => `${id} ${type}`);
  expect(typesOf(continued)).toEqual([
    '1 ExecutionStarted',
    '2 WaitStateEntered',
    '3 ExecutionAborted',
    '4 ExecutionFailed',
  ]);
  for (const execution of [running, stopped, continued]) account.states.redriveExecution(execution);
  expect(typesOf(stopped)).toEqual([
    '1 ExecutionStarted',
    '2 WaitStateEntered',
    '3 ExecutionAborted',
    '4 ExecutionRedriven',
  ]);
  expect(typesOf(running).slice(2)).toEqual(['3 ExecutionRedriven', '4 WaitStateEntered']);
  expect(account.states.describeExecution(continued)).toMatchObject({ status: 'RUNNING', redriveCount: 2 });
  await account.close();
  expect(account.states.describeExecution(stopped)).toMatchObject({ status: 'ABORTED', redriveCount: 1 });
  store.close();
  rmSync(copy, { recursive: true });
  await killed.close();
  first.close();
});

test('an account that a version without lists has written shows all its executions and log lines', async () => {
  const first = await openStore(folder);
  const written = new Account({ openTable: first.openTable });
  deploy(written);
  for (const name of ['a', 'b', 'c']) {
    await written.states.executionEnded(start(written, name, 0).executionArn);
  }
  await written.states.stopExecution(start(written, 'stopped', 3600));
  const log = { logGroupName: 'log' };
  written.logs.createLogGroup(log);
  for (const logStreamName of ['one', 'two']) {
    written.logs.createLogStream({ ...log, logStreamName });
    const logEvents = [{ timestamp: Date.now(), message: `line of ${logStreamName}` }];
    written.logs.putLogEvents({ ...log, logStreamName, logEvents });
  }
  const { events } = written.logs.filterLogEvents(log);
  expect(events.map(({ message }) => message)).toEqual(['line of one', 'line of two']);
  const machines = written.states.listExecutions({ stateMachineArn });
  await written.close();
  first.close();

  const database = (await loadSqlite())(join(folder, 'account.db'));
  const names = database.prepare(
    "SELECT name FROM sqlite_master WHERE name LIKE '%/lists' OR name LIKE '%/entries'",
  );
  for (const { name } of names.all() as { name: string }[]) database.exec(`DROP TABLE "${name}"`);
  database.exec('DROP TABLE "logs.arrivals"; PRAGMA user_version = 1');
  database.close();

  for (let round = 0; round < 2; round++) {
    const store = await openStore(folder);
    const account = new Account({ openTable: store.openTable });
    expect(account.states.listExecutions({ stateMachineArn })).toEqual(machines);
    const aborted = account.states.listExecutions({ stateMachineArn, statusFilter: 'ABORTED' });
    expect(aborted.executions.map(({ name }) => name)).toEqual(['stopped']);
    expect(account.logs.filterLogEvents(log).events).toEqual(events);
    expect(account.logs.describeLogStreams(log).logStreams).toHaveLength(2);
    await account.close();
    store.close();
  }
});
