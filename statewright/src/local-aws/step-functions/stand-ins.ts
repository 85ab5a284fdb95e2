import type { TaskAnswer, TaskCall } from '../../engine/execution/services';

/**
 * Answers a Task state for a service that this account does not have. `resource` is the Task's Resource, where `*`
 * matches any characters: `arn:aws:states:::dynamodb:putItem`, `arn:aws:states:::aws-sdk:s3:*`.
 */
export interface StandIn {
  readonly resource: string;
  /** Answers the call, or returns undefined to pass it to the next stand-in and then to the account's own service. */
  readonly invoke: (call: TaskCall) => TaskAnswer | Promise<TaskAnswer> | undefined;
}

/** The test cases of a mock configuration file. An execution that is started with `ARN#TestCase` uses one. */
export interface TestCases {
  /**
   * Begins a test case for one execution.
   * @throws UserError when the state machine does not have it, or does not have its states
   */
  readonly begin: (
    machine: { readonly name: string; readonly definition: string },
    testCase: string,
  ) => StandIn['invoke'];
}
