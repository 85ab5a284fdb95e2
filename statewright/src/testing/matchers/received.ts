import { UserError } from '../../user-error';
import { TestExecution } from '../test-execution';
import { describeLastError, describePath } from './describe';

/** A matcher received something that is not an execution. */
export class NotAnExecutionError extends UserError {
  override readonly name = 'NotAnExecutionError';
}

/** @throws NotAnExecutionError */
export function executionIn(received: unknown): TestExecution {
  if (received instanceof TestExecution) return received;
  const forgotten = received instanceof Promise ? ' It is a promise: await workflow.run(…) first.' : '';
  throw new NotAnExecutionError(`expect(…) needs the execution that workflow.run returns.${forgotten}`);
}

/** An expectation that no execution could meet or miss. */
export class ExpectationError extends UserError {
  override readonly name = 'ExpectationError';
}

/** The end of every failure's message: the execution's real path and its last error. */
export function storyOf(execution: TestExecution): string {
  const error = describeLastError(execution);
  return [`Path: ${describePath(execution)}`, ...(error === undefined ? [] : [`Last error: ${error}`])].join(
    '\n',
  );
}
