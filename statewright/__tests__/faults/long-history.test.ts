import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Account } from '../../src/local-aws/account';
import { openStore, type Store } from '../../src/local-aws/persistence/store';
import { trust } from '../local-aws/http/harness';
import { asIfKilled } from '../local-aws/persistence/killed';

jest.setTimeout(120_000);

/** In CI a history is longer than one string can be; it takes about ten seconds. */
const input = JSON.stringify({ p: 'x'.repeat(process.env.CI ? 30_000 : 3000) });

let folder: string;
const stores: Store[] = [];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'long-history-'));
});
afterEach(() => {
  for (const store of stores.splice(0)) store.close();
  rmSync(folder, { recursive: true });
});

async function open(place = folder): Promise<Account> {
  const store = await openStore(place);
  stores.push(store);
  return new Account({ openTable: store.openTable });
}

const loop = {
  StartAt: 'A',
  States: {
    A: { Type: 'Pass', Next: 'C' },
    C: { Type: 'Choice', Choices: [{ Variable: '$.never', IsPresent: true, Next: 'E' }], Default: 'A' },
    E: { Type: 'Succeed' },
  },
};
const wait = { StartAt: 'A', States: { A: { Type: 'Wait', Seconds: 3600, End: true } } };

function createMachines(account: Account): { readonly loop: string; readonly wait: string } {
  const document = { RoleName: 'r', AssumeRolePolicyDocument: trust('states.amazonaws.com') };
  const roleArn = account.iam.createRole(document).Role.Arn;
  const create = (name: string, definition: object) =>
    account.states.createStateMachine({ name, roleArn, definition: JSON.stringify(definition) })
      .stateMachineArn;
  return { loop: create('loop', loop), wait: create('wait', wait) };
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

/** The last event, and those after the first page, which ends when it has some megabytes. */
function eventsOf(account: Account, executionArn: string) {
  const { states } = account;
  const [last] = states.getExecutionHistory({ executionArn, reverseOrder: true, maxResults: 1 }).events;
  const pages = states.getExecutionHistory({ executionArn, maxResults: 1000 });
  const { events } = states.getExecutionHistory({
    executionArn,
    maxResults: 3,
    ...(pages.nextToken !== undefined && { nextToken: pages.nextToken }),
  });
  return { last, onFirstPage: pages.events.length, ids: events.map(({ id }) => id) };
}

test('the longest history is stored completely, and does not affect other executions', async () => {
  const account = await open();
  const machines = createMachines(account);
  const other = account.states.startExecution({ stateMachineArn: machines.wait });
  const { executionArn } = account.states.startExecution({ stateMachineArn: machines.loop, input });
  expect(await account.states.executionEnded(executionArn)).toMatchObject({
    status: 'FAILED',
    cause: expect.stringContaining('25000'),
  });
  expect(account.states.describeExecution(other).status).toBe('RUNNING');
  const kept = eventsOf(account, executionArn);
  const { onFirstPage: page } = kept;
  expect(page).toBeLessThan(1000);
  expect(kept).toMatchObject({
    last: { id: 25_000, type: 'ExecutionFailed' },
    ids: [page + 1, page + 2, page + 3],
  });
  await account.states.abort(other.executionArn);

  await account.close();
  stores.pop()?.close();
  const again = await open();
  expect(eventsOf(again, executionArn)).toEqual(kept);
  expect(again.states.describeExecution(other).status).toBe('ABORTED');
});

test('the written part of a long execution survives when the process is killed', async () => {
  const account = await open();
  const machines = createMachines(account);
  const { executionArn } = account.states.startExecution({ stateMachineArn: machines.loop, input });
  const lastId = () =>
    account.states.getExecutionHistory({ executionArn, reverseOrder: true, maxResults: 1 }).events[0]?.id ??
    0;
  while (lastId() <= 1000) await nextTurn();
  const copy = asIfKilled(folder);
  await account.states.abort(executionArn);
  // In which the loop of states finds that it was stopped.
  await nextTurn();

  const killed = await open(copy);
  expect(killed.states.describeExecution({ executionArn })).toMatchObject({
    status: 'FAILED',
    error: 'States.Runtime',
  });
  const { last } = eventsOf(killed, executionArn);
  expect(last).toMatchObject({ type: 'ExecutionFailed', previousEventId: (last?.id ?? 0) - 1 });
  expect(last?.id).toBeGreaterThan(500);
  rmSync(copy, { recursive: true });
});
