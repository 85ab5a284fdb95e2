/** Executions per second and memory per execution of all engines, at 1, 100 and 10,000 concurrent executions. */
import { ours, peer, type Run } from './engines';
import { type Scenario, scenarios } from './machines';
import { printTable } from './table';

/** Runs `total` executions, `concurrency` at a time. */
async function runAll(run: Run, total: number, concurrency: number): Promise<void> {
  let left = total;
  const lane = async () => {
    while (left-- > 0) await run();
  };
  await Promise.all(Array.from({ length: concurrency }, lane));
}

/** The time for V8 to compile hot code before the measurement, in milliseconds. */
const WARM_UP = 500;
/** The duration of a measurement in milliseconds, and the number of measurements of each engine. */
const TURN = 400;
const TURNS = 3;

/** The approximate duration of one execution of a warm engine, in milliseconds. */
async function warmUp(run: Run, concurrency: number): Promise<number> {
  const begin = performance.now();
  let warmed = 0;
  do {
    await runAll(run, concurrency, concurrency);
    warmed += concurrency;
  } while (performance.now() - begin < WARM_UP);
  return (performance.now() - begin) / warmed;
}

/** The best executions per second of each engine. The engines take turns, so that other load affects both. */
async function rates(runs: readonly Run[], concurrency: number): Promise<number[]> {
  const totals: number[] = [];
  for (const run of runs)
    totals.push(Math.max(concurrency, Math.ceil(TURN / (await warmUp(run, concurrency)))));
  const best = runs.map(() => 0);
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [i, run] of runs.entries()) {
      const total = totals[i] as number;
      const start = performance.now();
      await runAll(run, total, concurrency);
      best[i] = Math.max(best[i] as number, (total / (performance.now() - start)) * 1000);
    }
  }
  return best;
}

/** The memory of an ended execution's history in bytes, measured with 200,000 events in total. */
async function bytesPerExecution(run: Run): Promise<number> {
  const count = Math.max(50, Math.ceil(200_000 / (await run()).length));
  for (let i = 0; i < count; i++) await run();
  const kept: unknown[] = [];
  const before = await settledHeap();
  for (let i = 0; i < count; i++) kept.push(await run());
  return ((await settledHeap()) - before) / kept.length;
}

/** The heap without garbage, when nothing is pending. */
async function settledHeap(): Promise<number> {
  for (let i = 0; i < 3; i++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    globalThis.gc?.();
  }
  return process.memoryUsage().heapUsed;
}

/** Ten thousand histories of thousands of events do not fit into a normal heap: the Map runs with lower concurrency. */
const concurrencies = (scenario: Scenario) =>
  scenario.name.startsWith('Map') ? [1, 10, 100] : [1, 100, 10_000];

async function main(): Promise<void> {
  const rows: string[][] = [];
  for (const scenario of scenarios) {
    const [myBytes, theirBytes] = [
      await bytesPerExecution(ours.prepare(scenario)),
      await bytesPerExecution(peer.prepare(scenario)),
    ];
    for (const concurrency of concurrencies(scenario)) {
      const runs = [ours, peer].map((engine) => engine.prepare(scenario));
      const [mine = 0, theirs = 0] = await rates(runs, concurrency);
      rows.push([
        scenario.name,
        String(concurrency),
        mine.toFixed(0),
        theirs.toFixed(0),
        `${(mine / theirs).toFixed(1)}×`,
        (myBytes / 1024).toFixed(1),
        (theirBytes / 1024).toFixed(1),
      ]);
    }
  }
  printTable(
    ['machine', 'concurrent', `${ours.name}/s`, `${peer.name}/s`, 'ratio', 'KiB each', 'KiB each (peer)'],
    rows,
  );
}

void main();
