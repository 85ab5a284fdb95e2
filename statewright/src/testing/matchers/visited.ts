import { ExpectationError, executionIn, storyOf } from './received';

export function toHaveVisited(
  this: jest.MatcherContext,
  received: unknown,
  ...states: readonly string[]
): jest.CustomMatcherResult {
  const execution = executionIn(received);
  if (states.length === 0 || !states.every((state) => typeof state === 'string')) {
    throw new ExpectationError('toHaveVisited(…) needs the names of states, one by one.');
  }
  const { matcherHint, EXPECTED_COLOR } = this.utils;
  const hint = matcherHint('toHaveVisited', 'execution', '...states', { isNot: this.isNot === true });
  return {
    pass: execution.hasVisited(states),
    message: () => {
      const expected = `Expected states: ${this.isNot ? 'not ' : ''}${EXPECTED_COLOR(states.join(' → '))}`;
      const missing = states.filter((state) => !execution.visited.includes(state));
      const why =
        missing.length > 0
          ? `Never visited: ${missing.join(', ')}`
          : 'All of them were visited, in another order';
      return [hint, '', expected, ...(this.isNot ? [] : [why]), '', storyOf(execution)].join('\n');
    },
  };
}
