import { LogsService } from '../../../src/local-aws/logs/logs-service';
import { memoryTable } from '../../../src/local-aws/memory-table';
import { StorageError } from '../../../src/local-aws/storage-error';
import type { OpenTable, Table, TableOptions } from '../../../src/local-aws/table';
import { testStores } from '../persistence/test-stores';
import { NOW } from './support';

const GROUP = { logGroupName: 'group' };
const STREAM = { ...GROUP, logStreamName: 'stream' };
const OTHER = { ...GROUP, logStreamName: 'other' };

const { open, openKilled } = testStores();

/** A logs service, whose turns of the event loop the test counts. */
function logsIn(tables: OpenTable) {
  const opened = new Map<string, Table<unknown>>();
  const openTable = <T>(name: string, options?: TableOptions<T>) => {
    const table = tables<T>(name, options);
    opened.set(name, table as Table<unknown>);
    return table;
  };
  const waiting: (() => void)[] = [];
  const clock = {
    now: () => NOW,
    setTimer: () => () => {},
    nextTurn: () => new Promise<void>((resolve) => waiting.push(resolve)),
  };
  const context = { accountId: '123456789012', region: 'us-east-1', clock, uuid: () => '', random: () => 0 };
  const logs = new LogsService(context, openTable);
  return {
    logs,
    /** How many records of events and streams exist. */
    records: () => [opened.get('logs.events')?.size, opened.get('logs.streams')?.size],
    turn: async () => {
      for (const resolve of waiting.splice(0)) resolve();
      await new Promise(setImmediate);
    },
    isWaiting: () => waiting.length > 0,
    messages: () => logs.filterLogEvents(GROUP).events.map(({ message }) => message),
    /** Writes lines, each of its own time, so that each is a record. */
    fill: (stream: typeof STREAM, count: number) => {
      logs.createLogStream(stream);
      const logEvents = Array.from({ length: count }, (_, i) => ({
        timestamp: NOW - count + i,
        message: `old ${i}`,
      }));
      logs.putLogEvents({ ...stream, logEvents });
    },
  };
}

type Logs = ReturnType<typeof logsIn>;

async function allTurns({ turn, isWaiting }: Logs): Promise<number> {
  let turns = 0;
  for (; isWaiting(); turns++) await turn();
  return turns;
}

/** A group that was deleted, but whose records are not erased yet. */
async function deletedGroup(openTable: OpenTable): Promise<Logs> {
  const log = logsIn(openTable);
  await allTurns(log);
  log.logs.createLogGroup(GROUP);
  log.fill(STREAM, 300);
  log.fill(OTHER, 300);
  log.logs.deleteLogGroup(GROUP);
  await log.turn();
  return log;
}

function writeNew({ logs }: Logs): void {
  logs.createLogStream(STREAM);
  logs.putLogEvents({ ...STREAM, logEvents: [{ timestamp: NOW, message: 'new' }] });
}

const places: [string, () => Promise<OpenTable>][] = [
  ['in memory', async () => memoryTable],
  ['on disk', async () => (await open()).openTable],
];

describe.each(places)('while the lines of a deleted group are erased, %s', (_, tables) => {
  test('it is gone, and a new group of its name has only its own lines', async () => {
    const log = await deletedGroup(await tables());
    expect(log.logs.describeLogGroups().logGroups).toEqual([]);
    expect(() => log.messages()).toThrow('The specified log group does not exist.');

    log.logs.createLogGroup(GROUP);
    expect(log.logs.describeLogStreams(GROUP).logStreams).toEqual([]);
    expect(log.messages()).toEqual([]);
    writeNew(log);
    expect(log.logs.describeLogGroups().logGroups).toEqual([
      expect.objectContaining({ logGroupName: 'group', storedBytes: 3 }),
    ]);
    expect(log.logs.describeLogGroups().logGroups[0]).not.toHaveProperty('key');
    expect(log.messages()).toEqual(['new']);
    expect(log.logs.getLogEvents(STREAM).events).toHaveLength(1);
    expect(log.logs.filterLogEvents({ ...GROUP, logStreamNames: ['stream'] }).events).toHaveLength(1);

    expect(await allTurns(log)).toBeGreaterThan(5);
    expect(log.messages()).toEqual(['new']);
    expect(log.records()).toEqual([1, 1]);
  });

  test('a new group can be deleted, and made again', async () => {
    const log = await deletedGroup(await tables());
    for (let round = 0; round < 3; round++) {
      log.logs.createLogGroup(GROUP);
      writeNew(log);
      log.logs.deleteLogGroup(GROUP);
    }
    log.logs.createLogGroup(GROUP);
    writeNew(log);
    expect(log.messages()).toEqual(['new']);
    await allTurns(log);
    expect([log.messages(), log.records()]).toEqual([['new'], [1, 1]]);
  });

  test('the same is true of a stream', async () => {
    const log = logsIn(await tables());
    await allTurns(log);
    log.logs.createLogGroup(GROUP);
    log.fill(STREAM, 300);
    log.fill(OTHER, 1);
    log.logs.deleteLogStream(STREAM);
    await log.turn();
    expect(log.messages()).toEqual(['old 0']);
    expect(log.logs.describeLogStreams(GROUP).logStreams).toHaveLength(1);
    expect(() => log.logs.getLogEvents(STREAM)).toThrow('The specified log stream does not exist.');

    writeNew(log);
    expect(log.messages()).toEqual(['old 0', 'new']);
    expect(log.logs.getLogEvents(STREAM).events).toHaveLength(1);
    expect(await allTurns(log)).toBeGreaterThan(2);
    expect(log.messages()).toEqual(['old 0', 'new']);
    expect(log.records()).toEqual([2, 2]);
    log.logs.deleteLogStream(STREAM);
    await allTurns(log);
    expect([log.messages(), log.records()]).toEqual([['old 0'], [1, 1]]);
  });
});

