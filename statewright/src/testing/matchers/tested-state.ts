import type { TestedState } from '../state-test/tested-state';
import type { Check, MatcherContext } from './matcher';
import { storyOf, testedStateIn } from './received';

/** The state's error was caught, by the catcher that leads to `next`. */
export const toHaveCaughtError: Check<[error: unknown, next?: unknown]> = (
  context,
  received,
  error,
  next,
) => {
  const tested = testedStateIn(received);
  return {
    pass:
      tested.status === 'CAUGHT_ERROR' &&
      context.equals(tested.error, error) &&
      (next === undefined || context.equals(tested.nextState, next)),
    message: () =>
      messageOf(context, tested, 'toHaveCaughtError', [
        ['error', error],
        ['next', next],
      ]),
  };
};

/** The state would be retried, after a number of seconds. */
export const toBeRetriable: Check<[seconds?: unknown]> = (context, received, seconds) => {
  const tested = testedStateIn(received);
  const delay = tested.inspectionData?.errorDetails?.retryBackoffIntervalSeconds;
  return {
    pass: tested.status === 'RETRIABLE' && (seconds === undefined || context.equals(delay, seconds)),
    message: () => messageOf(context, tested, 'toBeRetriable', [['seconds', seconds]]),
  };
};

/** The state leads to the state with this name. */
export const toHaveNextState: Check<[name: unknown]> = (context, received, name) => {
  const tested = testedStateIn(received);
  return {
    pass: context.equals(tested.nextState, name),
    message: () => messageOf(context, tested, 'toHaveNextState', [['name', name]]),
  };
};

function messageOf(
  context: MatcherContext,
  tested: TestedState,
  matcher: string,
  expected: readonly (readonly [name: string, value: unknown])[],
): string {
  const given = expected.filter(([, value]) => value !== undefined);
  const not = context.isNot ? 'not ' : '';
  return [
    context.hint(matcher, given.map(([name]) => name).join(', '), 'state'),
    '',
    ...given.map(([name, value]) => `Expected ${name}: ${not}${context.printExpected(value)}`),
    storyOf(tested),
  ].join('\n');
}
