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

interface JsonPathWaitFields extends JsonPathCommon, JsonPathInputOutput, JsonPathAssign {
  readonly Type: 'Wait';
}

interface JsonataWaitFields extends JsonataCommon, JsonataOutput, JsonataAssign {
  readonly Type: 'Wait';
}

/** Each in the words of the States Language specification, "Wait State". */
interface JsonPathWaitTimes {
  /** How long to wait, in seconds; 0 to 99999999. */
  readonly Seconds?: number;
  /** When to go on, such as `2030-01-31T08:00:00Z`. */
  readonly Timestamp?: Timestamp;
  /** A reference path to how long to wait, in seconds. */
  readonly SecondsPath?: JsonPath;
  /** A reference path to when to go on. */
  readonly TimestampPath?: JsonPath;
}

interface JsonataWaitTimes {
  /** How long to wait, in seconds; 0 to 99999999. */
  readonly Seconds?: JsonataNumber;
  /** When to go on, such as `2030-01-31T08:00:00Z`. */
  readonly Timestamp?: Timestamp | JsonataExpression;
}

/** Waits for a time or until one (States Language specification, "Wait State"). `K`: see `ExactlyOne`. */
export type JsonPathWait<N extends string = string, K extends PropertyKey = string> = JsonPathWaitFields &
  Transition<N, K> &
  ExactlyOne<JsonPathWaitTimes, K>;

/** Waits for a time or until one (States Language specification, "Wait State"). `K`: see `ExactlyOne`. */
export type JsonataWait<N extends string = string, K extends PropertyKey = string> = JsonataWaitFields &
  Transition<N, K> &
  ExactlyOne<JsonataWaitTimes, K>;