describe('after the process was killed', () => {
  test('the lines of a deleted group do not come back, and are erased', async () => {
    const first = await deletedGroup((await open()).openTable);
    first.logs.createLogGroup(GROUP);
    writeNew(first);

    const log = logsIn((await openKilled()).openTable);
    expect(log.messages()).toEqual(['new']);
    expect(log.records()[0]).toBeGreaterThan(400);
    await allTurns(log);
    expect([log.messages(), log.records()]).toEqual([['new'], [1, 1]]);
  });

  test('a group whose deletion had only begun is deleted', async () => {
    const { openTable } = await open();
    const first = logsIn(openTable);
    await allTurns(first);
    first.logs.createLogGroup(GROUP);
    first.fill(STREAM, 10);
    openTable('logs.erasures', { durability: 'buffered' }).set('group', GROUP);

    const log = logsIn((await openKilled()).openTable);
    await allTurns(log);
    expect(log.logs.describeLogGroups().logGroups).toEqual([]);
    expect(log.records()).toEqual([0, 0]);
  });

  test('what was deleted before the account was closed is erased, too', async () => {
    const { openTable } = await open();
    const first = await deletedGroup(openTable);
    first.logs.close();
    await allTurns(first);
    expect(first.records()[0]).toBeGreaterThan(400);
    const log = logsIn(openTable);
    await allTurns(log);
    expect(log.records()).toEqual([0, 0]);
  });
});

test('when the disk is full for a moment, lines are erased with the next deletion', async () => {
  let full = false;
  const openTable: OpenTable = (name, options) => {
    const table = memoryTable(name, options);
    const deleteAll = table.deleteAll.bind(table);
    table.deleteAll = (keys) => {
      if (full) throw new StorageError('InsufficientStorage', 'The disk has no space left.');
      deleteAll(keys);
    };
    return table;
  };
  const log = await deletedGroup(openTable);
  full = true;
  await allTurns(log);
  expect(log.records()[0]).toBeGreaterThan(400);
  full = false;
  log.logs.createLogGroup(GROUP);
  log.logs.deleteLogGroup(GROUP);
  await allTurns(log);
  expect(log.records()).toEqual([0, 0]);
});

test('a group that could not be deleted, since the disk is full, is not deleted later', async () => {
  let full = true;
  const openTable: OpenTable = (name, options) => {
    const table = memoryTable(name, options);
    const remove = table.delete.bind(table);
    table.delete = (key) => {
      if (full && name === 'logs.groups') throw new StorageError('InsufficientStorage', 'No space left.');
      return remove(key);
    };
    return table;
  };
  const log = logsIn(openTable);
  log.logs.createLogGroup(GROUP);
  log.fill(STREAM, 1);
  expect(() => log.logs.deleteLogGroup(GROUP)).toThrow('No space left.');
  full = false;
  log.logs.createLogGroup({ logGroupName: 'other' });
  log.logs.deleteLogGroup({ logGroupName: 'other' });
  await allTurns(log);
  expect(log.messages()).toEqual(['old 0']);
});

test('few records are erased at once', async () => {
  const log = await deletedGroup(memoryTable);
  const [before = 0] = log.records();
  await log.turn();
  const [after = 0] = log.records();
  expect(before - after).toBeGreaterThan(0);
  expect(before - after).toBeLessThanOrEqual(50);
});
