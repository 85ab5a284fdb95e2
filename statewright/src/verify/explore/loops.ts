import type { ExploredRun } from './row';

/** An execution that repeats states. */
interface Loop {
  readonly run: ExploredRun;
  /** The positions of the calls that it repeats. */
  readonly positions: readonly string[];
}

/**
 * The executions that repeat states without an end. A loop has a way out when another result of a Task in it leads to an
 * end: then only the examples, which are always the same, make it endless.
 */
export class Loops {
  readonly #loops: Loop[] = [];
  /** What another result at a position led to: an end, or a loop. */
  readonly #results: { readonly position: string; readonly loop: Loop | undefined }[] = [];

  /** Adds an explored execution. @param positions those that it repeats; undefined for an execution that ends */
  add(run: ExploredRun, positions: readonly string[] | undefined): void {
    const loop = positions && { run, positions };
    if (loop) this.#loops.push(loop);
    const last = run.planned.at(-1);
    if (last?.outcome.kind === 'result') this.#results.push({ position: last.position, loop });
  }

  /** The executions in loops without a way out. */
  get endless(): ExploredRun[] {
    const left = new Set<Loop>();
    const exits = new Set<string>();
    for (let before = -1; left.size + exits.size > before; ) {
      before = left.size + exits.size;
      for (const { position, loop } of this.#results) if (!loop || left.has(loop)) exits.add(position);
      for (const loop of this.#loops) if (loop.positions.some((each) => exits.has(each))) left.add(loop);
    }
    return this.#loops.filter((loop) => !left.has(loop)).map(({ run }) => run);
  }
}
