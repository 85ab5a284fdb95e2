import { describeOutcome } from './describe';
import { ExpectationError, executionIn, storyOf } from './received';

export function toHaveFailedWith(
  this: jest.MatcherContext,
  received: unknown,
  error: unknown,
  cause?: unknown,
): jest.CustomMatcherResult {
  const execution = executionIn(received);
  if (error === undefined) throw new ExpectationError('toHaveFailedWith(…) needs the name of an error.');
  const wanted = cause instanceof RegExp ? expect.stringMatching(cause) : cause;
  const { matcherHint, printExpected, printReceived } = this.utils;
  const hint = matcherHint('toHaveFailedWith', 'execution', cause === undefined ? 'error' : 'error, cause', {
    isNot: this.isNot === true,
  });
  return {
    pass:
      execution.status !== 'SUCCEEDED' &&
      this.equals(execution.error, error) &&
      (cause === undefined || this.equals(execution.cause, wanted)),
    message: () => {
      const not = this.isNot ? 'not ' : '';
      const ended =
        execution.status === 'SUCCEEDED'
          ? `SUCCEEDED with ${printReceived(execution.output)}`
          : describeOutcome(execution);
      return [
        hint,
        '',
        `Expected error: ${not}${printExpected(error)}`,
        ...(cause === undefined ? [] : [`Expected cause: ${not}${printExpected(cause)}`]),
        `The execution ${ended}`,
        '',
        storyOf(execution),
      ].join('\n');
    },
  };
}
