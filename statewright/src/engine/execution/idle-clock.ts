// Not the global one, which a test's fake timers would stop.
import { setImmediate as nextTurn } from 'node:timers';
import { VirtualClock } from './clock';

/** A simulated clock that detects an idle simulation: no timer is set, and no work is running. */
export class IdleClock extends VirtualClock {
  #pending = 0;
  #watcher: (() => void) | undefined;

  /** Calls back whenever the simulation is idle, from now on. */
  whenIdle(callback: () => void): void {
    this.#watcher = callback;
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
      this.checkIdle();
    };
  }

  /**
   * Checks whether the simulation is idle. By the next turn of the event loop, everything that the last timer or answer
   * started has reached its next wait.
   */
  checkIdle(): void {
    if (this.#pending > 0 || this.#watcher === undefined) return;
    nextTurn(() => {
      if (this.#pending === 0) this.#watcher?.();
    });
  }
}
