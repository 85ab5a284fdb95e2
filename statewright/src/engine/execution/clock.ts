import type { Clock } from './services';
import { type Timer, Timers } from './timers';

// Read when the module loads, so that a test's fake timers do not stop them.
const { nextTick } = process;
const microtask = queueMicrotask;
const immediate = setImmediate;
const elapsed = performance.now.bind(performance);

/** The system time. However many timers it has, it needs one timer of Node.js. */
export class SystemClock implements Clock {
  /** The longest delay of a Node.js timer, in milliseconds. */
  static readonly #longestDelay = 2 ** 31 - 1;
  /** How long work may take without a pause, in milliseconds. */
  static readonly #longestTurn = 10;

  readonly #timers = new Timers();
  /** What the timer of Node.js waits for. */
  #awaited: Timer | undefined;
  #timeout: NodeJS.Timeout | undefined;

  /** When this turn of the event loop has worked long enough; undefined before it begins to work. */
  #endOfTurn: number | undefined;
  /** What waits for another turn, from `#next` on. */
  readonly #waiting: (() => void)[] = [];
  #next = 0;

  now(): number {
    return Date.now();
  }

  setTimer(milliseconds: number, callback: () => void): () => void {
    // Not by the time of day, which can be changed.
    const timer = this.#timers.set(performance.now() + Math.max(0, milliseconds), callback);
    this.#wait();
    return () => {
      this.#timers.cancel(timer);
      this.#wait();
    };
  }

  /** Waits for the first timer. */
  #wait(): void {
    const { first } = this.#timers;
    if (first === this.#awaited) return;
    clearTimeout(this.#timeout);
    this.#awaited = first;
    if (first === undefined) return;
    const delay = Math.min(Math.ceil(first.due - performance.now()), SystemClock.#longestDelay);
    this.#timeout = setTimeout(() => {
      this.#awaited = undefined;
      // A timer of Node.js counts whole milliseconds, so that it may be early by a part of one.
      this.#timers.run(performance.now() + 1);
      this.#wait();
    }, delay);
  }

  nextTurn(): Promise<void> | undefined {
    const now = elapsed();
    if (this.#endOfTurn === undefined) {
      this.#endOfTurn = now + SystemClock.#longestTurn;
      immediate(() => this.#beginTurn());
      return undefined;
    }
    if (now < this.#endOfTurn && this.#next === this.#waiting.length) return undefined;
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #beginTurn(): void {
    this.#waiting.splice(0, this.#next);
    this.#next = 0;
    if (this.#waiting.length === 0) {
      this.#endOfTurn = undefined;
      return;
    }
    this.#endOfTurn = elapsed() + SystemClock.#longestTurn;
    this.#continue();
  }

  /** Lets as many continue, one after the other, as this turn has time for. */
  #continue(): void {
    const next = this.#waiting[this.#next];
    if (next === undefined || elapsed() >= (this.#endOfTurn ?? 0)) {
      immediate(() => this.#beginTurn());
      return;
    }
    this.#next++;
    next();
    // After all that it does before it has to wait: a tick that a microtask schedules runs after the last microtask.
    microtask(() => nextTick(() => this.#continue()));
  }
}

/** Cheaper than `queueMicrotask`. */
const settled = Promise.resolve();
/** What the next call of `whenSettled` joins. */
let unsettled: (() => void)[] = [];

/**
 * Calls back when all work that only promises drive has ended: a tick that a microtask schedules runs after
 * the last microtask. A turn of the event loop would be much more expensive, and a retry chain takes one per pause.
 * Ten thousand clocks that wait at the same time share one tick.
 */
function whenSettled(callback: () => void): void {
  if (unsettled.push(callback) > 1) return;
  void settled.then(() => {
    const callbacks = unsettled;
    unsettled = [];
    nextTick(() => {
      for (const each of callbacks) each();
    });
  });
}

/**
 * A simulated time: it stands still while work is in progress (promises that settle by themselves, or `hold` for
 * external work) and jumps to the next due timer as soon as nothing else is left to do. Timers that are due
 * at the same instant run in the order in which they were set.
 */
export class VirtualClock implements Clock {
  #now: number;
  readonly #timers = new Timers();
  #held = 0;
  #jumping = false;

  /** @param start epoch milliseconds */
  constructor(start = Date.UTC(2024, 0, 1)) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  setTimer(milliseconds: number, callback: () => void): () => void {
    const timer = this.#timers.set(this.#now + Math.max(0, milliseconds), callback);
    this.#jumpSoon();
    return () => this.#timers.cancel(timer);
  }

  hold(): () => void {
    this.#held++;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#held--;
      this.#jumpSoon();
    };
  }

  #jumpSoon(): void {
    if (this.#jumping || this.#held > 0 || this.#timers.first === undefined) return;
    this.#jumping = true;
    whenSettled(() => {
      this.#jumping = false;
      if (this.#held === 0) this.#jump();
    });
  }

  #jump(): void {
    const { first } = this.#timers;
    if (first === undefined) return;
    this.#now = first.due;
    this.#timers.run(first.due);
    this.#jumpSoon();
  }
}
