import type { AtMostOne } from '../exclusive';
import type { Intrinsic, JsonPath } from '../values';
import type { JsonataCommon, JsonPathCommon } from './fields';

interface JsonPathFailFields extends JsonPathCommon {
  readonly Type: 'Fail';
}

interface ErrorFields {
  /** The name of the error, which a Catch or a Retry around the state may match. */
  readonly Error?: string;
  /** A reference path or an intrinsic function that gives the name of the error. */
  readonly ErrorPath?: JsonPath | Intrinsic;
}

interface CauseFields {
  /** What happened, for people. */
  readonly Cause?: string;
  /** A reference path or an intrinsic function that gives the cause. */
  readonly CausePath?: JsonPath | Intrinsic;
}

/** Ends the execution with an error (States Language specification, "Fail State"). `K`: see `ExactlyOne`. */
export type JsonPathFail<K extends PropertyKey = string> = JsonPathFailFields &
  AtMostOne<ErrorFields, K> &
  AtMostOne<CauseFields, K>;

/** Ends the execution with an error (States Language specification, "Fail State"). */
export interface JsonataFail extends JsonataCommon {
  readonly Type: 'Fail';
  /** The name of the error, or a JSONata expression that gives it. */
  readonly Error?: string;
  /** What happened, for people; or a JSONata expression that says it. */
  readonly Cause?: string;
}
