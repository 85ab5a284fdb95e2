import type { Json, Payload } from '../../data';
import type { ExecutionOutcome } from '../../execution/execution';
import type { Failure } from '../../execution/failure';
import type { MapRunLimits } from '../../execution/map-runs';
import { ExecutionRun } from '../../execution/run';
import type { Clock } from '../../execution/services';
import { isPromise, type MaybePromise } from '../../maybe-promise';
import { distributedConcurrency, isTolerated, THRESHOLD_EXCEEDED } from './numbers';
import type { ChildExecution, Results, UnstartedExecution } from './results';

/** The result of a Map Run: what its executions returned, or too many failures. */
export type MapRunResult = { readonly output: Payload } | { readonly failure: Failure };

/** The inputs of the executions: a list, or values that are read while the executions run. */
export type Inputs = readonly Json[] | AsyncIterable<Json>;

/** Starts and stops executions, and describes those that are not started. */
export interface Starter {
  readonly clock: Clock;
  /** Starts or redrives an execution. One that has ended for good in an earlier attempt is returned as it is. */
  start(input: Json, index: number): ExecutionRun | ChildExecution;
  stop(child: ExecutionRun): void;
  describe(input: Json): UnstartedExecution;
}

type InputIterator = Iterator<Json> | AsyncIterator<Json>;

/** Runs an execution for each input. No input is read before there is space for its execution. */
export class ChildExecutions {
  readonly #inputs: InputIterator;
  readonly #results: Results;
  readonly #starter: Starter;
  #limits: MapRunLimits;
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

  constructor(inputs: Inputs, results: Results, limits: MapRunLimits, starter: Starter) {
    const isList = Array.isArray(inputs);
    this.#inputs = isList ? inputs.values() : (inputs as AsyncIterable<Json>)[Symbol.asyncIterator]();
    this.#total = isList ? inputs.length : undefined;
    this.#results = results;
    this.#limits = limits;
    this.#starter = starter;
  }

  /** New limits are for the executions that have not started, and for all failures. */
  set limits(limits: MapRunLimits) {
    this.#limits = limits;
    this.#onEnd?.();
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
    void this.#stopRunning();
    // A reader that waits for its source ends when that answers.
    Promise.resolve(this.#inputs.return?.()).catch(() => {});
    this.#onEnd?.();
  }

  /** There may be 10,000. */
  async #stopRunning(): Promise<void> {
    for (const child of [...this.#running.keys()]) {
      const pause = this.#starter.clock.nextTurn?.();
      if (pause) await pause;
      this.#starter.stop(child);
    }
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
      while (this.#taken >= distributedConcurrency(this.#limits) && !this.#over) await this.#nextEnd();
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
    const child = this.#starter.start(input, index);
    if (child instanceof ExecutionRun) this.#running.set(child, index);
    const outcome = await child.outcome;
    const pause = this.#starter.clock.nextTurn?.();
    if (pause) await pause;
    if (this.#over) return;
    if (outcome.status !== 'SUCCEEDED') this.#failed++;
    if (child instanceof ExecutionRun) this.#running.delete(child);
    this.#ending++;
    const added = this.#add(child, outcome, index);
    if (added) await added;
    this.#ending--;
    this.#onEnd?.();
  }

  /** How many executions take the place of another one. */
  get #taken(): number {
    return this.#running.size + this.#ending;
  }

  #add(child: ExecutionRun | ChildExecution, outcome: ExecutionOutcome, index: number): MaybePromise<void> {
    if (!(child instanceof ExecutionRun)) return this.#results.add(child, index);
    const { request, name, startTime, redrive } = child.context;
    const stopTime = this.#starter.clock.now();
    const redriveCount = redrive?.count ?? 0;
    return this.#results.add({ request, name, startTime, stopTime, outcome, redriveCount }, index);
  }

  /** While the number of inputs is not known, no share of them has failed. */
  get #isExceeded(): boolean {
    const total = this.#total ?? Number.POSITIVE_INFINITY;
    return this.#failed > 0 && !isTolerated(this.#limits, this.#failed, total);
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
      this.#starter.stop(child);
      await this.#add(child, await child.outcome, index);
    }
    while (this.#ending > 0) await this.#nextEnd();
    for (const input of this.#unstarted) await this.#addUnstarted(input);
    for (;;) {
      const pause = this.#starter.clock.nextTurn?.();
      if (pause) await pause;
      const { value, done } = await this.#inputs.next();
      if (done) break;
      await this.#addUnstarted(value);
    }
    await this.#results.finish();
  }

  async #addUnstarted(input: Json): Promise<void> {
    await this.#results.addUnstarted(this.#starter.describe(input));
  }
}
