import type { Check } from './matcher';
import { ExpectationError, executionIn, storyOf } from './received';

export const toHaveVisited: Check<readonly string[]> = (context, received, ...states) => {
  const execution = executionIn(received);
  if (states.length === 0 || !states.every((state) => typeof state === 'string')) {
    throw new ExpectationError('toHaveVisited(…) needs the names of states, one by one.');
  }
  return {
    pass: execution.hasVisited(states),
    message: () => {
      const expected = `Expected states: ${context.isNot ? 'not ' : ''}${states.join(' → ')}`;
      const missing = states.filter((state) => !execution.visited.includes(state));
      const why =
        missing.length > 0
          ? `Never visited: ${missing.join(', ')}`
          : 'All of them were visited, but in another order';
      const hint = context.hint('toHaveVisited', '...states');
      return [hint, '', expected, ...(context.isNot ? [] : [why]), '', storyOf(execution)].join('\n');
    },
  };
};
