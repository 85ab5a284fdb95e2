import { UserError } from '../../user-error';
import { TestedState } from '../state-test/tested-state';
import { TestExecution } from '../test-execution';
import { describeLastError, describePath, describeTest } from './describe';

/** A matcher received something that is not an execution. */
export class NotAnExecutionError extends UserError {
  override readonly name = 'NotAnExecutionError';
}

/** A second sentence for a promise. Its own failure would end the process, and this one would not be seen. */
function forgottenAwait(received: unknown, source: string): string {
  if (!(received instanceof Promise)) return '';
  received.catch(() => {});
  return ` It is a promise: await ${source}(…) first.`;
}

/** @throws NotAnExecutionError */
export function executionIn(received: unknown): TestExecution {
  if (received instanceof TestExecution) return received;
  throw new NotAnExecutionError(
    `The check needs the execution that workflow.run returns.${forgottenAwait(received, 'workflow.run')}`,
  );
}

/** What has a status, an output or an error: an execution, or a state that was tested alone. */
export type Outcome = TestExecution | TestedState;

/** The subject of a sentence that ends with its status. */
export const subjectOf = (outcome: Outcome): string =>
  outcome instanceof TestedState ? 'tested state is' : 'execution';

/** @throws NotAnExecutionError */
export function outcomeIn(received: unknown): Outcome {
  return received instanceof TestedState ? received : executionIn(received);
}

/** @throws NotAnExecutionError */
export function testedStateIn(received: unknown): TestedState {
  if (received instanceof TestedState) return received;
  throw new NotAnExecutionError(
    `The check needs the tested state that testState returns.${forgottenAwait(received, 'testState')}`,
  );
}

/** An expectation that no execution could meet or miss. */
export class ExpectationError extends UserError {
  override readonly name = 'ExpectationError';
}

/** The end of every failure's message: the execution's real path and its last error, or how a tested state ended. */
export function storyOf(execution: Outcome): string {
  if (execution instanceof TestedState) return describeTest(execution);
  const error = describeLastError(execution);
  return [`Path: ${describePath(execution)}`, ...(error === undefined ? [] : [`Last error: ${error}`])].join(
    '\n',
  );
}
