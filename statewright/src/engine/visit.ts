import { contextObject, itemOf, type MapItem } from './context-object';
import {
  type EvaluationScope,
  type Json,
  type JsonataScope,
  type JsonObject,
  type Payload,
  QueryEvaluationError,
  StatesError,
  stringifyJson,
} from './data';
import { type Failure, runtimeFailure } from './failure';
import { dataLimitExceeded, exceedsPayloadLimit } from './limits';
import type { CompiledState, Output, StateOutcome } from './state';
import type { Thread } from './thread';

/** One visit to a state: from its Entered event to its Exited event, over all retries. */
export class Visit {
  readonly thread: Thread;
  readonly state: CompiledState;
  /** The state's input, before InputPath. */
  readonly input: Payload;
  readonly enteredEventId: number;
  readonly enteredTime: number;
  retryCount = 0;
  /** For `.waitForTaskToken`. */
  taskToken: string | undefined;
  readonly #beforeEntered: number;

  constructor(thread: Thread, state: CompiledState, input: Payload) {
    this.thread = thread;
    this.state = state;
    this.input = input;
    this.#beforeEntered = thread.previousEventId;
    this.enteredTime = thread.execution.services.clock.now();
    this.enteredEventId = thread.write(`${state.type}StateEntered`, {
      stateEnteredEventDetails: { name: state.name, input: input.text, inputDetails: WHOLE },
    });
  }

  /** What JSONPath fields read: `$` is `payload`. */
  scope(payload: Payload, item: MapItem | undefined = itemOf(this.thread)): EvaluationScope {
    const { random, uuid, clock } = this.thread.execution.services;
    const visit = this;
    return {
      input: payload,
      variables: this.thread.variables,
      random,
      uuid,
      now: () => clock.now(),
      get context() {
        return contextObject(visit, item);
      },
    };
  }

  /** What JSONata fields read. `more` holds `result` or `errorOutput` where the field has one. */
  jsonataScope(
    more: { readonly result?: Payload; readonly errorOutput?: JsonObject } = {},
    item: MapItem | undefined = itemOf(this.thread),
  ): JsonataScope {
    const { random, uuid, clock } = this.thread.execution.services;
    const visit = this;
    return {
      variables: this.thread.variables,
      random,
      uuid,
      now: () => clock.now(),
      states: {
        get input() {
          return visit.input.value;
        },
        get context() {
          return contextObject(visit, item);
        },
        ...(more.result ? { result: more.result.value } : {}),
        ...(more.errorOutput ? { errorOutput: more.errorOutput } : {}),
      },
    };
  }

  /** Leaves the state: writes the Exited event and sets the variables. */
  exit(output: Output, next: string | undefined): StateOutcome {
    const { text } = output.payload;
    if (exceedsPayloadLimit(text)) return { failure: dataLimitExceeded(this.state.name) };
    const details = { name: this.state.name, output: text, outputDetails: WHOLE };
    const { assigned } = output;
    this.thread.write(`${this.state.type as Exclude<CompiledState['type'], 'Fail'>}StateExited`, {
      stateExitedEventDetails: assigned
        ? { ...details, assignedVariables: textOfEach(assigned), assignedVariablesDetails: WHOLE }
        : details,
    });
    if (assigned) this.thread.variables.assign(assigned);
    return next === undefined ? { end: output.payload } : { next, output: output.payload };
  }

  /**
   * Turns what a field's evaluation threw into the state's failure; a JSONata error is an event of its own.
   * @throws the error itself when it is none that a state machine can see
   */
  failure(error: unknown): Failure {
    if (!(error instanceof StatesError)) throw error;
    const failure = runtimeFailure(error.error, error.message, this.state.name, this.enteredEventId);
    if (error instanceof QueryEvaluationError) this.#writeEvaluationFailed(error, failure);
    return failure;
  }

  #writeEvaluationFailed(error: QueryEvaluationError, failure: Failure): void {
    const { thread, state } = this;
    // AWS evaluates a state's first fields together with its entry, but for Wait; hence the event before both.
    if (thread.previousEventId === this.enteredEventId && state.type !== 'Wait') {
      thread.previousEventId = this.#beforeEntered;
    }
    thread.write('EvaluationFailed', {
      evaluationFailedEventDetails: {
        error: error.error,
        cause: failure.cause as string,
        ...(error.location === '' ? {} : { location: error.location }),
        state: state.name,
      },
    });
  }
}

/** Payloads in a local history are always whole. */
export const WHOLE = { truncated: false } as const;

function textOfEach(values: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, Json]) => [name, stringifyJson(value)]),
  );
}
