import type { AtMostOne, OneOf } from '../exclusive';
import type { Token } from '../token';
import type { Intrinsic, JsonataAssign, JsonataExpression, JsonPath, JsonPathAssign } from '../values';
import type { JsonataErrorHandling, JsonPathErrorHandling } from './errors';
import type {
  JsonataArguments,
  JsonataCommon,
  JsonataNumber,
  JsonataOutput,
  JsonPathCommon,
  JsonPathInputOutput,
  JsonPathParameters,
  JsonPathResultSelector,
  Transition,
} from './fields';

interface TaskFields {
  readonly Type: 'Task';
  /** A Lambda function's or an activity's ARN, or a service integration such as `arn:aws:states:::lambda:invoke`. */
  readonly Resource: string | Token;
}

interface JsonPathRole {
  /** The ARN of the role. */
  readonly RoleArn: string | Token;
  /** A path or an intrinsic function that returns the ARN of the role. */
  readonly 'RoleArn.$': JsonPath | Intrinsic;
}

interface JsonPathTaskFields<N extends string>
  extends TaskFields,
    JsonPathCommon,
    JsonPathInputOutput,
    JsonPathParameters,
    JsonPathResultSelector,
    JsonPathAssign,
    JsonPathErrorHandling<N> {
  /** The role that the task assumes instead of the state machine's own (specification, "Task State", Credentials). */
  readonly Credentials?: OneOf<JsonPathRole>;
}

interface JsonataTaskFields<N extends string>
  extends TaskFields,
    JsonataCommon,
    JsonataArguments,
    JsonataOutput,
    JsonataAssign,
    JsonataErrorHandling<N> {
  /** The role that the task assumes instead of the state machine's own (specification, "Task State", Credentials). */
  readonly Credentials?: { readonly RoleArn: string | Token | JsonataExpression };
  /** The timeout of the task in seconds, 1 to 99999999. After it, the task fails with States.Timeout. */
  readonly TimeoutSeconds?: JsonataNumber;
  /** The longest time without a heartbeat in seconds, less than TimeoutSeconds; else States.HeartbeatTimeout. */
  readonly HeartbeatSeconds?: JsonataNumber;
}

interface Timeout {
  /** The timeout of the task in seconds, 1 to 99999999. After it, the task fails with States.Timeout. */
  readonly TimeoutSeconds?: number | Token;
  /** A reference path to the timeout of the task in seconds. */
  readonly TimeoutSecondsPath?: JsonPath;
}

interface Heartbeat {
  /** The longest time without a heartbeat in seconds, less than TimeoutSeconds; else States.HeartbeatTimeout. */
  readonly HeartbeatSeconds?: number | Token;
  /** A reference path to the longest time without a heartbeat, in seconds. */
  readonly HeartbeatSecondsPath?: JsonPath;
}

/** Does one unit of work (States Language specification, "Task State"). `K`: see `ExactlyOne`. */
export type JsonPathTask<N extends string = string, K extends PropertyKey = string> = JsonPathTaskFields<N> &
  Transition<N, K> &
  AtMostOne<Timeout, K> &
  AtMostOne<Heartbeat, K>;

/** Does one unit of work (States Language specification, "Task State"). `K`: see `ExactlyOne`. */
export type JsonataTask<N extends string = string, K extends PropertyKey = string> = JsonataTaskFields<N> &
  Transition<N, K>;
