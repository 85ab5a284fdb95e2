/**
 * How cost grows with the number of finished executions: of one more execution, of memory and disk, of the start, and of what
 * reads them. `--executions 1000,1000000` sets the numbers (default: 1000,10000).
 *
 * Each number has a process of its own, and an account that is filled with copies of one execution: they are written as those
 * of the account are, but not run. An execution writes three lines to the log of its function.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { awsSource, createConsole } from '../src/console';
import { Account } from '../src/local-aws/account';
import { memoryTable } from '../src/local-aws/memory-table';
import { openStore } from '../src/local-aws/persistence/store';
import { ExecutionStore } from '../src/local-aws/step-functions/execution-store';
import type { OpenTable } from '../src/local-aws/table';
import { useOf } from './process-use';
import { printTable } from './table';

const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:state';
const GROUP = '/aws/lambda/Test';
const STREAMS = 10;
/** One execution in a hundred fails. */
const FAILS = 100;
/** How many executions are run at each size. */
const RUN = 500;
/** The time between the starts of two executions, in milliseconds. */
const INTERVAL = 50;
const FIRST = Date.UTC(2026, 0, 1);

const policy = (statement: object) => JSON.stringify({ Version: '2012-10-17', Statement: [statement] });

const definition = {
  StartAt: 'Test',
  States: {
    Test: { Type: 'Task', Resource: 'arn:aws:lambda:us-east-1:000000000000:function:Test', Next: 'Success' },
    Success: { Type: 'Pass', Result: 'success', End: true },
  },
};

/** What the account of one process measures: names of rows with numbers. */
type Figures = Record<string, number>;

const cpu = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

function memory(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const executionArn = (i: number) => `${MACHINE.replace('stateMachine', 'execution')}:${nameOf(i)}`;
const nameOf = (i: number) => `00000000-0000-4000-8000-${String(i).padStart(12, '0')}`;

function openAccount(openTable: OpenTable): Account {
  const invoke = async () => ({
    StatusCode: 200,
    ExecutedVersion: '$LATEST',
    Payload: Buffer.from('{"ok":true}'),
  });
  return new Account({ openTable, lambdaInvoker: () => ({ invoke }), warn: () => {} });
}

function deploy({ iam, states, logs }: Account): void {
  const trusted = {
    Effect: 'Allow',
    Principal: { Service: 'states.amazonaws.com' },
    Action: 'sts:AssumeRole',
  };
  const { Role } = iam.createRole({ RoleName: 'role', AssumeRolePolicyDocument: policy(trusted) });
  const allowed = { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: '*' };
  iam.putRolePolicy({ RoleName: 'role', PolicyName: 'p', PolicyDocument: policy(allowed) });
  states.createStateMachine({
    name: 'state',
    definition: JSON.stringify(definition),
    roleArn: Role.Arn,
  });
  logs.createLogGroup({ logGroupName: GROUP });
  for (let i = 0; i < STREAMS; i++) logs.createLogStream({ logGroupName: GROUP, logStreamName: `s${i}` });
}

async function runOne(account: Account): Promise<string> {
  const { executionArn } = account.states.startExecution({ stateMachineArn: MACHINE, input: '{"order":7}' });
  await account.states.executionEnded(executionArn);
  return executionArn;
}

/** How many are written together: each in a transaction of its own would take much longer. */
const BATCH = 500;

/** Calls `add` for each execution. */
async function fill(openTable: OpenTable, count: number, add: (i: number) => void): Promise<void> {
  const any = openTable('bench', { values: 'disk', durability: 'buffered' });
  for (let first = 0; first < count; first += BATCH) {
    any.together(() => {
      for (let i = first; i < Math.min(count, first + BATCH); i++) add(i);
    });
    await new Promise(setImmediate);
  }
}

/** Copies the account's only execution. */
async function fillExecutions({ states }: Account, openTable: OpenTable, count: number): Promise<void> {
  const [pattern] = states.listExecutions({ stateMachineArn: MACHINE }).executions;
  const { executionArn: patternArn = '' } = pattern ?? {};
  const store = new ExecutionStore(openTable, Date.now());
  const { revision, stateMachineArn } = store.get(patternArn);
  const { input, output = '', invocations = [] } = store.details(patternArn);
  const { events } = states.getExecutionHistory({ executionArn: patternArn });
  await fill(openTable, count, (i) => {
    const name = nameOf(i);
    const startDate = FIRST + i * INTERVAL;
    const record = {
      executionArn: executionArn(i),
      stateMachineArn,
      name,
      status: 'RUNNING',
      startDate,
      revision,
    } as const;
    store.add(record, { input });
    const copied = events.map((event) => ({ ...event, timestamp: startDate + event.id }));
    const failed = i % FAILS === FAILS - 1;
    store.end(
      { stopDate: startDate + events.length, ...record, status: failed ? 'FAILED' : 'SUCCEEDED' },
      {
        invocations,
        input,
        ...(failed ? { error: 'E' } : { output }),
        history: { pieces: [], events: copied },
      },
    );
  });
}

/** The lines that a function writes for each execution. */
async function fillLogs({ logs }: Account, openTable: OpenTable, count: number): Promise<void> {
  const start = Date.now() - 3_600_000;
  await fill(openTable, count, (i) => {
    const report = '\tDuration: 1.00 ms\tBilled Duration: 1 ms\tMemory Size: 128 MB';
    const logEvents = ['START', 'END', 'REPORT'].map((word) => ({
      timestamp: start + i,
      message: `${word} RequestId: ${nameOf(i)}${word === 'REPORT' ? report : ''}\n`,
    }));
    logs.putLogEvents({ logGroupName: GROUP, logStreamName: `s${i % STREAMS}`, logEvents });
  });
}

/** The CPU time of one call, in milliseconds: the median of several. */
async function timeOf(call: (round: number) => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < 15; round++) {
    const start = cpu();
    await call(round);
    times.push(cpu() - start);
  }
  return times.sort((a, b) => a - b)[7] ?? Number.NaN;
}

