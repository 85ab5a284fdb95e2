import { createHash } from 'node:crypto';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HistoryEvent } from '../../engine';
import { exercised, type StatesByName, statesByName } from './hits';
import { type CoverageItem, coverageItems } from './items';

/** The environment variable with the folder to which the workers of a test run write what they exercised. */
export const COVERAGE_FOLDER = 'STATE_MACHINE_COVERAGE';

/** One line of a worker's file: a state machine that was deployed, or what an execution of it exercised. */
export type CoverageLine =
  | { readonly id: string; readonly name: string; readonly items: readonly CoverageItem[] }
  | { readonly id: string; readonly hits: readonly string[] };

/** Records what the executions of a state machine exercise, if a coverage reporter is in use. */
export class CoverageRecorder {
  /** An id that is the same for the same definition in every worker. */
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

  /** @param histories the histories of an execution and of the child executions of its distributed Maps */
  async record(histories: readonly (readonly HistoryEvent[])[]): Promise<void> {
    if (process.env[COVERAGE_FOLDER] === undefined) return;
    const hits = (await Promise.all(histories.map((events) => exercised(this.#states, events)))).flat();
    write(() => ({ id: this.#id, hits }));
  }
}

/** Each worker has its own file, and writes each line at once: writers do not conflict, and nothing is lost. */
function write(line: () => CoverageLine): void {
  const folder = process.env[COVERAGE_FOLDER];
  if (folder === undefined) return;
  const file = `${process.pid}-${process.env.JEST_WORKER_ID ?? 0}.jsonl`;
  appendFileSync(join(folder, file), `${JSON.stringify(line())}\n`);
}
