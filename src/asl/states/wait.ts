import type { ExactlyOne } from '../exclusive';
import type { JsonataAssign, JsonataExpression, JsonPath, JsonPathAssign, Timestamp } from '../values';
import type {
  JsonataCommon,
  JsonataNumber,
  JsonataOutput,
  JsonPathCommon,
  JsonPathInputOutput,
  Transition,
} from './fields';

interface JsonPathWaitFields extends JsonPathCommon, JsonPathInputOutput {
  readonly Type: 'Wait';
  readonly Assign?: JsonPathAssign;
}

interface JsonataWaitFields extends JsonataCommon, JsonataOutput {
  readonly Type: 'Wait';
  readonly Assign?: JsonataAssign;
}

/** Waits for a time or until one (States Language specification, "Wait State"). `K`: see `ExactlyOne`. */
export type JsonPathWait<N extends string = string, K extends PropertyKey = string> = JsonPathWaitFields &
  Transition<N, K> &
  ExactlyOne<
    {
      readonly Seconds: number;
      readonly Timestamp: Timestamp;
      readonly SecondsPath: JsonPath;
      readonly TimestampPath: JsonPath;
    },
    K
  >;

/** Waits for a time or until one (States Language specification, "Wait State"). `K`: see `ExactlyOne`. */
export type JsonataWait<N extends string = string, K extends PropertyKey = string> = JsonataWaitFields &
  Transition<N, K> &
  ExactlyOne<{ readonly Seconds: JsonataNumber; readonly Timestamp: Timestamp | JsonataExpression }, K>;
