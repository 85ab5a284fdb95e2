import { UserError } from '../../user-error';
import { TestExecution } from '../test-execution';
import { describeLastError, describePath } from './describe';

/** A matcher that was handed something that is no execution. */
export class NotAnExecutionError extends UserError {
  override readonly name = 'NotAnExecutionError';
}

/** @throws NotAnExecutionError */
export function executionIn(received: unknown): TestExecution {
  if (received instanceof TestExecution) return received;
  const forgotten = received instanceof Promise ? ' It is a promise: await workflow.run(…) first.' : '';
  throw new NotAnExecutionError(`expect(…) needs the execution that workflow.run gives.${forgotten}`);
}

/** An expectation that cannot be met or missed, whatever happened. */
export class ExpectationError extends UserError {
  override readonly name = 'ExpectationError';
}

/** What every failure's message ends with: the way that the execution really took, and its last error. */
export function storyOf(execution: TestExecution): string {
  const error = describeLastError(execution);
  return [`Path: ${describePath(execution)}`, ...(error === undefined ? [] : [`Last error: ${error}`])].join(
    '\n',
  );
}
