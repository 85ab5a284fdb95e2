import type { StateType } from '../asl';
import type { JsonObject, Payload } from './data';
import type { Failure } from './failure';
import type { MaybePromise } from './maybe-promise';
import type { Visit } from './visit';

/** A state, ready to run. */
export interface CompiledState {
  readonly name: string;
  readonly type: StateType;
  /** Whether the context object counts its retries. */
  readonly retries: boolean;
  /** Runs one visit. What a field's evaluation throws (`StatesError`) is the visit's failure. */
  run(visit: Visit): MaybePromise<Step>;
}

/** What a state hands on. */
export interface Output {
  readonly payload: Payload;
  /** The variables that `Assign` sets. */
  readonly assigned?: JsonObject;
}

/** Where the way goes after a state. */
export type Step =
  | { readonly next: string; readonly output: Payload }
  | { readonly end: Payload }
  | { readonly failure: Failure };

/** States that follow one another: a machine, a branch of a Parallel, the processor of a Map. */
export interface StateGraph {
  readonly startAt: CompiledState;
  readonly states: ReadonlyMap<string, CompiledState>;
}
