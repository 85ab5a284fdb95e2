import { createTerminal, type ProgressClock, type Terminal } from '../../../src/cli/terminal';

/** A terminal that records its output. */
export function recordingTerminal(
  options: { columns?: number; color?: boolean; isTTY?: boolean } = {},
): Terminal & { written(): string } {
  let written = '';
  const { isTTY = false, ...rest } = options;
  const terminal = createTerminal({
    stream: { isTTY, columns: options.columns ?? 80, write: (text) => (written += text) },
    env: {},
    ...rest,
  });
  return { ...terminal, written: () => written };
}

/** A clock that only the test advances. */
export class ManualClock implements ProgressClock {
  #now = 0;
  readonly #timers = new Set<{ readonly period: number; readonly callback: () => void; due: number }>();

  get timers(): number {
    return this.#timers.size;
  }

  now(): number {
    return this.#now;
  }

  every(period: number, callback: () => void): () => void {
    const timer = { period, callback, due: this.#now + period };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  advance(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const [next] = [...this.#timers].filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
      if (!next) break;
      this.#now = next.due;
      next.due += next.period;
      next.callback();
    }
    this.#now = end;
  }
}
