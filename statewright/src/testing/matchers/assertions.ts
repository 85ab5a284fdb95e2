/** The checks of executions as functions, for `node:test` and any other test runner. */
import { AssertionError } from 'node:assert';
import { inspect, isDeepStrictEqual } from 'node:util';
import { callSite } from '../call-site';
import type { TestedState } from '../state-test/tested-state';
import type { CallTarget } from '../targets';
import type { TestExecution } from '../test-execution';
import { toHaveFailedWith } from './failed';
import { type Calls, toHaveInvoked } from './invoked';
import type { MatcherContext, MatcherResult } from './matcher';
import type { Outcome } from './received';
import { toHaveSucceededWith } from './succeeded';
import { toBeRetriable, toHaveCaughtError, toHaveNextState } from './tested-state';
import { toHaveVisited } from './visited';

/**
 * The execution succeeded, with an output that is deeply equal to this one.
 * @throws AssertionError with the path that the execution took, as the functions below do
 */
export function assertSucceededWith(execution: Outcome, output: unknown): void {
  assertThat(assertSucceededWith, (context) => toHaveSucceededWith(context, execution, output), {
    actual: execution.output,
    expected: output,
  });
}

/** The execution failed, timed out or was aborted with this error; a cause is a text, or a pattern that matches it. */
export function assertFailedWith(execution: Outcome, error: string, cause?: string | RegExp): void {
  assertThat(assertFailedWith, (context) => toHaveFailedWith(context, execution, error, cause), {
    actual: execution.error,
    expected: error,
  });
}

/** The execution visited these states in this order; others may be between them. */
export function assertVisited(execution: TestExecution, ...states: readonly [string, ...string[]]): void {
  assertThat(assertVisited, (context) => toHaveVisited(context, execution, ...states));
}

/** The execution did not visit these states in this order. With one state: it never visited it. */
export function assertNotVisited(execution: TestExecution, ...states: readonly [string, ...string[]]): void {
  assertThatNot(assertNotVisited, (context) => toHaveVisited(context, execution, ...states));
}

/**
 * A Task, a Lambda function or a resource was invoked at least once, or exactly `times` times. With `with`, only calls count
 * whose input is deeply equal to it.
 */
export function assertInvoked(execution: TestExecution, target: CallTarget, calls?: Calls): void {
  assertThat(assertInvoked, (context) => toHaveInvoked(context, execution, target, calls));
}

/** A Task, a Lambda function or a resource was never invoked, or never `with` an input that is deeply equal to this one. */
export function assertNotInvoked(execution: TestExecution, target: CallTarget, calls?: Calls): void {
  assertThatNot(assertNotInvoked, (context) => toHaveInvoked(context, execution, target, calls));
}

/** The tested state's error was caught, by the catcher that leads to `next`. */
export function assertCaughtError(tested: TestedState, error: string, next?: string): void {
  assertThat(assertCaughtError, (context) => toHaveCaughtError(context, tested, error, next));
}

/** The tested state would be retried, after `seconds` if that is given. */
export function assertRetriable(tested: TestedState, seconds?: number): void {
  assertThat(assertRetriable, (context) => toBeRetriable(context, tested, seconds));
}

/** The tested state leads to the state with this name. */
export function assertNextState(tested: TestedState, name: string): void {
  assertThat(assertNextState, (context) => toHaveNextState(context, tested, name));
}

type Assertion = (...values: never[]) => void;
type Checked = (context: MatcherContext) => MatcherResult;

function assertThat(assertion: Assertion, check: Checked, values: object = {}): void {
  const { pass, message } = result(assertion, check, false);
  if (!pass) throw failure(assertion, message(), values);
}

function assertThatNot(assertion: Assertion, check: Checked): void {
  const { pass, message } = result(assertion, check, true);
  if (pass) throw failure(assertion, message());
}

function result(assertion: Assertion, check: Checked, isNot: boolean): MatcherResult {
  try {
    return check({
      isNot,
      equals: isDeepStrictEqual,
      hint: (_matcher, parameters, received = 'execution') => `${assertion.name}(${received}, ${parameters})`,
      printExpected: print,
      printReceived: print,
      difference: (expected, received, what) =>
        `Expected ${what}: ${print(expected)}\nReceived ${what}: ${print(received)}`,
    });
  } catch (error) {
    throw callSite(assertion)(error);
  }
}

const print = (value: unknown) => inspect(value, { depth: null });

const failure = (assertion: Assertion, message: string, values: object = {}) =>
  new AssertionError({ message, operator: assertion.name, stackStartFn: assertion, ...values });
