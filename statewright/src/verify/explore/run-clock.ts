import { VirtualClock } from '../../engine';

/** The longest duration of a Standard execution, a year, in milliseconds (Step Functions Developer Guide, "Service quotas"). */
const LONGEST = 365 * 24 * 3600 * 1000;

/** The simulated time of one execution, which notices when nothing will happen any more. */
export class RunClock extends VirtualClock {
  readonly #last = this.now() + LONGEST;
  #pending = 0;
  #onIdle: (() => void) | undefined;

  /** Resolves when no timer is set and no work is in progress. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.#onIdle = resolve;
      this.#checkIdle();
    });
  }

  /** A timer beyond the longest duration never ends. */
  override setTimer(milliseconds: number, callback: () => void): () => void {
    if (this.now() + milliseconds > this.#last) return () => {};
    const end = this.#begin();
    const cancel = super.setTimer(milliseconds, () => {
      end();
      callback();
    });
    return () => {
      end();
      cancel();
    };
  }

  override hold(): () => void {
    const end = this.#begin();
    const release = super.hold();
    return () => {
      release();
      end();
    };
  }

  #begin(): () => void {
    this.#pending++;
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      this.#pending--;
      this.#checkIdle();
    };
  }

  /** By the next turn of the event loop, everything that the last timer started has reached its next wait. */
  #checkIdle(): void {
    if (this.#pending > 0 || this.#onIdle === undefined) return;
    setImmediate(() => {
      if (this.#pending === 0) this.#onIdle?.();
    });
  }
}
