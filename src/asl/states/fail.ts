import type { AtMostOne } from '../exclusive';
import type { Intrinsic, JsonPath } from '../values';
import type { JsonataCommon, JsonPathCommon } from './fields';

interface JsonPathFailFields extends JsonPathCommon {
  readonly Type: 'Fail';
}

/** Ends the execution with an error (States Language specification, "Fail State"). `K`: see `ExactlyOne`. */
export type JsonPathFail<K extends PropertyKey = string> = JsonPathFailFields &
  AtMostOne<{ readonly Error: string; readonly ErrorPath: JsonPath | Intrinsic }, K> &
  AtMostOne<{ readonly Cause: string; readonly CausePath: JsonPath | Intrinsic }, K>;

/** Ends the execution with an error (States Language specification, "Fail State"). */
export interface JsonataFail extends JsonataCommon {
  readonly Type: 'Fail';
  /** A text, or a JSONata expression that gives one. */
  readonly Error?: string;
  /** A text, or a JSONata expression that gives one. */
  readonly Cause?: string;
}
