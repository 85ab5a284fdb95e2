import { describeOutcome } from './describe';
import type { Check } from './matcher';
import { outcomeIn, storyOf, subjectOf } from './received';

export const toHaveSucceededWith: Check<[output: unknown]> = (context, received, output) => {
  const execution = outcomeIn(received);
  const succeeded = execution.status === 'SUCCEEDED';
  return {
    pass: succeeded && context.equals(execution.output, output),
    message: () => {
      const expected = context.printExpected(output);
      const account = context.isNot
        ? `Expected output: not ${expected}`
        : succeeded
          ? context.difference(output, execution.output, 'output')
          : `Expected output: ${expected}\nThe ${subjectOf(execution)} ${describeOutcome(execution)}`;
      return `${context.hint('toHaveSucceededWith', 'output')}\n\n${account}\n\n${storyOf(execution)}`;
    },
  };
};
