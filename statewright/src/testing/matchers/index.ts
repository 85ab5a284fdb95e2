/** The matchers for executions: `expect(execution).toHaveSucceededWith(…)`, in Jest and in Vitest. */
import { callSite } from '../call-site';
import type { CallTarget } from '../targets';
import { toHaveFailedWith } from './failed';
import { type Calls, toHaveInvoked } from './invoked';
import type { Check, MatcherContext, MatcherResult } from './matcher';
import { toHaveSucceededWith } from './succeeded';
import { toBeRetriable, toHaveCaughtError, toHaveNextState } from './tested-state';
import { toHaveVisited } from './visited';

/** A value, or an asymmetric matcher, such as `expect.stringContaining('…')`: Jest types those as any. */
export type Expected<T> = T | { asymmetricMatch(other: unknown): boolean };

/** The matchers of `expect(execution)` and `expect(testedState)`, in addition to the test runner's own. */
export interface ExecutionMatchers<R> {
  /** The execution, or the tested state, succeeded, with an output that equals this one; asymmetric matchers may be inside. */
  toHaveSucceededWith(output: unknown): R;
  /**
   * The execution, or the tested state, failed, timed out or was aborted with this error; a cause is a text, or a pattern that matches
   * it. Both can be asymmetric matchers.
   */
  toHaveFailedWith(error: Expected<string>, cause?: Expected<string> | RegExp): R;
  /** The execution visited these states in this order; others may be between them. */
  toHaveVisited(...states: readonly [string, ...string[]]): R;
  /**
   * A Task, a Lambda function or a resource was invoked at least once, or exactly `times` times. With `with`, only calls
   * count whose input equals it.
   */
  toHaveInvoked(target: CallTarget, calls?: Calls): R;
  /** The tested state's error was caught, by the catcher that leads to `next`. */
  toHaveCaughtError(error: Expected<string>, next?: Expected<string>): R;
  /** The tested state would be retried, after `seconds` if that is given. */
  toBeRetriable(seconds?: Expected<number>): R;
  /** The tested state leads to the state with this name. */
  toHaveNextState(name: Expected<string>): R;
}

// Both are global names: a project without Jest, or without Vitest, needs none of its types.
declare global {
  namespace jest {
    interface Matchers<R, T> extends ExecutionMatchers<R> {}
  }
  /** The assertions of every version of Vitest extend those of Chai. */
  namespace Chai {
    interface Assertion extends ExecutionMatchers<void> {}
  }
}

/** A matcher's `this` in Jest and in Vitest. */
interface RunnerContext {
  readonly isNot?: boolean;
  readonly expand?: boolean;
  readonly customTesters?: unknown;
  equals(received: unknown, expected: unknown, customTesters?: unknown): boolean;
  readonly utils: {
    matcherHint(matcher: string, received: string, expected: string, options: object): string;
    printExpected(value: unknown): string;
    printReceived(value: unknown): string;
    diff(expected: unknown, received: unknown, options: object): string | null | undefined;
    printDiffOrStringify(...values: unknown[]): string;
  };
}

type Matcher = (this: RunnerContext, received: unknown, ...expected: never[]) => MatcherResult;

/** `expect` of Jest or Vitest. They type the parameter differently. */
export interface Extendable {
  extend(matchers: never): void;
}

const checks = {
  toHaveSucceededWith,
  toHaveFailedWith,
  toHaveVisited,
  toHaveInvoked,
  toHaveCaughtError,
  toBeRetriable,
  toHaveNextState,
};

/** Adds the matchers for executions to a test runner's `expect`. */
export function addMatchers(expect: Extendable): void {
  const matchers = Object.fromEntries(Object.entries(checks).map(([name, check]) => [name, matcher(check)]));
  expect.extend(matchers as never);
}

function matcher(check: Check<never[]>): Matcher {
  return function atCall(received, ...expected) {
    try {
      return check(contextOf(this), received, ...expected);
    } catch (error) {
      // A wrong expectation, such as one with a misspelt state: the error points to the test.
      throw callSite(atCall)(error);
    }
  };
}

function contextOf(runner: RunnerContext): MatcherContext {
  const { utils } = runner;
  const isNot = runner.isNot === true;
  return {
    isNot,
    equals: (received, expected) => runner.equals(received, expected, runner.customTesters),
    hint: (name, parameters, received = 'execution') =>
      utils.matcherHint(name, received, parameters, { isNot }),
    printExpected: utils.printExpected,
    printReceived: utils.printReceived,
    difference: (expected, received, what) => {
      const labels = [`Expected ${what}`, `Received ${what}`] as const;
      const expand = runner.expand !== false;
      // Vitest's function of this name has other parameters.
      if (process.env.VITEST === undefined) {
        return utils.printDiffOrStringify(expected, received, ...labels, expand);
      }
      const [aAnnotation, bAnnotation] = labels;
      return (
        utils.diff(expected, received, { aAnnotation, bAnnotation, expand }) ??
        `${aAnnotation}: ${utils.printExpected(expected)}\n${bAnnotation}: ${utils.printReceived(received)}`
      );
    },
  };
}
