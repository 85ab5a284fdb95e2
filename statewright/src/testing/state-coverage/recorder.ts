import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryEvent } from '../../engine';
import { exercised, type StatesByName, statesByName } from './hits';
import { type CoverageItem, coverageItems } from './items';

/** The environment variable that names the folder in which every worker of a test run writes what it exercised. */
export const COVERAGE_FOLDER = 'STATE_MACHINE_COVERAGE';

/** One line of a worker's file: a state machine that was deployed, or what an execution of it exercised. */
export type CoverageLine =
  | { readonly id: string; readonly name: string; readonly items: readonly CoverageItem[] }
  | { readonly id: string; readonly hits: readonly string[] };

/** Writes down what the executions of one state machine exercise, where a coverage reporter asked for it. */
export class CoverageRecorder {
  /** The same for the same definition in every worker. */
  readonly #id: string;
  readonly #states: StatesByName;

  constructor(name: string, definition: unknown) {
    this.#id = createHash('sha256')
      .update(JSON.stringify([name, definition]))
      .digest('hex')
      .slice(0, 16);
    this.#states = statesByName(definition);
    write(() => ({ id: this.#id, name, items: coverageItems(definition) }));
  }

  /** @param histories of one execution and of the child executions of its distributed Maps */
  async record(histories: readonly (readonly HistoryEvent[])[]): Promise<void> {
    if (process.env[COVERAGE_FOLDER] === undefined) return;
    const hits = (await Promise.all(histories.map((events) => exercised(this.#states, events)))).flat();
    write(() => ({ id: this.#id, hits }));
  }
}

/** Each worker has a file of its own, and each line is written at once: no two writers meet, and nothing is lost. */
function write(line: () => CoverageLine): void {
  const folder = process.env[COVERAGE_FOLDER];
  if (folder === undefined) return;
  const file = `${process.pid}-${process.env.JEST_WORKER_ID ?? 0}.jsonl`;
  appendFileSync(join(folder, file), `${JSON.stringify(line())}\n`);
}
