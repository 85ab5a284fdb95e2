import type { StateType } from '../../asl';
import type { HistoryEventType } from '../../history/events';
import type { Json } from '../data';
import type { MaybePromise } from '../maybe-promise';
import type { ExecutionContext } from './context';
import { ThreadStopped } from './errors';
import type { EventDetails } from './history-writer';
import { VariableScope } from './variables';

/** The item of a Map iteration: an item of an array, or a member of an object, which has a key. */
export interface MapItem {
  readonly Index: number;
  readonly Key?: string;
  readonly Value: Json;
  /** For an item of a distributed Map: `STATE_DATA`, or the address in S3 that it was read from. */
  readonly Source?: string;
}

/**
 * Where states run one after the other: the execution itself, one branch of a Parallel, or one iteration of a Map.
 * A stopped thread writes nothing more, and its waits never end.
 */
export class Thread {
  readonly execution: ExecutionContext;
  readonly parent: Thread | undefined;
  readonly variables: VariableScope;
  /** The item, where the thread is an iteration. */
  readonly item: MapItem | undefined;
  /** The id that this thread's next event points back to. */
  previousEventId: number;
  /** The state that it is in, or that it failed in. */
  state: { readonly name: string; readonly type: StateType } | undefined;
  /** Whether its last state has ended. */
  ended = false;
  /** Whether its current state has a Map Run in progress. */
  mapRun = false;
  /** The threads that its current state runs. */
  children: readonly Thread[] = [];
  #stopped: boolean;
  #busy = false;
  #cancel: (() => void) | undefined;
  #onWaiting: (() => void) | undefined;

  constructor(execution: ExecutionContext, previousEventId: number, parent?: Thread, item?: MapItem) {
    this.execution = execution;
    this.previousEventId = previousEventId;
    this.parent = parent;
    this.item = item;
    // A thread that starts after its parent was stopped writes nothing either.
    this.#stopped = parent ? parent.#stopped : false;
    this.variables = new VariableScope(parent?.variables);
  }

  /** The item of the iteration that it runs in, if any, also for a branch inside an iteration. */
  get enclosingItem(): MapItem | undefined {
    return this.item ?? this.parent?.enclosingItem;
  }

  /** Begins its work: the thread is busy until `rest`, except while it waits. */
  begin(): void {
    this.#setBusy(true);
  }

  /** Its work has ended. */
  rest(): void {
    this.#setBusy(false);
  }

  /** Writes the thread's next event, and returns its id. */
  write<T extends HistoryEventType>(type: T, details?: EventDetails<T>): number {
    this.previousEventId = this.writeAside(type, details);
    return this.previousEventId;
  }

  /** Writes an event that the next one does not point back to. */
  writeAside<T extends HistoryEventType>(type: T, details?: EventDetails<T>): number {
    if (this.#stopped) throw new ThreadStopped();
    return this.execution.history.write(type, this.previousEventId, details);
  }

  /**
   * Waits for something external. `begin` receives the function that ends the wait, and returns one that cancels it;
   * nothing ends the wait of a stopped thread.
   */
  wait<T>(begin: (settle: (value: T) => void) => () => void): Promise<T> {
    this.#setBusy(false);
    return new Promise((resolve) => {
      if (this.#stopped) return;
      let settled = false;
      this.#cancel = begin((value) => {
        if (this.#stopped || settled) return;
        settled = true;
        this.#cancel = undefined;
        this.#setBusy(true);
        resolve(value);
      });
    });
  }

  /** Waits for a time, in seconds. */
  sleep(seconds: number): Promise<void> {
    return this.wait((settle) => this.execution.services.clock.setTimer(seconds * 1000, () => settle()));
  }

  /** Lets every other thread continue until it has to wait. */
  pause(): MaybePromise<void> {
    this.#setBusy(false);
    const others = this.execution.turns.quiet();
    // Next to a thread of a Parallel or a Map, one may be about to continue.
    if (others === undefined && this.parent === undefined) return this.#setBusy(true);
    return Promise.resolve(others).then(() => this.#setBusy(true));
  }

  /** Waits for other threads of the execution. */
  async join<T>(others: Promise<T>): Promise<T> {
    this.#setBusy(false);
    const result = await others;
    this.#setBusy(true);
    return result;
  }

  /** Calls back once, when the thread starts to wait. */
  whenWaiting(callback: () => void): void {
    this.#onWaiting = callback;
  }

  stop(): void {
    this.#setBusy(false);
    this.#stopped = true;
    this.#cancel?.();
    for (const child of this.children) child.stop();
  }

  #setBusy(busy: boolean): void {
    if (this.#stopped || busy === this.#busy) return;
    this.#busy = busy;
    if (busy) {
      this.execution.turns.enter();
    } else {
      this.execution.turns.leave();
      this.#onWaiting?.();
      this.#onWaiting = undefined;
    }
  }
}
