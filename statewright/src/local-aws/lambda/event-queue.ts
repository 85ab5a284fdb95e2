import { AwsError } from '../aws-error';
import type { Destinations } from './destinations';
import { type EventInvokeConfig, settingOf } from './function-record';
import type { FunctionStore } from './function-store';
import type { QueuedInvocation, Runner, RunnerResult } from './runner';

/** How long Lambda waits before each of the two retries after a function's error, in milliseconds. */
const RETRY_DELAYS = [60_000, 120_000];
/** How long Lambda keeps an event by default, in seconds. */
const EVENT_AGE = 21_600;
/** The longest wait before a throttled invocation is tried again, in milliseconds. */
const LONGEST_WAIT = 300_000;

interface Tries {
  readonly errors: number;
  readonly throttles: number;
  /** Epoch milliseconds. */
  readonly since: number;
  /** How the function failed at last, if it ran. */
  readonly result?: RunnerResult;
}

/**
 * Asynchronous invocations (Lambda Developer Guide, "How Lambda handles errors and retries with asynchronous
 * invocation"). Events that still wait when the account closes are lost.
 */
export class EventQueue {
  readonly #timers = new Set<() => void>();
  #closed = false;

  readonly #store: FunctionStore;
  readonly #runner: Runner;
  readonly #destinations: Destinations;

  constructor(store: FunctionStore, runner: Runner, destinations: Destinations) {
    this.#store = store;
    this.#runner = runner;
    this.#destinations = destinations;
  }

  /** Runs an invocation until it succeeds or has no retries left, and sends the outcome to a destination, if any. */
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
    const retries = this.#configOf(invocation)?.MaximumRetryAttempts ?? RETRY_DELAYS.length;
    try {
      const result = await this.#runner.run(invocation);
      const errors = tries.errors + 1;
      const delay = RETRY_DELAYS[tries.errors];
      if (!result.failed) this.#send(invocation, 'Success', errors, result);
      else if (delay === undefined || errors > retries) {
        this.#send(invocation, 'RetriesExhausted', errors, result);
      } else this.#later(delay, invocation, { ...tries, errors, result });
    } catch (error) {
      // A retry cannot fix any other error: the function was deleted, or the account closes.
      if (!(error instanceof AwsError) || error.code !== 'TooManyRequestsException') return;
      if (this.#store.functions.get(invocation.target.FunctionName)?.reservedConcurrency === 0) {
        this.#send(invocation, 'ZeroReservedConcurrency', tries.errors, tries.result);
        return;
      }
      const delay = Math.min(1000 * 2 ** tries.throttles, LONGEST_WAIT);
      this.#later(delay, invocation, { ...tries, throttles: tries.throttles + 1 });
    }
  }

  #later(delay: number, invocation: QueuedInvocation, tries: Tries): void {
    if (this.#closed) return;
    const { clock } = this.#store.context;
    const cancel = clock.setTimer(delay, () => {
      this.#timers.delete(cancel);
      const age = this.#configOf(invocation)?.MaximumEventAgeInSeconds ?? EVENT_AGE;
      if (clock.now() - tries.since < age * 1000) void this.#try(invocation, tries);
      else this.#send(invocation, 'EventAgeExceeded', tries.errors, tries.result);
    });
    this.#timers.add(cancel);
  }

  #configOf({ target }: QueuedInvocation): EventInvokeConfig | undefined {
    const { eventInvokeConfigs } = this.#store.functions.get(target.FunctionName) ?? {};
    return settingOf(eventInvokeConfigs, target.Qualifier ?? '$LATEST');
  }

  #send(
    invocation: QueuedInvocation,
    condition: 'Success' | 'RetriesExhausted' | 'EventAgeExceeded' | 'ZeroReservedConcurrency',
    invokeCount: number,
    result: RunnerResult | undefined,
  ): void {
    const { OnSuccess, OnFailure } = this.#configOf(invocation)?.DestinationConfig ?? {};
    const destination = (condition === 'Success' ? OnSuccess : OnFailure)?.Destination;
    const next = this.#destinations.send({ invocation, condition, invokeCount, result }, destination);
    if (next && !this.#closed) this.add(next);
  }
}
