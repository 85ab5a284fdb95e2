import { AwsError } from '../aws-error';
import type { FunctionStore } from './function-store';
import type { QueuedInvocation, Runner } from './runner';

/** How long Lambda waits before it tries again after a function's error, in milliseconds: it does so twice. */
const RETRY_DELAYS = [60_000, 120_000];
/** For how long it tries what is throttled, and how long it waits at most in between, in milliseconds. */
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
 * invocation"). There are no destinations and no dead-letter queues, and what is still to be tried when the account
 * closes is lost.
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

  /** Runs an invocation, again and again until it succeeds or its tries are used up. Nobody hears how it ended. */
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
      // Any other error cannot be mended by another try: the function is gone, or the account closes.
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