async function readFigures(account: Account, count: number): Promise<Figures> {
  const { states, logs } = account;
  const list = (more: object = {}) => states.listExecutions({ stateMachineArn: MACHINE, ...more });
  const tokenAfter = (pages: number, more: object = {}) => {
    let nextToken: string | undefined;
    for (let i = 0; i < pages; i++) {
      nextToken = list({ ...more, maxResults: 1000, ...(nextToken && { nextToken }) }).nextToken ?? nextToken;
    }
    return nextToken ? { nextToken } : {};
  };
  const middle = tokenAfter(Math.floor(count / 2000));
  const last = tokenAfter(Math.ceil(count / 1000));
  const failed = { statusFilter: 'FAILED' } as const;
  const old = (round: number) => ({ executionArn: executionArn(round * 3) });
  const [firstLine] = logs.filterLogEvents({ logGroupName: GROUP, limit: 1 }).events;
  const app = createConsole(awsSource(account));
  const page = (query: string) => async () => {
    const response = await app.request(`http://localhost/console/state-machines/state${query}`);
    if (response.status !== 200) throw new Error(await response.text());
    await response.text();
  };
  return {
    'ListExecutions, first page': await timeOf(() => list()),
    'ListExecutions, a page in the middle': await timeOf(() => list(middle)),
    'ListExecutions, the last page': await timeOf(() => list(last)),
    'ListExecutions, FAILED': await timeOf(() => list(failed)),
    'ListExecutions, RUNNING (none)': await timeOf(() => list({ statusFilter: 'RUNNING' })),
    'DescribeExecution of an old one': await timeOf((i) => states.describeExecution(old(i))),
    'GetExecutionHistory of an old one': await timeOf((i) => states.getExecutionHistory(old(i))),
    'FilterLogEvents in the time of one': await timeOf((i) => {
      const time = (firstLine?.timestamp ?? 0) + Math.floor(count / 2) + i;
      return logs.filterLogEvents({ logGroupName: GROUP, startTime: time, endTime: time });
    }),
    'FilterLogEvents, first page': await timeOf(() =>
      logs.filterLogEvents({ logGroupName: GROUP, limit: 100 }),
    ),
    'console: state machine': await timeOf(page('')),
    'console: its last page': await timeOf(page('?page=999999')),
    'console: a search': await timeOf(page('?find=nowhere')),
  };
}

