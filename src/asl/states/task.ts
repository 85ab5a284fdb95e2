import type { OneOf } from '../exclusive';
import type {
  Intrinsic,
  JsonataAssign,
  JsonataExpression,
  JsonPath,
  JsonPathAssign,
  JsonValue,
  PayloadTemplate,
} from '../values';
import type { JsonataErrorHandling, JsonPathErrorHandling } from './errors';
import type {
  JsonataCommon,
  JsonataNumber,
  JsonataOutput,
  JsonPathCommon,
  JsonPathInputOutput,
  JsonPathResultSelector,
  NumberOrPath,
  Transition,
} from './fields';

interface TaskFields {
  readonly Type: 'Task';
  /** A Lambda function's or an activity's ARN, or a service integration such as `arn:aws:states:::lambda:invoke`. */
  readonly Resource: string;
}

interface JsonPathTaskFields<N extends string>
  extends TaskFields,
    JsonPathCommon,
    JsonPathInputOutput,
    JsonPathResultSelector,
    JsonPathErrorHandling<N> {
  readonly Parameters?: PayloadTemplate;
  /** The role that the task runs with in place of the state machine's own. */
  readonly Credentials?: OneOf<{ readonly RoleArn: string; readonly 'RoleArn.$': JsonPath | Intrinsic }>;
  readonly Assign?: JsonPathAssign;
}

interface JsonataTaskFields<N extends string>
  extends TaskFields,
    JsonataCommon,
    JsonataOutput,
    JsonataErrorHandling<N> {
  readonly Arguments?: JsonValue;
  /** The role that the task runs with in place of the state machine's own. */
  readonly Credentials?: { readonly RoleArn: string | JsonataExpression };
  readonly TimeoutSeconds?: JsonataNumber;
  readonly HeartbeatSeconds?: JsonataNumber;
  readonly Assign?: JsonataAssign;
}

/** Does one unit of work (States Language specification, "Task State"). `K`: see `ExactlyOne`. */
export type JsonPathTask<N extends string = string, K extends PropertyKey = string> = JsonPathTaskFields<N> &
  Transition<N, K> &
  NumberOrPath<'TimeoutSeconds', K> &
  NumberOrPath<'HeartbeatSeconds', K>;

/** Does one unit of work (States Language specification, "Task State"). `K`: see `ExactlyOne`. */
export type JsonataTask<N extends string = string, K extends PropertyKey = string> = JsonataTaskFields<N> &
  Transition<N, K>;
