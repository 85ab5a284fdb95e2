import { didYouMean } from '../../did-you-mean';
import type { CallTarget } from '../targets';
import type { Check } from './matcher';
import { ExpectationError, executionIn, storyOf } from './received';

/** The expected calls. */
export interface Calls {
  /** The exact number of calls (default: at least one). */
  readonly times?: number;
  /** The input of the calls that count (default: any input). It may contain asymmetric matchers. */
  readonly with?: unknown;
}

/** The number of calls that a message lists. */
const SHOWN = 20;

export const toHaveInvoked: Check<[target: CallTarget, calls?: Calls]> = (
  context,
  received,
  target,
  calls = {},
) => {
  const execution = executionIn(received);
  checkCalls(calls);
  const all = execution.invocationsOf(target);
  const isWanted = (input: unknown) => !('with' in calls) || context.equals(input, calls.with);
  const count = all.filter(({ input }) => isWanted(input)).length;
  /** The difference of a single call from the expected one. */
  const difference = () => {
    const [only, ...more] = all;
    if (!only || more.length > 0 || context.isNot || count > 0) return [];
    return ['', context.difference(calls.with, only.input, 'input')];
  };
  return {
    pass: calls.times === undefined ? count > 0 : count === calls.times,
    message: () => {
      const none = context.isNot ? 'no call' : 'at least one call';
      const times =
        calls.times === undefined ? none : `${context.isNot ? 'not ' : ''}${plural(calls.times, 'call')}`;
      const input = 'with' in calls ? ` with ${context.printExpected(calls.with)}` : '';
      return [
        context.hint('toHaveInvoked', 'target, calls'),
        '',
        `Expected: ${times} of ${typeof target === 'string' ? `"${target}"` : context.printExpected(target)}${input}`,
        `Received: ${plural(all.length, 'call')}${'with' in calls && all.length > 0 ? `, ${count} of them with this input` : ''}`,
        ...all
          .slice(0, SHOWN)
          .map((call, index) => `  ${index + 1}. from ${call.state}: ${context.printReceived(call.input)}`),
        ...(all.length > SHOWN ? [`  … and ${all.length - SHOWN} more`] : []),
        ...difference(),
        '',
        storyOf(execution),
      ].join('\n');
    },
  };
};

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** With a misspelt `times`, any number would pass. */
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
    throw new ExpectationError(
      `toHaveInvoked(target, { times: ${calls.times} }): times must be a whole number, 0 or more.`,
    );
  }
}
