import { VirtualClock } from '../engine';

/** Taken when the module loads, so that a test's fake timers do not stop it. */
const nextTurn = setImmediate;

/** A simulated time that notices when there is nothing more to wait for: no timer is set, and no work is under way. */
export class TestClock extends VirtualClock {
  #pending = 0;
  #watcher: (() => void) | undefined;

  /** Calls back, once, when there is nothing to wait for; the returned function ends that. */
  whenIdle(callback: () => void): () => void {
    this.#watcher = callback;
    this.#checkSoon();
    return () => {
      this.#watcher = undefined;
    };
  }

  override setTimer(milliseconds: number, callback: () => void): () => void {
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
      this.#checkSoon();
    };
  }

  /** What the last timer or answer set off has come to its next wait by the next turn of the event loop. */
  #checkSoon(): void {
    if (this.#pending > 0 || this.#watcher === undefined) return;
    nextTurn(() => {
      if (this.#pending > 0) return;
      const callback = this.#watcher;
      this.#watcher = undefined;
      callback?.();
    });
  }
}
