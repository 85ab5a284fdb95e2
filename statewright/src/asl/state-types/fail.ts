import type { AtMostOne } from '../exclusive';
import type { Token } from '../token';
import type { Intrinsic, JsonPath } from '../values';
import type { JsonataCommon, JsonPathCommon } from './fields';

interface JsonPathFailFields extends JsonPathCommon {
  readonly Type: 'Fail';
}

interface ErrorFields {
  /** The name of the error, for a Catch or a Retry of the state around it. */
  readonly Error?: string | Token;
  /** A reference path or an intrinsic function that returns the name of the error. */
  readonly ErrorPath?: JsonPath | Intrinsic;
}

interface CauseFields {
  /** A description of the error. */
  readonly Cause?: string | Token;
  /** A reference path or an intrinsic function that returns the cause. */
  readonly CausePath?: JsonPath | Intrinsic;
}

/** Ends the execution with an error (States Language specification, "Fail State"). `K`: see `ExactlyOne`. */
export type JsonPathFail<K extends PropertyKey = string> = JsonPathFailFields &
  AtMostOne<ErrorFields, K> &
  AtMostOne<CauseFields, K>;

/** Ends the execution with an error (States Language specification, "Fail State"). */
export interface JsonataFail extends JsonataCommon {
  readonly Type: 'Fail';
  /** The name of the error, or a JSONata expression that returns it. */
  readonly Error?: string | Token;
  /** A description of the error, or a JSONata expression that returns one. */
  readonly Cause?: string | Token;
}
