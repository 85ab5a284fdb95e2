import type { Target } from '../targets';
import { executionIn, storyOf } from './received';

/** Which calls are expected. */
export interface Calls {
  /** Exactly so many; at least one unless given. */
  readonly times?: number;
  /** The input of the calls that count; any unless given. Asymmetric matchers may be inside. */
  readonly with?: unknown;
}

export function toHaveInvoked(
  this: jest.MatcherContext,
  received: unknown,
  target: Target,
  calls: Calls = {},
): jest.CustomMatcherResult {
  const execution = executionIn(received);
  const all = execution.invocationsOf(target);
  const isWanted = (input: unknown) =>
    !('with' in calls) || this.equals(input, calls.with, this.customTesters);
  const count = all.filter(({ input }) => isWanted(input)).length;
  const { matcherHint, printExpected, printReceived, stringify } = this.utils;
  const hint = matcherHint('toHaveInvoked', 'execution', 'target, calls', { isNot: this.isNot === true });
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
        ...all.map((call, index) => `  ${index + 1}. from ${call.state}: ${printReceived(call.input)}`),
        '',
        storyOf(execution),
      ].join('\n');
    },
  };
}

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
