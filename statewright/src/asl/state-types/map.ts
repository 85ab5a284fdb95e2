import type { AtMostOne, ExactlyOne } from '../exclusive';
import type {
  JsonataAssign,
  JsonataExpression,
  JsonObject,
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
  Transition,
} from './fields';
import type { JsonataDistributedFields, JsonPathDistributedFields } from './map-distributed';

/** A processor that runs each item inside the execution itself; the default. */
export interface InlineProcessor {
  /** Where the iterations run (Developer Guide, "Map workflow state"); inside the execution by default. */
  readonly ProcessorConfig?: { readonly Mode?: 'INLINE' };
}

/** A processor that runs each item, or batch of items, as a child execution. */
export interface DistributedProcessor {
  /** Where the iterations run, and how (Developer Guide, "Using Map state in Distributed mode"). */
  readonly ProcessorConfig: { readonly Mode: 'DISTRIBUTED'; readonly ExecutionType: 'STANDARD' | 'EXPRESS' };
}

interface JsonPathMapFields<N extends string>
  extends JsonPathCommon,
    JsonPathInputOutput,
    JsonPathResultSelector,
    JsonPathAssign,
    JsonPathErrorHandling<N> {
  readonly Type: 'Map';
  /** A reference path to the array to go through; the whole input by default. */
  readonly ItemsPath?: JsonPath;
}

interface JsonataMapFields<N extends string>
  extends JsonataCommon,
    JsonataOutput,
    JsonataAssign,
    JsonataErrorHandling<N> {
  readonly Type: 'Map';
  /** The array, or the object, to go through; the whole input by default. */
  readonly Items?: readonly JsonValue[] | JsonObject | JsonataExpression;
  /** What each iteration gets in place of its item; the item is `$states.context.Map.Item.Value`. */
  readonly ItemSelector?: JsonObject | JsonataExpression;
  /** How many iterations run at once; 0, the default, for as many as the service runs. */
  readonly MaxConcurrency?: JsonataNumber;
  /** How many items in a hundred may fail, 0 to 100, before the state does. */
  readonly ToleratedFailurePercentage?: JsonataNumber;
  /** How many items may fail before the state does. */
  readonly ToleratedFailureCount?: JsonataNumber;
}

interface Processors<Processor> {
  /** What runs for each item: a scope of its own, whose states name only each other. */
  readonly ItemProcessor?: Processor;
  /** ItemProcessor, as it was called before. */
  readonly Iterator?: Processor;
}

interface Selectors {
  /** What each iteration gets in place of its item; the item is `$$.Map.Item.Value`. */
  readonly ItemSelector?: PayloadTemplate;
  /** ItemSelector, as it was called before. */
  readonly Parameters?: PayloadTemplate;
}

interface Concurrency {
  /** How many iterations run at once; 0, the default, for as many as the service runs. */
  readonly MaxConcurrency?: number;
  /** A reference path to how many iterations run at once. */
  readonly MaxConcurrencyPath?: JsonPath;
}

interface FailurePercentage {
  /** How many items in a hundred may fail, 0 to 100, before the state does. */
  readonly ToleratedFailurePercentage?: number;
  /** A reference path to how many items in a hundred may fail. */
  readonly ToleratedFailurePercentagePath?: JsonPath;
}

interface FailureCount {
  /** How many items may fail before the state does. */
  readonly ToleratedFailureCount?: number;
  /** A reference path to how many items may fail. */
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
  (Processor extends DistributedProcessor ? JsonPathDistributedFields : unknown);

/**
 * Runs its processor for each item of an array (States Language specification, "Map State"); as child executions when
 * the processor is distributed (Developer Guide, "Using Map state in Distributed mode"). `K`: see `ExactlyOne`.
 */
export type JsonataMap<N extends string, Processor, K extends PropertyKey> = JsonataMapFields<N> &
  Transition<N, K> &
  ExactlyOne<Processors<Processor>, K> &
  (Processor extends DistributedProcessor ? JsonataDistributedFields : unknown);
