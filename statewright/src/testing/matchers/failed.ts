import { TestedState } from '../state-test/tested-state';
import { describeOutcome } from './describe';
import type { Check } from './matcher';
import { ExpectationError, type Outcome, outcomeIn, storyOf, subjectOf } from './received';

/** An error of a tested state that is retried or caught is not its failure. */
const hasFailed = (outcome: Outcome) =>
  outcome instanceof TestedState ? outcome.status === 'FAILED' : outcome.status !== 'SUCCEEDED';

export const toHaveFailedWith: Check<[error: unknown, cause?: unknown]> = (
  context,
  received,
  error,
  cause,
) => {
  const execution = outcomeIn(received);
  if (error === undefined) throw new ExpectationError('toHaveFailedWith(…) needs the name of an error.');
  return {
    pass:
      hasFailed(execution) &&
      context.equals(execution.error, error) &&
      (cause instanceof RegExp
        ? cause.test(execution.cause ?? '')
        : cause === undefined || context.equals(execution.cause, cause)),
    message: () => {
      const not = context.isNot ? 'not ' : '';
      const ended =
        execution.status === 'SUCCEEDED'
          ? `SUCCEEDED with ${context.printReceived(execution.output)}`
          : describeOutcome(execution);
      return [
        context.hint('toHaveFailedWith', cause === undefined ? 'error' : 'error, cause'),
        '',
        `Expected error: ${not}${context.printExpected(error)}`,
        ...(cause === undefined ? [] : [`Expected cause: ${not}${context.printExpected(cause)}`]),
        `The ${subjectOf(execution)} ${ended}`,
        ...hintFor(execution.cause, cause),
        '',
        storyOf(execution),
      ].join('\n');
    },
  };
};

/** A function's error has JSON as its cause, of which a test often expects the message alone. */
function hintFor(received: string | undefined, expected: unknown): string[] {
  if (typeof expected !== 'string' || received === undefined || !received.startsWith('{')) return [];
  const isMessage = received.includes(JSON.stringify(expected).slice(1, -1));
  return isMessage ? ['The cause contains this text: use a pattern or expect.stringContaining(…).'] : [];
}
