/** The functions of the test runner that a check needs. */
export interface MatcherContext {
  /** Whether the check is expected to fail: `expect(…).not`. */
  readonly isNot: boolean;
  equals(received: unknown, expected: unknown): boolean;
  /** The first line of a message: `expect(execution).toHaveVisited(...states)`. @param received default: `execution` */
  hint(matcher: string, parameters: string, received?: string): string;
  printExpected(value: unknown): string;
  printReceived(value: unknown): string;
  /** An expected and a received value, or their difference, with the lines' labels `Expected ${what}` and `Received ${what}`. */
  difference(expected: unknown, received: unknown, what: string): string;
}

export interface MatcherResult {
  readonly pass: boolean;
  readonly message: () => string;
}

/**
 * A check of an execution, one for each expectation. `toHave…` of Jest and Vitest and the functions `assert…` are built
 * from it.
 *
 * @throws UserError for an expectation that cannot be checked, such as one about a misspelt state
 */
export type Check<Expected extends readonly unknown[]> = (
  context: MatcherContext,
  received: unknown,
  ...expected: Expected
) => MatcherResult;
