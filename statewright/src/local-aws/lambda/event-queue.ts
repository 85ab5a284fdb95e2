import { AwsError } from '../aws-error';
import type { FunctionStore } from './function-store';
import type { QueuedInvocation, Runner } from './runner';

/** How long Lambda waits before each of the two retries after a function's error, in milliseconds. */
const RETRY_DELAYS = [60_000, 120_000];
/** For how long Lambda retries a throttled invocation, and its longest wait in between, in milliseconds. */
const THROTTLED_AGE = 6 * 3_600_000;
const LONGEST_WAIT = 300_000;

interface Tries {
  readonly errors: number;
  readonly throttles: number;
  /** Epoch milliseconds. */
  readonly since: number;
}

/**
 * Asynchronous invocations (Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous
 * invocation"). Destinations and dead-letter queues are not supported, and events that still wait when the account
 * closes are lost.
 */
export class EventQueue {
  readonly #timers = new Set<() => void>();
  #closed = false;

  readonly #store: FunctionStore;
  readonly #runner: Runner;

  constructor(store: FunctionStore, runner: Runner) {
    this.#store = store;
    this.#runner = runner;
  }

  /** Runs an invocation until it succeeds or has no retries left. The outcome is not reported. */
  add(invocation: QueuedInvocation): void {
    void this.#try(invocation, { errors: 0, throttles: 0, since: this.#store.context.clock.now() });
  }

  /** Drops what waits for another try. An invocation that ends because the account closes is not tried again. */
  close(): void {
    this.#closed = true;
    for (const cancel of this.#timers) cancel();
    this.#timers.clear();
  }

  async #try(invocation: QueuedInvocation, tries: Tries): Promise<void> {
    try {
      const { failed } = await this.#runner.run(invocation);
      const delay = RETRY_DELAYS[tries.errors];
      if (failed && delay !== undefined)
        this.#later(delay, invocation, { ...tries, errors: tries.errors + 1 });
    } catch (error) {
      // A retry cannot fix any other error: the function was deleted, or the account closes.
      const throttled = error instanceof AwsError && error.code === 'TooManyRequestsException';
      if (!throttled || this.#store.context.clock.now() - tries.since > THROTTLED_AGE) return;
      const delay = Math.min(1000 * 2 ** tries.throttles, LONGEST_WAIT);
      this.#later(delay, invocation, { ...tries, throttles: tries.throttles + 1 });
    }
  }

  #later(delay: number, invocation: QueuedInvocation, tries: Tries): void {
    if (this.#closed) return;
    const cancel = this.#store.context.clock.setTimer(delay, () => {
      this.#timers.delete(cancel);
      void this.#try(invocation, tries);
    });
    this.#timers.add(cancel);
  }
}
