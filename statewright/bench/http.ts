/**
 * Executions per second over HTTP: started, described until they have ended, and their history
 * read. The same client code calls the local AWS, a bare server, and peers, one after the other. On a shared machine the
 * CPU time of the server is the steadier figure.
 */
import { type Client, createClient, createRole } from './http-client';
import { floor, type LocalServer, moto, named, ours, type Peer } from './http-servers';
import { scenarios } from './machines';
import { useOf } from './process-use';
import { printTable } from './table';

const concurrencies = [1, 10, 100];
/** The limits of one measurement, whichever is reached first. */
const most = { executions: 2000, milliseconds: 10_000 };
/** The limits of what runs before each measurement: Node.js compiles what a server does often, and again where that changes. */
const warmUp = { executions: 2000, milliseconds: 5000 };
/** How many accounts are made for a measurement of a server that runs one execution in each. */
const ACCOUNTS = 150;

/** For a server that does not check roles. */
const UNCHECKED_ROLE = 'arn:aws:iam::000000000000:role/bench-states';

interface Measurement {
  readonly perSecond: number;
  /** The time from StartExecution until the history is complete, for each execution in order, in milliseconds. */
  readonly latencies: readonly number[];
  /** The number of executions that were rejected, lost or ended with an error. */
  readonly failed: number;
}

/** A state machine, in its own account if the server has several. */
interface Machine {
  readonly stateMachineArn: string;
  readonly account: string;
}

/** The names of executions. */
let names = 0;

/** One execution from its start to its whole history. @throws Error when any part is lost */
async function runOne(client: Client, machine: Machine, input: string, events: number): Promise<void> {
  const { stateMachineArn, account } = machine;
  const call = <T>(operation: string, members: object) => client.call<T>(operation, members, account);
  // moto names an execution None when the request has no name.
  const { executionArn } = await call<{ executionArn: string }>('StartExecution', {
    stateMachineArn,
    name: `run-${names++}`,
    input,
  });
  const deadline = performance.now() + 30_000;
  for (;;) {
    const { status } = await call<{ status: string }>('DescribeExecution', { executionArn });
    if (status === 'SUCCEEDED') break;
    if (status !== 'RUNNING') throw new Error(`${executionArn} ended ${status}`);
    if (performance.now() > deadline) throw new Error(`${executionArn} still runs after 30 s`);
  }
  const history = await call<{ events: unknown[] }>('GetExecutionHistory', { executionArn });
  if (history.events.length !== events) throw new Error(`${history.events.length} events, not ${events}`);
}

/** Runs executions, `concurrency` at a time, until a limit is reached. */
async function measure(
  run: (index: number) => Promise<void>,
  concurrency: number,
  limit: typeof most,
): Promise<Measurement> {
  const latencies: number[] = [];
  const start = performance.now();
  let started = 0;
  let failed = 0;
  const lane = async () => {
    while (started < limit.executions && performance.now() - start < limit.milliseconds) {
      const index = started++;
      const from = performance.now();
      const succeeded = await run(index).then(
        () => true,
        () => false,
      );
      if (succeeded) latencies.push(performance.now() - from);
      else failed++;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
  const elapsed = performance.now() - start;
  const perSecond = (latencies.length / elapsed) * 1000;
  return { perSecond, latencies: latencies.sort((a, b) => a - b), failed };
}

/** The table rows of one server. */
async function rowsOf({ name, accounts = false }: Peer, server: LocalServer): Promise<string[][]> {
  const client = createClient(server.url, Math.max(...concurrencies));
  try {
    const [{ definition, input }] = scenarios as [(typeof scenarios)[number]];
    const role = createRole(server.url, 'states');
    // A peer may have no IAM.
    const roleArn = name === named.name ? await role.catch(() => UNCHECKED_ROLE) : await role;
    const machines = stateMachines(client, definition, roleArn);
    // The start, the end, and Entered and Exited for each state.
    const events = 2 + 2 * Object.keys(definition.States).length;
    /** Runs executions, each in an account of its own if the server needs that. */
    const load = async (concurrency: number, limit: typeof most) => {
      const prepared = await machines(accounts ? ACCOUNTS : 1);
      const executions = accounts ? Math.min(ACCOUNTS, limit.executions) : limit.executions;
      const run = (index: number) =>
        runOne(client, prepared[index % prepared.length] as Machine, JSON.stringify(input), events);
      const cpu = useOf(server.pid).cpu;
      const measured = await measure(run, concurrency, { ...limit, executions });
      return { ...measured, cpu: useOf(server.pid).cpu - cpu };
    };
    await load(10, warmUp);

    const rows: string[][] = [];
    for (const concurrency of concurrencies) {
      await load(concurrency, warmUp);
      const { perSecond, latencies, failed, cpu } = await load(concurrency, most);
      const percentile = (share: number) => latencies[Math.ceil(latencies.length * share) - 1] ?? 0;
      rows.push([
        name,
        String(concurrency),
        String(latencies.length),
        String(failed),
        perSecond.toFixed(0),
        percentile(0.5).toFixed(1),
        percentile(0.99).toFixed(1),
        (cpu / latencies.length).toFixed(2),
        useOf(server.pid).memory.toFixed(0),
      ]);
    }
    return rows;
  } finally {
    client.close();
    await server.stop();
  }
}

/**
 * Creates state machines before the measurement. Each has its own account: in moto 5.2.1, the
 * second StartExecution in an account is an internal error.
 */
function stateMachines(client: Client, definition: object, roleArn: string) {
  let made = 0;
  return async (count: number): Promise<Machine[]> => {
    const machines: Machine[] = [];
    while (machines.length < count) {
      const account = String(100_000_000_000 + ++made);
      const request = {
        name: `bench-${process.pid}-${made}`,
        definition: JSON.stringify(definition),
        roleArn,
      };
      const { stateMachineArn } = await client.call<Machine>('CreateStateMachine', request, account);
      machines.push({ stateMachineArn, account });
    }
    return machines;
  };
}

/** Where the table has the CPU time of an execution. */
const CPU = 7;

async function main(): Promise<void> {
  const rows: string[][] = [];
  const skipped: string[] = [];
  for (const peer of [ours, floor, named, moto]) {
    const server = await peer.start().catch((error: Error) => error);
    if (server instanceof Error) skipped.push(`${peer.name} is skipped: ${server.message}.`);
    else rows.push(...(await rowsOf(peer, server)));
  }
  // How many times the CPU time of the bare server with as many connections.
  for (const row of rows) {
    const bare = rows.find(([name, connections]) => name === floor.name && connections === row[1]);
    const ratio = Number(row[CPU]) / Number(bare?.[CPU]);
    row.push(ratio > 0 ? `${ratio.toFixed(1)}×` : '');
  }
  const numbers = [
    'concurrent',
    'read back',
    'failed',
    'per second',
    'p50 ms',
    'p99 ms',
    'CPU ms each',
    'peak MB',
    'of the floor',
  ];
  printTable(['server (10 Pass states)', ...numbers], rows);
  for (const line of skipped) console.log(`${line}\n`);
}

void main();
