/** Runs executions of one state machine on one engine, for engine.ts: in the same process, one engine would slow the other. */
import { ours, peer } from './engines';
import { scenarios } from './machines';

/** What engine.ts asks for: a measurement of `total` executions, `concurrent` at a time, or of the memory of one. */
export type Request = { readonly total: number; readonly concurrent: number } | 'memory';

/** How long the executions took, in milliseconds, and the processor time of each in microseconds; or the memory in bytes. */
export type Reply = { readonly elapsed: number; readonly cpu: number } | { readonly bytes: number };

const [engineName, scenarioName] = process.argv.slice(2);
const engine = [ours, peer].find(({ name }) => name === engineName);
const scenario = scenarios.find(({ name }) => name === scenarioName);
if (!engine || !scenario) throw new Error('engine.ts starts this');
const run = engine.prepare(scenario);

async function runAll(total: number, concurrent: number): Promise<void> {
  let left = total;
  const lane = async () => {
    while (left-- > 0) await run();
  };
  await Promise.all(Array.from({ length: concurrent }, lane));
}

async function measure(total: number, concurrent: number): Promise<Reply> {
  const [start, before] = [performance.now(), process.cpuUsage()];
  await runAll(total, concurrent);
  const { user, system } = process.cpuUsage(before);
  return { elapsed: performance.now() - start, cpu: (user + system) / total };
}

/** The memory of an ended execution's history, measured with 200,000 events in total. */
async function memory(): Promise<Reply> {
  const events = await run();
  const last = events.at(-1) as { readonly type: string };
  if (last.type !== 'ExecutionSucceeded') throw new Error(`${engineName}, ${scenarioName}: ${last.type}`);
  const count = Math.max(50, Math.ceil(200_000 / events.length));
  for (let i = 0; i < count; i++) await run();
  const kept: unknown[] = [];
  const before = await settledHeap();
  for (let i = 0; i < count; i++) kept.push(await run());
  return { bytes: ((await settledHeap()) - before) / kept.length };
}

/** The heap without garbage, when nothing is pending. */
async function settledHeap(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

process.on('message', async (request: Request) => {
  process.send?.(request === 'memory' ? await memory() : await measure(request.total, request.concurrent));
});
