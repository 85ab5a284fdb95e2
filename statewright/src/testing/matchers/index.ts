/** The matchers for executions. Importing this file adds them to `expect`, and to its type. */
import { callSite } from '../call-site';
import { toHaveFailedWith } from './failed';
import { type Calls, toHaveInvoked } from './invoked';
import { toHaveSucceededWith } from './succeeded';
import { toHaveVisited } from './visited';

/** A value, or an asymmetric matcher, such as `expect.stringContaining('…')`: jest types those as any. */
type Expected<T> = T | { asymmetricMatch(other: unknown): boolean };

declare global {
  namespace jest {
    interface Matchers<R, T> {
      /** The execution succeeded, with an output that equals this one; asymmetric matchers may be inside. */
      toHaveSucceededWith(output: unknown): R;
      /**
       * The execution failed, timed out or was aborted with this error; a cause is a text, or a pattern that matches
       * it. Asymmetric matchers will do for both.
       */
      toHaveFailedWith(error: Expected<string>, cause?: Expected<string> | RegExp): R;
      /** The execution went through these states, in this order; others may have come between. */
      toHaveVisited(...states: readonly [string, ...string[]]): R;
      /**
       * A Task, a Lambda function or a resource was invoked: at least once, or exactly so many `times`; counted are the
       * calls `with` an input that equals this one.
       */
      toHaveInvoked(target: import('../targets').CallTarget, calls?: Calls): R;
    }
  }
}

const matchers = { toHaveSucceededWith, toHaveFailedWith, toHaveVisited, toHaveInvoked };
expect.extend(
  Object.fromEntries(Object.entries(matchers).map(([name, matcher]) => [name, atCaller(matcher)])),
);

/** Has the errors of a wrong expectation, such as a misspelt state, point to the test. */
function atCaller(matcher: jest.CustomMatcher): jest.CustomMatcher {
  return function atCall(received, ...expected) {
    try {
      return matcher.call(this, received, ...expected);
    } catch (error) {
      throw callSite(atCall)(error);
    }
  };
}
