import type { JsonataAssign, JsonPathAssign, JsonValue } from '../values';
import type {
  JsonataCommon,
  JsonataOutput,
  JsonPathCommon,
  JsonPathInputOutput,
  JsonPathParameters,
  JsonPathResult,
  Transition,
} from './fields';

interface JsonPathPassFields
  extends JsonPathCommon,
    JsonPathInputOutput,
    JsonPathParameters,
    JsonPathResult,
    JsonPathAssign {
  readonly Type: 'Pass';
  /** The fixed result; paths in it are not read (States Language specification, "Pass State"). */
  readonly Result?: JsonValue;
}

interface JsonataPassFields extends JsonataCommon, JsonataOutput, JsonataAssign {
  readonly Type: 'Pass';
}

/** Passes its input on, or a fixed result (States Language specification, "Pass State"). `K`: see `ExactlyOne`. */
export type JsonPathPass<N extends string = string, K extends PropertyKey = string> = JsonPathPassFields &
  Transition<N, K>;

/** Passes its input on, or what `Output` computes (States Language specification, "Pass State"). `K`: see `ExactlyOne`. */
export type JsonataPass<N extends string = string, K extends PropertyKey = string> = JsonataPassFields &
  Transition<N, K>;
