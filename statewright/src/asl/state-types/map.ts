import type { AtMostOne, ExactlyOne } from '../exclusive';
import type { Token } from '../token';
import type {
  JsonataAssign,
  JsonataExpression,
  JsonObject,
  JsonPath,
  JsonPathAssign,
  JsonValue,
  PayloadTemplateValue,
} from '../values';
import type { JsonataErrorHandling, JsonPathErrorHandling } from './errors';
import type {
  JsonataCommon,
  JsonataNumber,
  JsonataOutput,
  JsonPathCommon,
  JsonPathInputOutput,
  JsonPathResultSelector,
  Transition,
} from './fields';
import type { JsonataDistributedFields, JsonPathDistributedFields } from './map-distributed';

/** A processor that runs each item inside the execution itself (the default). */
export interface InlineProcessor {
  /** Where the iterations run (default: inside the execution; Developer Guide, "Map workflow state"). */
  readonly ProcessorConfig?: { readonly Mode?: 'INLINE' };
}

/** A processor that runs each item, or batch of items, as a child execution. */
export interface DistributedProcessor {
  /** Where the iterations run, and how (Developer Guide, "Using Map state in Distributed mode"). */
  readonly ProcessorConfig: { readonly Mode: 'DISTRIBUTED'; readonly ExecutionType: 'STANDARD' | 'EXPRESS' };
}

/** The fields of a literal that only a distributed Map has. `K`: see `ExactlyOne`. */
type NotInline<K extends PropertyKey> = {
  readonly [F in Extract<
    K,
    keyof JsonPathDistributedFields
  >]: "only with ProcessorConfig: { Mode: 'DISTRIBUTED' }";
};

interface JsonPathMapFields<N extends string>
  extends JsonPathCommon,
    JsonPathInputOutput,
    JsonPathResultSelector,
    JsonPathAssign,
    JsonPathErrorHandling<N> {
  readonly Type: 'Map';
  /** A reference path to the array of items (default: the whole input). */
  readonly ItemsPath?: JsonPath;
}

interface JsonataMapFields<N extends string>
  extends JsonataCommon,
    JsonataOutput,
    JsonataAssign,
    JsonataErrorHandling<N> {
  readonly Type: 'Map';
  /** The array or the object with the items (default: the whole input). */
  readonly Items?: readonly JsonValue[] | JsonObject | Token | JsonataExpression;
  /** What each iteration gets in place of its item; the item is `$states.context.Map.Item.Value`. */
  readonly ItemSelector?: JsonObject | Token | JsonataExpression;
  /** The maximum number of concurrent iterations (default: 0, no limit but the service's own). */
  readonly MaxConcurrency?: JsonataNumber;
  /** The percentage of items that may fail, 0 to 100, before the state fails. */
  readonly ToleratedFailurePercentage?: JsonataNumber;
  /** The number of items that may fail before the state fails. */
  readonly ToleratedFailureCount?: JsonataNumber;
}

interface Processors<Processor> {
  /** What runs for each item: a scope of its own, whose states can only name each other. */
  readonly ItemProcessor?: Processor;
  /** The former name of ItemProcessor. */
  readonly Iterator?: Processor;
}

interface Selectors {
  /** What each iteration gets in place of its item; the item is `$$.Map.Item.Value`. */
  readonly ItemSelector?: PayloadTemplateValue | Token;
  /** The former name of ItemSelector. */
  readonly Parameters?: PayloadTemplateValue | Token;
}

interface Concurrency {
  /** The maximum number of concurrent iterations (default: 0, no limit but the service's own). */
  readonly MaxConcurrency?: number | Token;
  /** A reference path to the maximum number of concurrent iterations. */
  readonly MaxConcurrencyPath?: JsonPath;
}

interface FailurePercentage {
  /** The percentage of items that may fail, 0 to 100, before the state fails. */
  readonly ToleratedFailurePercentage?: number | Token;
  /** A reference path to the percentage of items that may fail. */
  readonly ToleratedFailurePercentagePath?: JsonPath;
}

interface FailureCount {
  /** The number of items that may fail before the state fails. */
  readonly ToleratedFailureCount?: number | Token;
  /** A reference path to the number of items that may fail. */
  readonly ToleratedFailureCountPath?: JsonPath;
}

/**
 * Runs its processor for each item of an array (States Language specification, "Map State"); as child executions when
 * the processor is distributed (Developer Guide, "Using Map state in Distributed mode"). `K`: see `ExactlyOne`.
 */
export type JsonPathMap<N extends string, Processor, K extends PropertyKey> = JsonPathMapFields<N> &
  Transition<N, K> &
  ExactlyOne<Processors<Processor>, K> &
  AtMostOne<Concurrency, K> &
  AtMostOne<FailurePercentage, K> &
  AtMostOne<FailureCount, K> &
  AtMostOne<Selectors, K> &
  (Processor extends InlineProcessor ? NotInline<K> : JsonPathDistributedFields);

/**
 * Runs its processor for each item of an array (States Language specification, "Map State"); as child executions when
 * the processor is distributed (Developer Guide, "Using Map state in Distributed mode"). `K`: see `ExactlyOne`.
 */
export type JsonataMap<N extends string, Processor, K extends PropertyKey> = JsonataMapFields<N> &
  Transition<N, K> &
  ExactlyOne<Processors<Processor>, K> &
  (Processor extends InlineProcessor ? NotInline<K> : JsonataDistributedFields);
