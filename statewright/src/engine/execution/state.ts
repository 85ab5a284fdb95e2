/**
 * What an execution runs, and what that needs from it. The compiler makes the states; an execution does not know their
 * types, and a state knows its execution only through its `Visit`.
 */
import type { StateType } from '../../asl';
import type { EvaluationScope, JsonataScope, JsonObject, Payload } from '../data';
import type { MaybePromise } from '../maybe-promise';
import type { Kept } from './checkpoint';
import type { Failure } from './failure';
import type { Inspection } from './inspection';
import type { MapItem, Thread } from './thread';

/** A compiled state machine; it can run any number of times. */
export interface CompiledStateMachine extends StateGraph {
  /** The timeout of the whole execution. */
  readonly timeoutSeconds: number | undefined;
}

/** Connected states: a state machine, a branch of a Parallel, the processor of a Map. */
export interface StateGraph {
  readonly startAt: () => CompiledState;
  /** The state of a name. Each is compiled when it is asked for the first time. */
  readonly state: (name: string) => CompiledState;
}

/** A compiled state. */
export interface CompiledState {
  readonly name: string;
  readonly type: StateType;
  /** Whether the context object has its RetryCount. */
  readonly retries: boolean;
  /** Runs one visit. An error in a field's evaluation (`StatesError`) fails the visit. */
  run(visit: Visit): MaybePromise<StateOutcome>;
  /** What its Retry and Catch make of a failure, for a state that can have them. */
  readonly handle?: (visit: Visit, failure: Failure) => MaybePromise<StateOutcome>;
}

/** One visit to a state, as the state sees it: from its Entered event to its Exited event, including all retries. */
export interface Visit {
  /** Where the state writes its events, and waits. */
  readonly thread: Thread;
  readonly state: CompiledState;
  /** The state's input, before InputPath. */
  readonly input: Payload;
  /** Epoch milliseconds. */
  readonly enteredTime: number;
  retryCount: number;
  /** For `.waitForTaskToken` and `.sync`. */
  taskToken: string | undefined;
  /** Only in a test of the state. */
  readonly inspection?: Inspection;
  /** What a redrive keeps of a Parallel or a Map: its first attempt continues from there, and only that one. */
  takeKept(): Kept | undefined;
  /** The scope of JSONPath fields: `$` is `payload`. */
  scope(payload: Payload, item?: MapItem): EvaluationScope;
  /** The scope of JSONata fields. `more` holds `result` or `errorOutput` when the field has one. */
  jsonataScope(
    more?: { readonly result?: Payload; readonly errorOutput?: JsonObject },
    item?: MapItem,
  ): JsonataScope;
  /** Exits the state: writes the Exited event and sets the variables. */
  exit(output: Output, next: string | undefined): StateOutcome;
  /**
   * Turns an error of a field's evaluation into the state's failure; a JSONata error also writes an event.
   * @throws the error itself when it is not an error of the state machine
   */
  failure(error: unknown): Failure;
}

/** The output of a state. */
export interface Output {
  readonly payload: Payload;
  /** The variables that `Assign` sets. */
  readonly assigned?: JsonObject;
}

/** What follows a state. */
export type StateOutcome =
  | { readonly next: string; readonly output: Payload }
  | { readonly end: Payload }
  | { readonly failure: Failure };
