/** A callback that is due at a time. */
export interface Timer {
  /** In milliseconds, of the clock that has set it. */
  readonly due: number;
  readonly callback: () => void;
  readonly order: number;
  /** Where it is in the heap; -1 when it was called or cancelled. */
  index: number;
}

/**
 * The timers of a clock, in the order in which they are due; those that are due at the same time, in the order in which they
 * were set. A binary heap: ten thousand timers cost little more than one.
 */
export class Timers {
  readonly #heap: Timer[] = [];
  #count = 0;

  /** The timer that is due first. */
  get first(): Timer | undefined {
    return this.#heap[0];
  }

  set(due: number, callback: () => void): Timer {
    const timer = { due, callback, order: this.#count++, index: this.#heap.length };
    this.#rise(timer);
    return timer;
  }

  /** Does nothing when it was called or cancelled already. */
  cancel(timer: Timer): void {
    const { index } = timer;
    if (index === -1) return;
    timer.index = -1;
    const last = this.#heap.pop() as Timer;
    if (last === timer) return;
    last.index = index;
    this.#rise(last);
    this.#sink(last);
  }

  /** Calls the timers that are due at `time` or before. A timer that one of them sets waits for the next time. */
  run(time: number): void {
    const count = this.#count;
    for (let next = this.first; next && next.due <= time && next.order < count; next = this.first) {
      this.cancel(next);
      next.callback();
    }
  }

  /** Moves a timer to its place among those that are due before it. */
  #rise(timer: Timer): void {
    let { index } = timer;
    while (index > 0) {
      const parent = this.#heap[(index - 1) >> 1] as Timer;
      if (!isBefore(timer, parent)) break;
      this.#place(parent, index);
      index = (index - 1) >> 1;
    }
    this.#place(timer, index);
  }

  /** Moves a timer to its place among those that are due after it. */
  #sink(timer: Timer): void {
    let { index } = timer;
    for (;;) {
      const left = this.#heap[2 * index + 1];
      const right = this.#heap[2 * index + 2];
      const child = left && right && isBefore(right, left) ? right : left;
      if (!child || isBefore(timer, child)) break;
      const below = child.index;
      this.#place(child, index);
      index = below;
    }
    this.#place(timer, index);
  }

  #place(timer: Timer, index: number): void {
    this.#heap[index] = timer;
    timer.index = index;
  }
}

const isBefore = (one: Timer, other: Timer): boolean =>
  one.due < other.due || (one.due === other.due && one.order < other.order);
