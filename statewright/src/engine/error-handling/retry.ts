import type { Fields } from '../definition/fields';
import type { Failure } from '../execution/failure';
import { matches } from './error-names';

/** One retrier of a state's `Retry` (Amazon States Language, "Retrying after error"). */
interface Retrier {
  readonly errorEquals: readonly string[];
  readonly intervalSeconds: number;
  readonly maxAttempts: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
  readonly fullJitter: boolean;
}

export function compileRetry(state: Fields): readonly Retrier[] {
  return state.list('Retry').map((retrier) => ({
    errorEquals: retrier.texts('ErrorEquals'),
    intervalSeconds: retrier.number('IntervalSeconds') ?? 1,
    maxAttempts: retrier.number('MaxAttempts') ?? 3,
    backoffRate: retrier.number('BackoffRate') ?? 2,
    maxDelaySeconds: retrier.number('MaxDelaySeconds') ?? Number.POSITIVE_INFINITY,
    fullJitter: retrier.text('JitterStrategy') === 'FULL',
  }));
}

/** The retrier with this index waits for `delay` seconds before the next attempt; it has none left without a delay. */
export interface RetryDecision {
  readonly index: number;
  readonly delay?: number;
}

/** The retries of one visit. Each retrier counts its own attempts. */
export class RetryDecider {
  readonly #retriers: readonly Retrier[];
  readonly #random: () => number;
  readonly #attempts: number[];

  /** @param retries how many retries there were before, with each retrier */
  constructor(retriers: readonly Retrier[], random: () => number, retries: number) {
    this.#retriers = retriers;
    this.#random = random;
    this.#attempts = retriers.map(() => retries);
  }

  /** What the first retrier that matches the error decides; `undefined` when none does. */
  after(failure: Failure): RetryDecision | undefined {
    const index = this.#retriers.findIndex(({ errorEquals }) => matches(errorEquals, failure));
    const retrier = this.#retriers[index];
    if (!retrier) return undefined;
    const attempt = this.#attempts[index] ?? 0;
    if (attempt >= retrier.maxAttempts) return { index };
    this.#attempts[index] = attempt + 1;
    const delay = Math.min(retrier.intervalSeconds * retrier.backoffRate ** attempt, retrier.maxDelaySeconds);
    return { index, delay: retrier.fullJitter ? delay * this.#random() : delay };
  }
}
