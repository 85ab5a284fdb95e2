/**
 * Executions per second as a client sees them: started over HTTP, described until they have ended, and their history
 * read. The same client code drives the local AWS and moto's server, one after the other.
 */
import { authorization, type Client, createClient } from './http-client';
import { moto, ours, type Peer } from './http-servers';
import { scenarios } from './machines';
import { printTable } from './table';

const concurrencies = [1, 10, 100];
/** What one measurement is bounded by, whichever comes first. */
const most = { executions: 500, milliseconds: 10_000 };

interface Measurement {
  readonly perSecond: number;
  /** Milliseconds from StartExecution's request until the history was there, of each execution in order. */
  readonly latencies: readonly number[];
  /** Executions that were refused, lost or answered with an error. */
  readonly failed: number;
}

/** A state machine to be run once, in an account of its own where the server has several. */
interface Machine {
  readonly stateMachineArn: string;
  readonly account: string;
}

/** One execution from start to its whole history. @throws Error when anything of it is lost */
async function runOne(client: Client, machine: Machine, input: string, events: number): Promise<void> {
  const { stateMachineArn, account } = machine;
  const call = <T>(operation: string, members: object) => client.call<T>(operation, members, account);
  // moto calls an execution None that is given no name.
  const { executionArn } = await call<{ executionArn: string }>('StartExecution', {
    stateMachineArn,
    name: 'run',
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

/** Runs executions, so many at a time. */
async function measure(run: (index: number) => Promise<void>, concurrency: number): Promise<Measurement> {
  const latencies: number[] = [];
  const start = performance.now();
  let started = 0;
  let failed = 0;
  const lane = async () => {
    while (started < most.executions && performance.now() - start < most.milliseconds) {
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

/** Rows of the table for one server; one that cannot be had has a row that says why. */
async function rowsOf(peer: Peer): Promise<string[][]> {
  const server = await peer.start().catch((error: Error) => error);
  if (server instanceof Error) return [[peer.name, `skipped: ${server.message}`, '', '', '', '', '']];
  const client = createClient(server.url, Math.max(...concurrencies));
  try {
    const [{ definition, input }] = scenarios as [(typeof scenarios)[number]];
    const machines = stateMachines(client, definition, await createRole(server.url));
    // Entered and exited, each state, between the start and the end.
    const events = 2 + 2 * Object.keys(definition.States).length;
    const run = (machine: Machine) => runOne(client, machine, JSON.stringify(input), events);
    for (const machine of await machines(50)) await run(machine);

    const rows: string[][] = [];
    for (const concurrency of concurrencies) {
      const prepared = await machines(most.executions);
      const { perSecond, latencies, failed } = await measure(
        (index) => run(prepared[index] as Machine),
        concurrency,
      );
      const percentile = (share: number) => latencies[Math.ceil(latencies.length * share) - 1] ?? 0;
      rows.push([
        peer.name,
        String(concurrency),
        String(latencies.length),
        String(failed),
        perSecond.toFixed(0),
        percentile(0.5).toFixed(1),
        percentile(0.99).toFixed(1),
      ]);
    }
    return rows;
  } finally {
    client.close();
    await server.stop();
  }
}

/**
 * Makes so many new state machines, before the clock runs. Each has an account of its own, as moto 5.2.1 needs it: the
 * second StartExecution in an account is an internal error there.
 */
function stateMachines(client: Client, definition: object, roleArn: string) {
  let made = 0;
  return async (count: number): Promise<Machine[]> => {
    const machines: Machine[] = [];
    while (machines.length < count) {
      const account = String(100_000_000_000 + ++made);
      const request = { name: `bench-${made}`, definition: JSON.stringify(definition), roleArn };
      const { stateMachineArn } = await client.call<Machine>('CreateStateMachine', request, account);
      machines.push({ stateMachineArn, account });
    }
    return machines;
  };
}

/** A role that Step Functions may take on: the local AWS asks for it. */
async function createRole(url: string): Promise<string> {
  const trust = { Effect: 'Allow', Principal: { Service: 'states.amazonaws.com' }, Action: 'sts:AssumeRole' };
  const body = new URLSearchParams({
    Action: 'CreateRole',
    Version: '2010-05-08',
    RoleName: 'bench',
    AssumeRolePolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [trust] }),
  });
  const response = await fetch(url, {
    method: 'POST',
    headers: { authorization: authorization('iam') },
    body,
  });
  const answer = await response.text();
  const arn = /<Arn>(.+?)<\/Arn>/.exec(answer)?.[1];
  if (arn === undefined) throw new Error(`CreateRole: ${answer}`);
  return arn;
}

async function main(): Promise<void> {
  const rows = [...(await rowsOf(ours)), ...(await rowsOf(moto))];
  const numbers = ['concurrent', 'read back', 'failed', 'per second', 'p50 ms', 'p99 ms'];
  printTable(['server (10 Pass states)', ...numbers], rows);
}

void main();