async function measure(count: number, folder: string | undefined): Promise<Figures> {
  const store = folder === undefined ? undefined : await openStore(folder);
  const openTable = store?.openTable ?? sharedTables();
  const account = openAccount(openTable);
  deploy(account);
  await runOne(account);
  const before = memory();
  await fillExecutions(account, openTable, count);
  const executions = memory();
  await fillLogs(account, openTable, count);
  const lines = memory();
  const start = cpu();
  for (let i = 0; i < RUN; i++) await runOne(account);
  const figures = {
    'run one more: CPU ms': (cpu() - start) / RUN,
    'memory each, bytes': Math.max(0, executions - before) / count,
    'memory of its three log lines, bytes': Math.max(0, lines - executions) / count,
    'memory of the process, MB': process.memoryUsage().rss / 1e6,
  };
  if (folder === undefined) return { ...figures, ...(await readFigures(account, count)) };
  await account.close();
  store?.close();
  const bytes = readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  return { ...figures, 'disk each, bytes': bytes / count };
}

/** Tables in memory that can be opened twice. */
function sharedTables(): OpenTable {
  const tables = new Map<string, unknown>();
  return <T>(...[name, options]: Parameters<typeof memoryTable<T>>) => {
    const table = tables.get(name) ?? memoryTable<T>(name, options);
    tables.set(name, table);
    return table as ReturnType<typeof memoryTable<T>>;
  };
}

/** What it costs to open an account on disk, and to read it. */
async function reopen(count: number, folder: string): Promise<Figures> {
  const before = memory();
  const start = cpu();
  const store = await openStore(folder);
  const account = openAccount(store.openTable);
  const opened = cpu() - start;
  const kept = memory() - before;
  const figures = {
    'open the account: CPU ms': opened,
    'memory of an opened account, MB': kept / 1e6,
    ...(await readFigures(account, count)),
  };
  await account.close();
  store.close();
  return figures;
}

/** The CPU time, in milliseconds, until `local --persist` says that it listens: the least of three. */
async function startTime(folder: string): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < 3; i++) {
    const source = ['--conditions=statewright-source', '--require', join(__dirname, '../source.cjs')];
    const args = [
      ...source,
      join(__dirname, '../src/cli/main.ts'),
      'local',
      '--port',
      '0',
      '--persist',
      folder,
    ];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    times.push(useOf(child.pid ?? 0).cpu);
    child.stdout.resume();
    child.kill('SIGTERM');
    await once(child, 'exit');
  }
  return Math.min(...times);
}

/** Runs this file in a process of its own. */
const inProcess = (...args: string[]): Figures => {
  const node = [...process.execArgv, '--expose-gc', __filename, ...args];
  const options = { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' } as const;
  return JSON.parse(execFileSync(process.execPath, node, options).trim().split('\n').at(-1) ?? '');
};

/** A row for each figure, with its ratio to that of the smallest account. */
function print(title: string, counts: readonly number[], columns: readonly Figures[]): void {
  const show = (value: number) => (value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2));
  printTable(
    [title, ...counts.map((count) => count.toLocaleString('en-US')), 'growth'],
    Object.keys(columns[0] ?? {}).map((name) => {
      const values = columns.map((figures) => figures[name] ?? Number.NaN);
      return [name, ...values.map(show), `${((values.at(-1) ?? 0) / (values[0] ?? 1)).toFixed(1)}×`];
    }),
  );
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { executions: { type: 'string', default: '1000,10000' } },
  });
  const [work, count, folder] = positionals;
  if (work !== undefined) {
    const figures = work === 'measure' ? measure(Number(count), folder) : reopen(Number(count), folder ?? '');
    console.log(JSON.stringify(await figures));
    return;
  }
  const counts = values.executions.split(',').map(Number);
  const onDisk: Figures[] = [];
  const inMemory: Figures[] = [];
  for (const each of counts) {
    const place = mkdtempSync(join(tmpdir(), 'bench-scale-'));
    try {
      const written = inProcess('measure', String(each), place);
      const read = inProcess('reopen', String(each), place);
      onDisk.push({ ...written, 'start of the server: CPU ms': await startTime(place), ...read });
    } finally {
      rmSync(place, { recursive: true });
    }
    inMemory.push(inProcess('measure', String(each)));
  }
  print('finished executions on disk', counts, onDisk);
  print('finished executions in memory', counts, inMemory);
}

void main();
