import type { JsonataAssign, JsonPathAssign, JsonValue, PayloadTemplate } from '../values';
import type {
  JsonataCommon,
  JsonataOutput,
  JsonPathCommon,
  JsonPathInputOutput,
  JsonPathResult,
  Transition,
} from './fields';

interface JsonPathPassFields extends JsonPathCommon, JsonPathInputOutput, JsonPathResult {
  readonly Type: 'Pass';
  /** What the state puts out; taken as it stands, with no paths in it. */
  readonly Result?: JsonValue;
  readonly Parameters?: PayloadTemplate;
  readonly Assign?: JsonPathAssign;
}

interface JsonataPassFields extends JsonataCommon, JsonataOutput {
  readonly Type: 'Pass';
  readonly Assign?: JsonataAssign;
}

/** Passes its input on, or a fixed result (States Language specification, "Pass State"). `K`: see `ExactlyOne`. */
export type JsonPathPass<N extends string = string, K extends PropertyKey = string> = JsonPathPassFields &
  Transition<N, K>;

/** Passes its input on, or what `Output` computes (States Language specification, "Pass State"). `K`: see `ExactlyOne`. */
export type JsonataPass<N extends string = string, K extends PropertyKey = string> = JsonataPassFields &
  Transition<N, K>;
