import { describeOutcome } from './describe';
import type { Check } from './matcher';
import { ExpectationError, executionIn, storyOf } from './received';

export const toHaveFailedWith: Check<[error: unknown, cause?: unknown]> = (
  context,
  received,
  error,
  cause,
) => {
  const execution = executionIn(received);
  if (error === undefined) throw new ExpectationError('toHaveFailedWith(…) needs the name of an error.');
  return {
    pass:
      execution.status !== 'SUCCEEDED' &&
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
        `The execution ${ended}`,
        '',
        storyOf(execution),
      ].join('\n');
    },
  };
};
