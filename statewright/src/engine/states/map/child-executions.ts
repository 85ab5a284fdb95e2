import { type Json, Payload } from '../../data';
import type { Failure } from '../../execution/failure';
import type { ExecutionRun } from '../../execution/run';
import type { Clock } from '../../execution/services';
import { isPromise, type MaybePromise } from '../../maybe-promise';
import { THRESHOLD_EXCEEDED, type Tolerance } from './numbers';
import type { Results, UnstartedExecution } from './results';

/** The result of a Map Run: what its executions returned, or too many failures. */
export type MapRunResult = { readonly output: Payload } | { readonly failure: Failure };

/** The inputs of the executions: a list, or values that are read while the executions run. */
export type Inputs = readonly Json[] | AsyncIterable<Json>;

export interface Limits {
  /** How many executions run at the same time. */
  readonly concurrency: number;
  readonly exceeded: Tolerance;
}

/** Starts an execution with this input, and describes one that is not started. */
export interface Starter {
  readonly clock: Clock;
  start(input: string): ExecutionRun;
  describe(input: string): UnstartedExecution;
}

type InputIterator = Iterator<Json> | AsyncIterator<Json>;

/** Runs an execution for each input. No input is read before there is space for its execution. */
export class ChildExecutions {
  readonly #inputs: InputIterator;
  readonly #results: Results;
  readonly #limits: Limits;
  readonly #starter: Starter;
  /** The running executions, with the indexes of their inputs. */
  readonly #running = new Map<ExecutionRun, number>();
  /** How many executions have ended, but their results are not written yet. */
  #ending = 0;
  #started = 0;
  #failed = 0;
  /** How many inputs there are, once it is known. */
  #total: number | undefined;
  #over = false;
  /** An input that was read, but too late to be started. */
  #unstarted: Json[] = [];
  #onEnd: (() => void) | undefined;
  #reject: (error: unknown) => void = () => {};

  constructor(inputs: Inputs, results: Results, limits: Limits, starter: Starter) {
    const isList = Array.isArray(inputs);
    this.#inputs = isList ? inputs.values() : (inputs as AsyncIterable<Json>)[Symbol.asyncIterator]();
    this.#total = isList ? inputs.length : undefined;
    this.#results = results;
    this.#limits = limits;
    this.#starter = starter;
  }

  /**
   * Resolves when all executions have ended, or too many have failed.
   * @throws what reading an input or adding a result throws
   */
  async run(): Promise<MapRunResult> {
    const failed = new Promise<never>((_, reject) => {
      this.#reject = reject;
    });
    try {
      return await Promise.race([this.#runAll(), failed]);
    } finally {
      this.stop();
    }
  }

  /** Stops the running executions, and starts no more. */
  stop(): void {
    this.#over = true;
    for (const child of this.#running.keys()) child.stop();
    // A reader that waits for its source ends when that answers.
    Promise.resolve(this.#inputs.return?.()).catch(() => {});
    this.#onEnd?.();
  }

  async #runAll(): Promise<MapRunResult> {
    await this.#startAll();
    while (this.#taken > 0 && !this.#isExceeded) await this.#nextEnd();
    if (!this.#isExceeded) return { output: await this.#results.finish() };
    if (this.#results.describesFailure) await this.#describeRest();
    return { failure: THRESHOLD_EXCEEDED };
  }

  async #startAll(): Promise<void> {
    const { clock } = this.#starter;
    for (;;) {
      while (this.#taken >= this.#limits.concurrency && !this.#over) await this.#nextEnd();
      const pause = clock.nextTurn?.();
      if (pause) await pause;
      if (this.#over || this.#isExceeded) return;
      const next: MaybePromise<IteratorResult<Json>> = this.#inputs.next();
      const { value, done } = isPromise(next) ? await next : next;
      if (done) {
        this.#total = this.#started;
        return;
      }
      if (this.#over || this.#isExceeded) {
        this.#unstarted.push(value);
        return;
      }
      this.#runOne(value, this.#started++).catch(this.#reject);
    }
  }

  async #runOne(input: Json, index: number): Promise<void> {
    const child = this.#starter.start(Payload.ofValue(input).text);
    this.#running.set(child, index);
    const { status } = await child.outcome;
    if (this.#over) return;
    if (status !== 'SUCCEEDED') this.#failed++;
    this.#running.delete(child);
    this.#ending++;
    await this.#add(child, index);
    this.#ending--;
    this.#onEnd?.();
  }

  /** How many executions take the place of another one. */
  get #taken(): number {
    return this.#running.size + this.#ending;
  }

  async #add(child: ExecutionRun, index: number): Promise<void> {
    const { request, name, startTime } = child.context;
    const outcome = await child.outcome;
    const stopTime = this.#starter.clock.now();
    await this.#results.add({ request, name, startTime, stopTime, outcome }, index);
  }

  /** While the number of inputs is not known, no share of them has failed. */
  get #isExceeded(): boolean {
    return this.#failed > 0 && this.#limits.exceeded(this.#failed, this.#total ?? Number.POSITIVE_INFINITY);
  }

  #nextEnd(): Promise<void> {
    return new Promise((resolve) => {
      this.#onEnd = resolve;
    });
  }

  /** Aborts what runs, and adds it and all that is left to the results. */
  async #describeRest(): Promise<void> {
    this.#over = true;
    for (const [child, index] of this.#running) {
      child.stop();
      await this.#add(child, index);
    }
    while (this.#ending > 0) await this.#nextEnd();
    for (const input of this.#unstarted) await this.#addUnstarted(input);
    for (;;) {
      const { value, done } = await this.#inputs.next();
      if (done) break;
      await this.#addUnstarted(value);
    }
    await this.#results.finish();
  }

  async #addUnstarted(input: Json): Promise<void> {
    await this.#results.addUnstarted(this.#starter.describe(Payload.ofValue(input).text));
  }
}
