import type { MaybePromise } from '../maybe-promise';

/**
 * Counts the busy threads of an execution. On AWS a thread continues, within one decision, until it has to
 * wait; only then does scheduled work start. Here a thread that evaluates an expression gives up
 * control without having to wait, so busy threads have to be counted.
 */
export class Turns {
  #busy = 0;
  #waiting: (() => void)[] = [];

  /** A thread continues. */
  enter(): void {
    this.#busy++;
  }

  /** A thread waits, or has ended. */
  leave(): void {
    this.#busy--;
    if (this.#busy === 0 && this.#waiting.length > 0) this.#wake();
  }

  /** Returns when all threads wait: at once, or with a promise. */
  quiet(): MaybePromise<void> {
    if (this.#busy > 0) return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
