import type { Clock } from '../../src/engine/execution/services';
import { Account } from '../../src/local-aws/account';
import { MemoryTable } from '../../src/local-aws/memory-table';
import { StorageError } from '../../src/local-aws/storage-error';
import type { OpenTable } from '../../src/local-aws/table';
import { awsErrorOf } from '../local-aws/context';
import { trust } from '../local-aws/http/harness';

/** Tables that accept no writes while the disk is full. */
const disk = { full: false };
class Limited<T> extends MemoryTable<T> {
  override set(key: string, value: T): this {
    if (disk.full) throw new StorageError('InsufficientStorage', 'The disk has no space left.');
    return super.set(key, value);
  }
}
const openTable: OpenTable = (_, options) => new Limited(options);

/** A clock that the test advances. */
class ManualClock implements Clock {
  #now = Date.UTC(2024, 0, 1);
  readonly #timers = new Map<object, { readonly at: number; readonly callback: () => void }>();

  now = () => this.#now;

  setTimer(milliseconds: number, callback: () => void): () => void {
    const id = {};
    this.#timers.set(id, { at: this.#now + milliseconds, callback });
    return () => this.#timers.delete(id);
  }

  /** Advances the time, and runs what is due. */
  async advance(milliseconds: number): Promise<void> {
    this.#now += milliseconds;
    for (const [id, { at, callback }] of this.#timers) {
      if (at > this.#now) continue;
      this.#timers.delete(id);
      callback();
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}

let account: Account;
let clock: ManualClock;
let warnings: jest.SpyInstance;
beforeEach(() => {
  disk.full = false;
  clock = new ManualClock();
  account = new Account({ clock, openTable });
  warnings = jest.spyOn(process, 'emitWarning').mockReturnValue();
});
afterEach(async () => {
  disk.full = false;
  await account.close();
  warnings.mockRestore();
});

function startWaiting(logged = false) {
  const { Role } = account.iam.createRole({
    RoleName: 'r',
    AssumeRolePolicyDocument: trust('states.amazonaws.com'),
  });
  const allow = { Effect: 'Allow', Action: 'logs:*', Resource: '*' };
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [allow] });
  account.iam.putRolePolicy({ RoleName: 'r', PolicyName: 'p', PolicyDocument });
  account.logs.createLogGroup({ logGroupName: 'group' });
  const logGroupArn = `arn:aws:logs:us-east-1:${account.accountId}:log-group:group:*`;
  const { stateMachineArn } = account.states.createStateMachine({
    name: 'state',
    definition: JSON.stringify({ StartAt: 'A', States: { A: { Type: 'Wait', Seconds: 60, End: true } } }),
    roleArn: Role.Arn,
    ...(logged && {
      loggingConfiguration: { level: 'ALL', destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }] },
    }),
  });
  return { stateMachineArn, ...account.states.startExecution({ stateMachineArn }) };
}

const statusOf = (executionArn: string) => account.states.describeExecution({ executionArn }).status;

test('an execution whose end does not fit on the disk ends as soon as it fits', async () => {
  const { executionArn } = startWaiting();
  disk.full = true;
  await clock.advance(61_000);
  expect(statusOf(executionArn)).toBe('RUNNING');
  expect(String(warnings.mock.calls)).toMatch(/The end of .* waits until it can be kept/);
  disk.full = false;
  await clock.advance(1000);
  expect(statusOf(executionArn)).toBe('SUCCEEDED');
  expect(account.states.getExecutionHistory({ executionArn }).events.map(({ type }) => type)).toEqual([
    'ExecutionStarted',
    'WaitStateEntered',
    'WaitStateExited',
    'ExecutionSucceeded',
  ]);
});

test('StopExecution reports that the end cannot be stored, and stops the execution later', async () => {
  const { executionArn } = startWaiting();
  disk.full = true;
  expect(await awsErrorOf(() => account.states.stopExecution({ executionArn }))).toBe(
    'InsufficientStorage: The disk has no space left.',
  );
  disk.full = false;
  await clock.advance(1000);
  expect(statusOf(executionArn)).toBe('ABORTED');
});

test('an execution that cannot be stored is refused, and does not run', async () => {
  const { stateMachineArn } = startWaiting();
  disk.full = true;
  const refused = () => account.states.startExecution({ stateMachineArn, name: 'refused' });
  expect(await awsErrorOf(refused)).toBe('InsufficientStorage: The disk has no space left.');
  expect(account.states.listExecutions({ stateMachineArn }).executions).toHaveLength(1);
});

test('a log that cannot be written does not affect executions', async () => {
  const { executionArn } = startWaiting(true);
  disk.full = true;
  await clock.advance(61_000);
  disk.full = false;
  await clock.advance(1000);
  expect(statusOf(executionArn)).toBe('SUCCEEDED');
});

test('the account closes although the disk stays full', async () => {
  const { executionArn } = startWaiting();
  disk.full = true;
  await clock.advance(61_000);
  await account.close();
  expect(statusOf(executionArn)).toBe('RUNNING');
});
