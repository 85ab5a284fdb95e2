// Not the global one, which a test's fake timers would stop.
import { setImmediate as nextTurn } from 'node:timers';
import { VirtualClock } from '../engine';

/** A simulated time that notices when there is nothing more to wait for: no timer is set, and no work is under way. */
export class TestClock extends VirtualClock {
  #pending = 0;
  #watcher: (() => void) | undefined;

  /** Calls back whenever there is nothing to wait for, from now on. */
  whenIdle(callback: () => void): void {
    this.#watcher = callback;
  }

  /** Keeps to whole milliseconds, as AWS's timestamps do. */
  override setTimer(milliseconds: number, callback: () => void): () => void {
    const end = this.#begin();
    const cancel = super.setTimer(Math.round(milliseconds), () => {
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
      this.checkIdle();
    };
  }

  /**
   * Looks whether there is anything to wait for. What the last timer or answer set off has come to its next wait by the
   * next turn of the event loop.
   */
  checkIdle(): void {
    if (this.#pending > 0 || this.#watcher === undefined) return;
    nextTurn(() => {
      if (this.#pending === 0) this.#watcher?.();
    });
  }
}
