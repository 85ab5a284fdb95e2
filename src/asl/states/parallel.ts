import type { JsonataAssign, JsonPathAssign, JsonValue, PayloadTemplate } from '../values';
import type { JsonataErrorHandling, JsonPathErrorHandling } from './errors';
import type {
  JsonataCommon,
  JsonataOutput,
  JsonPathCommon,
  JsonPathInputOutput,
  JsonPathResultSelector,
  Transition,
} from './fields';

interface ParallelFields<Branches> {
  readonly Type: 'Parallel';
  /** Each branch is a scope of its own: its states name only each other. */
  readonly Branches: Branches;
}

interface JsonPathParallelFields<N extends string, Branches>
  extends ParallelFields<Branches>,
    JsonPathCommon,
    JsonPathInputOutput,
    JsonPathResultSelector,
    JsonPathErrorHandling<N> {
  readonly Parameters?: PayloadTemplate;
  readonly Assign?: JsonPathAssign;
}

interface JsonataParallelFields<N extends string, Branches>
  extends ParallelFields<Branches>,
    JsonataCommon,
    JsonataOutput,
    JsonataErrorHandling<N> {
  readonly Arguments?: JsonValue;
  readonly Assign?: JsonataAssign;
}

/** Runs its branches at once (States Language specification, "Parallel State"). `K`: see `ExactlyOne`. */
export type JsonPathParallel<N extends string, Branches, K extends PropertyKey> = JsonPathParallelFields<
  N,
  Branches
> &
  Transition<N, K>;

/** Runs its branches at once (States Language specification, "Parallel State"). `K`: see `ExactlyOne`. */
export type JsonataParallel<N extends string, Branches, K extends PropertyKey> = JsonataParallelFields<
  N,
  Branches
> &
  Transition<N, K>;
