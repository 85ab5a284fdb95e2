import { SystemClock } from './clock';
import { type Timer, Timers } from './timers';

// Read when the module loads, so that a test's fake timers do not stop it.
const immediate = setImmediate;

/**
 * The system time, except that waits are shorter: while timers are set and no work is in progress (`hold`), time runs faster,
 * or jumps to the next timer. Work takes its real time, so that a timeout of three seconds gives a function three seconds.
 */
export class ScaledClock extends SystemClock {
  readonly #factor: number;
  /** Due at epoch milliseconds of this clock. */
  readonly #timers = new Timers();
  #held = 0;
  /** How far this clock was ahead of the system time when `#since` was set, in milliseconds. */
  #ahead = 0;
  /** The system time from which on it runs faster; undefined while it does not. */
  #since: number | undefined;
  #cancel = (): void => {};

  /** @param factor the real duration of a second of waiting, in seconds: 0 or more; 0 skips waits */
  constructor(factor: number) {
    super();
    this.#factor = factor;
  }

  override now(): number {
    return Math.round(this.#time());
  }

  override setTimer(milliseconds: number, callback: () => void): () => void {
    const timer = this.#timers.set(this.#time() + Math.max(0, milliseconds), callback);
    this.#wait();
    return () => {
      this.#timers.cancel(timer);
      this.#wait();
    };
  }

  hold(): () => void {
    this.#held++;
    this.#wait();
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.#held--;
      this.#wait();
    };
  }

  /** Work that waits for its next turn is in progress. */
  override nextTurn(): Promise<void> | undefined {
    const turn = super.nextTurn();
    void turn?.then(this.hold());
    return turn;
  }

  /** Epoch milliseconds, with a fraction. */
  #time(): number {
    return super.now() + this.#lead();
  }

  #lead(): number {
    if (this.#since === undefined) return this.#ahead;
    return this.#ahead + Math.max(0, super.now() - this.#since) * (1 / this.#factor - 1);
  }

  /** Waits for the first timer: in real time while work is in progress, else in a shorter one. */
  #wait(): void {
    this.#cancel();
    this.#cancel = () => {};
    this.#ahead = this.#lead();
    this.#since = undefined;
    const { first } = this.#timers;
    if (first === undefined) return;
    const run = () => this.#run(first);
    const wait = first.due - this.#time();
    if (this.#held > 0) {
      this.#cancel = super.setTimer(wait, run);
    } else if (this.#factor > 0) {
      this.#since = super.now();
      this.#cancel = super.setTimer(wait * this.#factor, run);
    } else {
      // By the next turn of the event loop, all that only promises drive has ended. Requests have their turns in between.
      const jump = immediate(run);
      this.#cancel = () => clearImmediate(jump);
    }
  }

  /** Runs the timers that are due with the first one. */
  #run(first: Timer): void {
    this.#ahead = this.#lead() + Math.max(0, first.due - this.#time());
    this.#since = undefined;
    this.#timers.run(this.#time());
    this.#wait();
  }
}
