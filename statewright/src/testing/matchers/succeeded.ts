import { describeOutcome } from './describe';
import { executionIn, storyOf } from './received';

export function toHaveSucceededWith(
  this: jest.MatcherContext,
  received: unknown,
  output: unknown,
): jest.CustomMatcherResult {
  const execution = executionIn(received);
  const succeeded = execution.status === 'SUCCEEDED';
  const { matcherHint, printExpected, printDiffOrStringify } = this.utils;
  const hint = matcherHint('toHaveSucceededWith', 'execution', 'output', { isNot: this.isNot === true });
  return {
    pass: succeeded && this.equals(execution.output, output, this.customTesters),
    message: () => {
      const account = this.isNot
        ? `Expected output: not ${printExpected(output)}`
        : succeeded
          ? printDiffOrStringify(
              output,
              execution.output,
              'Expected output',
              'Received output',
              this.expand !== false,
            )
          : `Expected output: ${printExpected(output)}\nThe execution ${describeOutcome(execution)}`;
      return `${hint}\n\n${account}\n\n${storyOf(execution)}`;
    },
  };
}
