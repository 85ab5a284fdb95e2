import type { JsonataAssign, JsonPathAssign } from '../values';
import type { JsonataErrorHandling, JsonPathErrorHandling } from './errors';
import type {
  JsonataArguments,
  JsonataCommon,
  JsonataOutput,
  JsonPathCommon,
  JsonPathInputOutput,
  JsonPathParameters,
  JsonPathResultSelector,
  Transition,
} from './fields';

interface ParallelFields<Branches> {
  readonly Type: 'Parallel';
  /** Each branch is a scope of its own: its states can only name each other. */
  readonly Branches: Branches;
}

interface JsonPathParallelFields<N extends string, Branches>
  extends ParallelFields<Branches>,
    JsonPathCommon,
    JsonPathInputOutput,
    JsonPathParameters,
    JsonPathResultSelector,
    JsonPathAssign,
    JsonPathErrorHandling<N> {}

interface JsonataParallelFields<N extends string, Branches>
  extends ParallelFields<Branches>,
    JsonataCommon,
    JsonataArguments,
    JsonataOutput,
    JsonataAssign,
    JsonataErrorHandling<N> {}

/** Runs its branches concurrently (States Language specification, "Parallel State"). `K`: see `ExactlyOne`. */
export type JsonPathParallel<N extends string, Branches, K extends PropertyKey> = JsonPathParallelFields<
  N,
  Branches
> &
  Transition<N, K>;

/** Runs its branches concurrently (States Language specification, "Parallel State"). `K`: see `ExactlyOne`. */
export type JsonataParallel<N extends string, Branches, K extends PropertyKey> = JsonataParallelFields<
  N,
  Branches
> &
  Transition<N, K>;
