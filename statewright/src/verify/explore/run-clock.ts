import { IdleClock } from '../../engine';

/** The longest duration of a Standard execution, a year, in milliseconds (Step Functions Developer Guide, "Service quotas"). */
const LONGEST = 365 * 24 * 3600 * 1000;

/** The simulated time of one execution, which notices when nothing will happen any more. */
export class RunClock extends IdleClock {
  readonly #last = this.now() + LONGEST;

  /** Resolves when no timer is set and no work is in progress. */
  idle(): Promise<void> {
    return new Promise((resolve) => {
      this.whenIdle(resolve);
      this.checkIdle();
    });
  }

  /** A timer beyond the longest duration never ends. */
  override setTimer(milliseconds: number, callback: () => void): () => void {
    if (this.now() + milliseconds > this.#last) return () => {};
    return super.setTimer(milliseconds, callback);
  }
}
