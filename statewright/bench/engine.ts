/** Executions per second, processor time and memory per execution of all engines, at 1, 100 and 10,000 concurrent executions. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Reply, Request } from './engine-process';
import { type Engine, ours, peer } from './engines';
import { type Scenario, scenarios } from './machines';
import { printTable } from './table';

/** The time for V8 to compile hot code before the measurement, in milliseconds. */
const WARM_UP = 500;
/** The duration of a measurement in milliseconds, and the number of measurements of each engine. */
const TURN = 400;
const TURNS = 3;

/** An engine in its own process. */
class EngineProcess {
  readonly #process: ChildProcess;

  constructor(engine: Engine, scenario: Scenario) {
    this.#process = fork(join(__dirname, 'engine-process.ts'), [engine.name, scenario.name]);
    this.#process.once('exit', (code) => {
      if (code) process.exit(code);
    });
  }

  /** The approximate duration of one execution of a warm engine, in milliseconds. */
  async warmUp(concurrent: number): Promise<number> {
    let elapsed = 0;
    let warmed = 0;
    do {
      elapsed += (await this.measure(concurrent, concurrent)).elapsed;
      warmed += concurrent;
    } while (elapsed < WARM_UP);
    return elapsed / warmed;
  }

  measure(total: number, concurrent: number): Promise<Extract<Reply, { elapsed: number }>> {
    return this.#ask({ total, concurrent });
  }

  async bytesPerExecution(): Promise<number> {
    const { bytes } = await this.#ask<Extract<Reply, { bytes: number }>>('memory');
    return bytes;
  }

  stop(): void {
    this.#process.kill();
  }

  async #ask<R extends Reply>(request: Request): Promise<R> {
    this.#process.send(request);
    const [reply] = await once(this.#process, 'message');
    return reply;
  }
}

interface Measured {
  /** Executions per second. */
  readonly rate: number;
  /** Processor time of one in microseconds. */
  readonly cpu: number;
}

/** The best of each engine. The engines take turns, so that other load affects both. */
async function best(engines: readonly EngineProcess[], concurrent: number): Promise<Measured[]> {
  const totals: number[] = [];
  for (const engine of engines)
    totals.push(Math.max(concurrent, Math.ceil(TURN / (await engine.warmUp(concurrent)))));
  const found = engines.map(() => ({ rate: 0, cpu: Number.POSITIVE_INFINITY }));
  for (let turn = 0; turn < TURNS; turn++) {
    for (const [i, engine] of engines.entries()) {
      const total = totals[i] as number;
      const { elapsed, cpu } = await engine.measure(total, concurrent);
      const { rate, cpu: least } = found[i] as Measured;
      found[i] = { rate: Math.max(rate, (total / elapsed) * 1000), cpu: Math.min(least, cpu) };
    }
  }
  return found;
}

/** Ten thousand histories of thousands of events do not fit into a normal heap: the Map runs with lower concurrency. */
const concurrencies = (scenario: Scenario) =>
  scenario.name.startsWith('Map') ? [1, 10, 100] : [1, 100, 10_000];

const ratio = (more: number, less: number) => `${(more / less).toFixed(1)}×`;

async function main(): Promise<void> {
  const rows: string[][] = [];
  for (const scenario of scenarios) {
    const engines = [ours, peer].map((engine) => new EngineProcess(engine, scenario));
    const bytes: number[] = [];
    for (const engine of engines) bytes.push(await engine.bytesPerExecution());
    for (const concurrent of concurrencies(scenario)) {
      const [mine, theirs] = (await best(engines, concurrent)) as [Measured, Measured];
      rows.push([
        scenario.name,
        String(concurrent),
        mine.rate.toFixed(0),
        theirs.rate.toFixed(0),
        ratio(mine.rate, theirs.rate),
        mine.cpu.toFixed(1),
        theirs.cpu.toFixed(1),
        ratio(theirs.cpu, mine.cpu),
        ...bytes.map((each) => (each / 1024).toFixed(1)),
      ]);
    }
    for (const engine of engines) engine.stop();
  }
  printTable(
    [
      'machine',
      'concurrent',
      `${ours.name}/s`,
      `${peer.name}/s`,
      'ratio',
      'CPU µs each',
      'CPU µs each (peer)',
      'ratio',
      'KiB each',
      'KiB each (peer)',
    ],
    rows,
  );
}

void main();
