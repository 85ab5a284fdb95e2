/**
 * What an execution runs, and what that needs of it. The compiler makes the states; an execution knows no type of them,
 * and a state knows its execution by its `Visit`.
 */
import type { StateType } from '../../asl';
import type { EvaluationScope, JsonataScope, JsonObject, Payload } from '../data';
import type { MaybePromise } from '../maybe-promise';
import type { Failure } from './failure';
import type { MapItem, Thread } from './thread';

/** A state machine, ready to run any number of times. */
export interface CompiledStateMachine extends StateGraph {
  /** The whole execution's time. */
  readonly timeoutSeconds: number | undefined;
}

/** States that follow one another: a machine, a branch of a Parallel, the processor of a Map. */
export interface StateGraph {
  readonly startAt: CompiledState;
  readonly states: ReadonlyMap<string, CompiledState>;
}

/** A state, ready to run. */
export interface CompiledState {
  readonly name: string;
  readonly type: StateType;
  /** Whether the context object counts its retries. */
  readonly retries: boolean;
  /** Runs one visit. What a field's evaluation throws (`StatesError`) is the visit's failure. */
  run(visit: Visit): MaybePromise<StateOutcome>;
}

/** One visit to a state, as the state sees it: from its Entered event to its Exited event, over all retries. */
export interface Visit {
  /** Where the state writes its events, and waits. */
  readonly thread: Thread;
  readonly state: CompiledState;
  /** The state's input, before InputPath. */
  readonly input: Payload;
  /** Epoch milliseconds. */
  readonly enteredTime: number;
  retryCount: number;
  /** For `.waitForTaskToken`. */
  taskToken: string | undefined;
  /** What JSONPath fields read: `$` is `payload`. */
  scope(payload: Payload, item?: MapItem): EvaluationScope;
  /** What JSONata fields read. `more` holds `result` or `errorOutput` where the field has one. */
  jsonataScope(
    more?: { readonly result?: Payload; readonly errorOutput?: JsonObject },
    item?: MapItem,
  ): JsonataScope;
  /** Leaves the state: writes the Exited event and sets the variables. */
  exit(output: Output, next: string | undefined): StateOutcome;
  /**
   * Turns what a field's evaluation threw into the state's failure; a JSONata error is an event of its own.
   * @throws the error itself when it is none that a state machine can see
   */
  failure(error: unknown): Failure;
}

/** What a state hands on. */
export interface Output {
  readonly payload: Payload;
  /** The variables that `Assign` sets. */
  readonly assigned?: JsonObject;
}

/** Where the way goes after a state. */
export type StateOutcome =
  | { readonly next: string; readonly output: Payload }
  | { readonly end: Payload }
  | { readonly failure: Failure };
