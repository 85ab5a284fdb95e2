import type { ExactlyOne } from '../exclusive';
import type { Token } from '../token';
import type { JsonataAssign, JsonataExpression, JsonPath, JsonPathAssign, Timestamp } from '../values';
import type {
  JsonataCommon,
  JsonataNumber,
  JsonataOutput,
  JsonPathCommon,
  JsonPathInputOutput,
  Transition,
} from './fields';

interface JsonPathWaitFields extends JsonPathCommon, JsonPathInputOutput, JsonPathAssign {
  readonly Type: 'Wait';
}

interface JsonataWaitFields extends JsonataCommon, JsonataOutput, JsonataAssign {
  readonly Type: 'Wait';
}

/** The four fields of a Wait (States Language specification, "Wait State"). */
interface JsonPathWaitTimes {
  /** The time to wait in seconds, 0 to 99999999. */
  readonly Seconds?: number | Token;
  /** The time to wait until, such as `2030-01-31T08:00:00Z`. */
  readonly Timestamp?: Timestamp | Token;
  /** A reference path to the time to wait in seconds. */
  readonly SecondsPath?: JsonPath;
  /** A reference path to the time to wait until. */
  readonly TimestampPath?: JsonPath;
}

interface JsonataWaitTimes {
  /** The time to wait in seconds, 0 to 99999999. */
  readonly Seconds?: JsonataNumber;
  /** The time to wait until, such as `2030-01-31T08:00:00Z`. */
  readonly Timestamp?: Timestamp | Token | JsonataExpression;
}

/** Waits for some seconds, or until a timestamp (States Language specification, "Wait State"). `K`: see `ExactlyOne`. */
export type JsonPathWait<N extends string = string, K extends PropertyKey = string> = JsonPathWaitFields &
  Transition<N, K> &
  ExactlyOne<JsonPathWaitTimes, K>;

/** Waits for some seconds, or until a timestamp (States Language specification, "Wait State"). `K`: see `ExactlyOne`. */
export type JsonataWait<N extends string = string, K extends PropertyKey = string> = JsonataWaitFields &
  Transition<N, K> &
  ExactlyOne<JsonataWaitTimes, K>;
