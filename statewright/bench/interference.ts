/**
 * How long one client waits while another does something expensive: every few milliseconds a probe calls
 * DescribeExecution, and the time of its slowest calls is reported for each of the other client's loads. With an argument,
 * only for those whose name contains it. With `--persist`, the account is on disk.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startOurs } from './http-servers';
import { connect, createRole, type Server } from './interference-client';
import { loads } from './interference-loads';
import { pass } from './interference-machines';
import { printTable } from './table';

const PROBE_INTERVAL = 5;
/** The argument of the process that probes. */
const PROBE = '--probe';

/** The times of the probe's calls while the load runs, in milliseconds, the shortest first. */
async function probeDuring(
  server: Server,
  executionArn: string,
  run: () => Promise<unknown>,
): Promise<number[]> {
  // In a process of its own: what this client does, such as encoding a large body, would delay the probe, too.
  const probe = fork(__filename, [PROBE, server.url, executionArn]);
  await once(probe, 'message');
  await run();
  probe.send('stop');
  const [times] = (await once(probe, 'message')) as [number[]];
  probe.disconnect();
  return times.sort((a, b) => a - b);
}

/** Calls DescribeExecution until it is told to stop. */
async function probe(url: string, executionArn: string): Promise<void> {
  const { send } = connect(url);
  const describe = () => send('states', 'AWSStepFunctions.DescribeExecution', { executionArn });
  let done = false;
  process.once('message', () => {
    done = true;
  });
  await describe();
  process.send?.('ready');
  const times: number[] = [];
  do {
    const from = performance.now();
    await describe();
    times.push(performance.now() - from);
    await new Promise((resolve) => setTimeout(resolve, PROBE_INTERVAL));
  } while (!done);
  process.send?.(times);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { persist: { type: 'boolean', default: false } },
  });
  const [wanted = ''] = positionals;
  const folder = mkdtempSync(join(tmpdir(), 'bench-interference-'));
  const bucket = join(folder, 'bucket');
  mkdirSync(bucket);
  const account = values.persist ? ['--persist', join(folder, 'account')] : [];
  const local = await startOurs('--bucket', `bench=${bucket}`, ...account);
  try {
    const server = connect(local.url, bucket);
    await createRole(server.url);
    const { stateMachineArn } = await server.create('probe', pass());
    const started = await server.send('states', 'AWSStepFunctions.StartExecution', { stateMachineArn });
    const { executionArn } = started as { executionArn: string };
    const rows: string[][] = [];
    for (const load of loads.filter(({ name }) => name.includes(wanted))) {
      await load.prepare?.(server);
      const from = performance.now();
      const times = await probeDuring(server, executionArn, () => load.run(server));
      const seconds = (performance.now() - from) / 1000;
      const [p99 = 0, most = 0] = [times[Math.ceil(times.length * 0.99) - 1], times.at(-1)];
      rows.push([load.name, seconds.toFixed(1), String(times.length), p99.toFixed(0), most.toFixed(0)]);
    }
    printTable(['what another client does', 'seconds', 'probes', 'p99 ms', 'longest ms'], rows);
  } finally {
    await local.stop();
    rmSync(folder, { recursive: true });
  }
}

const [, , first, url = '', executionArn = ''] = process.argv;
void (first === PROBE ? probe(url, executionArn) : main());
