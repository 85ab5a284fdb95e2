import type { Clock } from './services';

// Read when the module loads, so that a test's fake timers do not stop them.
const { nextTick } = process;
const microtask = queueMicrotask;
const immediate = setImmediate;
const elapsed = performance.now.bind(performance);

/** The system time. */
export class SystemClock implements Clock {
  /** The longest delay of a Node.js timer, in milliseconds. */
  static readonly #longestDelay = 2 ** 31 - 1;
  /** How long work may take without a pause, in milliseconds. */
  static readonly #longestTurn = 10;

  /** When this turn of the event loop has worked long enough; undefined before it begins to work. */
  #endOfTurn: number | undefined;
  /** What waits for another turn, from `#next` on. */
  readonly #waiting: (() => void)[] = [];
  #next = 0;

  now(): number {
    return Date.now();
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
    // After what that one does before it has to wait.
    microtask(() => this.#continue());
  }

  setTimer(milliseconds: number, callback: () => void): () => void {
    let timer: NodeJS.Timeout;
    const start = (left: number): void => {
      const delay = Math.min(left, SystemClock.#longestDelay);
      timer = setTimeout(() => (left > delay ? start(left - delay) : callback()), delay);
    };
    start(Math.max(0, milliseconds));
    return () => clearTimeout(timer);
  }
}

/**
 * Calls back when all work that only promises drive has ended: a tick that a microtask schedules runs after
 * the last microtask. A turn of the event loop would be much more expensive, and a retry chain takes one per pause.
 */
function whenSettled(callback: () => void): void {
  microtask(() => nextTick(callback));
}

interface Timer {
  readonly callback: () => void;
}

/**
 * A simulated time: it stands still while work is in progress (promises that settle by themselves, or `hold` for
 * external work) and jumps to the next due timer as soon as nothing else is left to do. Timers that are due
 * at the same instant run in the order in which they were set.
 */
export class VirtualClock implements Clock {
  #now: number;
  /** The instants at which timers are due, in ascending order. */
  readonly #instants: number[] = [];
  readonly #timers = new Map<number, Set<Timer>>();
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
    const instant = this.#now + Math.max(0, milliseconds);
    const timers = this.#timers.get(instant) ?? this.#addInstant(instant);
    // A new object, so that the same callback can be set twice.
    const timer: Timer = { callback };
    timers.add(timer);
    this.#jumpSoon();
    return () => {
      timers.delete(timer);
      if (timers.size === 0 && this.#timers.get(instant) === timers) this.#removeInstant(instant);
    };
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
    if (this.#jumping || this.#held > 0 || this.#instants.length === 0) return;
    this.#jumping = true;
    whenSettled(() => {
      this.#jumping = false;
      if (this.#held === 0) this.#jump();
    });
  }

  #jump(): void {
    const instant = this.#instants.shift();
    if (instant === undefined) return;
    const timers = this.#timers.get(instant) ?? [];
    this.#timers.delete(instant);
    this.#now = instant;
    // A timer that an earlier one cancels is removed before its turn.
    for (const { callback } of timers) callback();
    this.#jumpSoon();
  }

  #addInstant(instant: number): Set<Timer> {
    const timers = new Set<Timer>();
    this.#timers.set(instant, timers);
    this.#instants.splice(this.#indexOf(instant), 0, instant);
    return timers;
  }

  #removeInstant(instant: number): void {
    this.#timers.delete(instant);
    this.#instants.splice(this.#indexOf(instant), 1);
  }

  /** The index of an instant, or where to insert it, by binary search. */
  #indexOf(instant: number): number {
    let low = 0;
    let high = this.#instants.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#instants[middle] as number) < instant) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
