import { IdleClock } from '../engine';

/** The simulated clock of a workflow in a test. */
export class TestClock extends IdleClock {
  /** Rounds to whole milliseconds, like AWS's timestamps. */
  override setTimer(milliseconds: number, callback: () => void): () => void {
    return super.setTimer(Math.round(milliseconds), callback);
  }
}
