import { formatDuration } from '../../duration';
import type { Terminal } from './terminal';
import { plainText, truncate } from './text';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 80;
/** A shorter step has no spinner: it would only flicker. */
const PATIENCE_MS = 500;
const CLEAR_LINE = '\r\u001b[2K';

/** The time and a repeating timer, which a test can control. */
export interface ProgressClock {
  /** The time in milliseconds, from any fixed point. */
  now(): number;
  /** Calls the callback at an interval in milliseconds; the returned function stops it. */
  every(milliseconds: number, callback: () => void): () => void;
}

const systemClock: ProgressClock = {
  now: () => performance.now(),
  every(milliseconds, callback) {
    const timer = setInterval(callback, milliseconds).unref();
    return () => clearInterval(timer);
  },
};

/**
 * Steps of work, one after the other, with a line for each when it ends: `✓ Synthesize the stack  412 ms`. A terminal
 * shows a spinner after half a second; other output has whole lines only.
 */
export class Progress {
  #label = '';
  #startedAt = 0;
  #frame = 0;
  #drawn = false;
  #stopTimer: (() => void) | undefined;

  readonly #terminal: Terminal;
  readonly #clock: ProgressClock;

  constructor(terminal: Terminal, clock: ProgressClock = systemClock) {
    this.#terminal = terminal;
    this.#clock = clock;
  }

  /**
   * Begins a step, and ends a running one as succeeded. Timers do not run during a `blocking` step, so it is shown at
   * once.
   */
  start(label: string, blocking = false): void {
    if (this.#stopTimer) this.succeed();
    this.#label = label;
    this.#startedAt = this.#clock.now();
    if (!this.#terminal.interactive) {
      this.#stopTimer = () => {};
      return;
    }
    if (blocking) this.#draw();
    this.#stopTimer = this.#clock.every(FRAME_MS, () => {
      if (blocking || this.#clock.now() - this.#startedAt >= PATIENCE_MS) this.#draw();
    });
  }

  /** Prints a finished part of the running step, such as one resource of a deployment. */
  step(detail: string): void {
    this.#line(`    ${this.#terminal.paint.faint(this.#fit(detail, 4))}`);
  }

  /** Runs work as one step, and returns its result. @throws the error of the work */
  async run<T>(label: string, work: () => T | Promise<T>, blocking = false): Promise<T> {
    this.start(label, blocking);
    try {
      const result = await work();
      this.succeed();
      return result;
    } catch (error) {
      this.fail();
      throw error;
    }
  }

  /** Ends the step as succeeded. @param summary replaces its label */
  succeed(summary = this.#label): void {
    this.#end(this.#terminal.paint.good('✓'), summary, this.#terminal.paint.faint);
  }

  /** Ends the step as failed. The error itself is printed by `renderError`. */
  fail(summary = this.#label): void {
    this.#end(this.#terminal.paint.bad('✗'), summary, this.#terminal.paint.faint);
  }

  #end(symbol: string, summary: string, paint: (text: string) => string): void {
    this.#stopTimer?.();
    const elapsed = formatDuration(this.#clock.now() - this.#startedAt);
    this.#line(`  ${symbol} ${this.#fit(summary, 6 + elapsed.length)}  ${paint(elapsed)}`);
    this.#stopTimer = undefined;
  }

  #line(text: string): void {
    this.#terminal.write(`${this.#drawn ? CLEAR_LINE : ''}${text}\n`);
    this.#drawn = false;
  }

  #draw(): void {
    const elapsed = this.#clock.now() - this.#startedAt;
    const frame = FRAMES[this.#frame++ % FRAMES.length] ?? '';
    const time = formatDuration(Math.floor(elapsed / 1000) * 1000);
    const label = this.#fit(this.#label, 6 + time.length);
    this.#terminal.write(
      `${CLEAR_LINE}  ${this.#terminal.paint.accent(frame)} ${label}  ${this.#terminal.paint.faint(time)}`,
    );
    this.#drawn = true;
  }

  #fit(text: string, taken: number): string {
    return truncate(plainText(text), this.#terminal.columns - taken);
  }
}
