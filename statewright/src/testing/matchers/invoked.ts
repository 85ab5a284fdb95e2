import { didYouMean } from '../../did-you-mean';
import type { Target } from '../targets';
import { ExpectationError, executionIn, storyOf } from './received';

/** Which calls are expected. */
export interface Calls {
  /** Exactly so many; at least one unless given. */
  readonly times?: number;
  /** The input of the calls that count; any unless given. Asymmetric matchers may be inside. */
  readonly with?: unknown;
}

/** How many calls a message lists. */
const SHOWN = 20;

export function toHaveInvoked(
  this: jest.MatcherContext,
  received: unknown,
  target: Target,
  calls: Calls = {},
): jest.CustomMatcherResult {
  const execution = executionIn(received);
  checkCalls(calls);
  const all = execution.invocationsOf(target);
  const isWanted = (input: unknown) =>
    !('with' in calls) || this.equals(input, calls.with, this.customTesters);
  const count = all.filter(({ input }) => isWanted(input)).length;
  const { matcherHint, printExpected, printDiffOrStringify, printReceived, stringify } = this.utils;
  const hint = matcherHint('toHaveInvoked', 'execution', 'target, calls', { isNot: this.isNot === true });
  /** Of one call there was, what is different about it. */
  const difference = () => {
    const [only, ...more] = all;
    if (!only || more.length > 0 || this.isNot || count > 0) return [];
    const expand = this.expand !== false;
    return ['', printDiffOrStringify(calls.with, only.input, 'Expected input', 'Received input', expand)];
  };
  return {
    pass: calls.times === undefined ? count > 0 : count === calls.times,
    message: () => {
      const none = this.isNot ? 'no call' : 'at least one call';
      const times =
        calls.times === undefined ? none : `${this.isNot ? 'not ' : ''}${plural(calls.times, 'call')}`;
      const input = 'with' in calls ? ` with ${printExpected(calls.with)}` : '';
      return [
        hint,
        '',
        `Expected: ${times} of ${typeof target === 'string' ? `"${target}"` : stringify(target)}${input}`,
        `Received: ${plural(all.length, 'call')}${'with' in calls && all.length > 0 ? `, ${count} of them with this input` : ''}`,
        ...all
          .slice(0, SHOWN)
          .map((call, index) => `  ${index + 1}. from ${call.state}: ${printReceived(call.input)}`),
        ...(all.length > SHOWN ? [`  … and ${all.length - SHOWN} more`] : []),
        ...difference(),
        '',
        storyOf(execution),
      ].join('\n');
    },
  };
}

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** A misspelt `times` would let any number pass. */
function checkCalls(calls: Calls): void {
  const known = ['times', 'with'];
  const options = typeof calls === 'object' ? Object.keys(calls) : [String(calls)];
  for (const option of options) {
    if (known.includes(option)) continue;
    const meant = didYouMean(option, known);
    throw new ExpectationError(
      `toHaveInvoked(target, …) takes { times, with }, not ${option}.${meant ? ` ${meant}` : ''}`,
    );
  }
  if (calls.times !== undefined && !(Number.isInteger(calls.times) && calls.times >= 0)) {
    throw new ExpectationError(`toHaveInvoked(target, { times: ${calls.times} }): it is no number of calls.`);
  }
}
