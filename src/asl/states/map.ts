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
  NumberOrPath,
  Transition,
} from './fields';
import type {
  JsonataItemBatcher,
  JsonataItemReader,
  JsonataResultWriter,
  JsonPathItemBatcher,
  JsonPathItemReader,
  JsonPathResultWriter,
} from './map-distributed';

/** A processor that runs each item inside the execution itself; the default. */
export interface InlineProcessor {
  readonly ProcessorConfig?: { readonly Mode?: 'INLINE' };
}

/** A processor that runs each item, or batch of items, as a child execution. */
export interface DistributedProcessor {
  readonly ProcessorConfig: { readonly Mode: 'DISTRIBUTED'; readonly ExecutionType: 'STANDARD' | 'EXPRESS' };
}

interface JsonPathMapFields<N extends string>
  extends JsonPathCommon,
    JsonPathInputOutput,
    JsonPathResultSelector,
    JsonPathErrorHandling<N> {
  readonly Type: 'Map';
  /** The array to go through; the whole input by default. */
  readonly ItemsPath?: JsonPath;
  readonly Assign?: JsonPathAssign;
}

interface JsonataMapFields<N extends string> extends JsonataCommon, JsonataOutput, JsonataErrorHandling<N> {
  readonly Type: 'Map';
  /** The array, or the object, to go through; the whole input by default. */
  readonly Items?: readonly JsonValue[] | JsonObject | JsonataExpression;
  readonly ItemSelector?: JsonObject | JsonataExpression;
  readonly MaxConcurrency?: JsonataNumber;
  /** In percent, 0 to 100. */
  readonly ToleratedFailurePercentage?: JsonataNumber;
  readonly ToleratedFailureCount?: JsonataNumber;
  readonly Assign?: JsonataAssign;
}

/** What runs for each item: ItemProcessor, or Iterator as it was called before. */
type Processing<Processor, K extends PropertyKey> = ExactlyOne<
  { readonly ItemProcessor: Processor; readonly Iterator: Processor },
  K
>;

/** What only a distributed Map may have. */
interface JsonPathDistributedFields {
  readonly ItemReader?: JsonPathItemReader;
  readonly ItemBatcher?: JsonPathItemBatcher;
  readonly ResultWriter?: JsonPathResultWriter;
  /** At most 40 characters, part of the child executions' ARNs. */
  readonly Label?: string;
}

/** What only a distributed Map may have. */
interface JsonataDistributedFields {
  readonly ItemReader?: JsonataItemReader;
  readonly ItemBatcher?: JsonataItemBatcher;
  readonly ResultWriter?: JsonataResultWriter;
  /** At most 40 characters, part of the child executions' ARNs. */
  readonly Label?: string;
}

/**
 * Runs its processor for each item of an array (States Language specification, "Map State"); as child executions when
 * the processor is distributed (Developer Guide, "Using Map state in Distributed mode"). `K`: see `ExactlyOne`.
 */
export type JsonPathMap<N extends string, Processor, K extends PropertyKey> = JsonPathMapFields<N> &
  Transition<N, K> &
  Processing<Processor, K> &
  NumberOrPath<'MaxConcurrency', K> &
  NumberOrPath<'ToleratedFailurePercentage', K> &
  NumberOrPath<'ToleratedFailureCount', K> &
  AtMostOne<{ readonly ItemSelector: PayloadTemplate; readonly Parameters: PayloadTemplate }, K> &
  (Processor extends DistributedProcessor ? JsonPathDistributedFields : unknown);

/**
 * Runs its processor for each item of an array (States Language specification, "Map State"); as child executions when
 * the processor is distributed (Developer Guide, "Using Map state in Distributed mode"). `K`: see `ExactlyOne`.
 */
export type JsonataMap<N extends string, Processor, K extends PropertyKey> = JsonataMapFields<N> &
  Transition<N, K> &
  Processing<Processor, K> &
  (Processor extends DistributedProcessor ? JsonataDistributedFields : unknown);
