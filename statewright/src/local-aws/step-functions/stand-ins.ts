import type { TaskCall, TaskResult } from '../../engine/execution/services';

/**
 * What answers a Task state in place of a service that this account does not have. `resource` is the Task's Resource,
 * where `*` stands for any characters: `arn:aws:states:::dynamodb:putItem`, `arn:aws:states:::aws-sdk:s3:*`.
 */
export interface StandIn {
  readonly resource: string;
  /** Answers the call, or gives undefined for it to go on to the next stand-in and then to the account's own service. */
  readonly invoke: (call: TaskCall) => TaskResult | Promise<TaskResult> | undefined;
}
