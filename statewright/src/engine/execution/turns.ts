/**
 * Whose turn it is among the threads of an execution. On AWS a thread goes on, within one decision, until it has to
 * wait; only then is work started that was scheduled meanwhile. Here a thread that evaluates an expression gives up
 * control without having to wait, so the threads that are busy are counted.
 */
export class Turns {
  #busy = 0;
  #waiting: (() => void)[] = [];

  /** A thread goes on. */
  enter(): void {
    this.#busy++;
  }

  /** A thread waits, or has ended. */
  leave(): void {
    this.#busy--;
    if (this.#busy === 0 && this.#waiting.length > 0) this.#wake();
  }

  /** Resolves once no thread has anything left to do but wait. */
  quiet(): Promise<void> {
    if (this.#busy === 0) return Promise.resolve();
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
