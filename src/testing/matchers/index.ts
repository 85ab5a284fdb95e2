/** The matchers for executions. Importing this file adds them to `expect`, and to its type. */
import { toHaveFailedWith } from './failed';
import { type Calls, toHaveInvoked } from './invoked';
import { toHaveSucceededWith } from './succeeded';
import { toHaveVisited } from './visited';

declare global {
  namespace jest {
    interface Matchers<R, T> {
      /** The execution succeeded, with an output that equals this one; asymmetric matchers may be inside. */
      toHaveSucceededWith(output: unknown): R;
      /**
       * The execution failed, timed out or was aborted with this error; a cause is a text, or a pattern that matches
       * it. Asymmetric matchers will do for both.
       */
      toHaveFailedWith(error: unknown, cause?: unknown): R;
      /** The execution went through these states, in this order; others may have come between. */
      toHaveVisited(...states: readonly string[]): R;
      /**
       * A Task, a Lambda function or a resource was invoked: at least once, or exactly so many `times`; counted are the
       * calls `with` an input that equals this one.
       */
      toHaveInvoked(target: import('../targets').Target, calls?: Calls): R;
    }
  }
}

expect.extend({ toHaveSucceededWith, toHaveFailedWith, toHaveVisited, toHaveInvoked });
