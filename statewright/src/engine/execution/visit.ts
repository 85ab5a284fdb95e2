import {
  type EvaluationScope,
  type Json,
  type JsonataScope,
  type JsonObject,
  type Payload,
  QueryEvaluationError,
  StatesError,
  stringifyJson,
} from '../data';
import type { Kept, StoppedState } from './checkpoint';
import { contextObject } from './context-object';
import { type Failure, runtimeFailure } from './failure';
import { WHOLE } from './history-writer';
import { dataLimitExceeded, exceedsPayloadLimit } from './payload-limit';
import type { CompiledState, Output, StateOutcome, Visit } from './state';
import type { MapItem, Thread } from './thread';

// One string for all events of a type, whatever wrote them.
const ENTERED = {
  Task: 'TaskStateEntered',
  Pass: 'PassStateEntered',
  Choice: 'ChoiceStateEntered',
  Wait: 'WaitStateEntered',
  Succeed: 'SucceedStateEntered',
  Fail: 'FailStateEntered',
  Parallel: 'ParallelStateEntered',
  Map: 'MapStateEntered',
} as const;
const EXITED = {
  Task: 'TaskStateExited',
  Pass: 'PassStateExited',
  Choice: 'ChoiceStateExited',
  Wait: 'WaitStateExited',
  Succeed: 'SucceedStateExited',
  Parallel: 'ParallelStateExited',
  Map: 'MapStateExited',
} as const;

/** A visit to a state; the constructor writes the Entered event, except for a visit that a redrive continues. */
export class StateVisit implements Visit {
  readonly thread: Thread;
  readonly state: CompiledState;
  readonly input: Payload;
  readonly enteredTime: number;
  retryCount = 0;
  taskToken: string | undefined;
  #kept: Kept | undefined;
  readonly #enteredEventId: number;
  readonly #beforeEntered: number;

  constructor(thread: Thread, state: CompiledState, input: Payload, stopped?: StoppedState) {
    this.thread = thread;
    this.state = state;
    this.input = input;
    thread.state = state;
    if (stopped) {
      this.enteredTime = stopped.enteredTime;
      this.#kept = stopped.kept;
      this.#enteredEventId = stopped.enteredEventId;
      this.#beforeEntered = stopped.enteredEventId;
      return;
    }
    this.#beforeEntered = thread.previousEventId;
    this.enteredTime = thread.execution.services.clock.now();
    this.#enteredEventId = thread.write(ENTERED[state.type], {
      stateEnteredEventDetails: { name: state.name, input: input.text, inputDetails: WHOLE },
    });
  }

  context(item: MapItem | undefined): Json {
    return contextObject(this, item);
  }

  takeKept(): Kept | undefined {
    const kept = this.#kept;
    this.#kept = undefined;
    return kept;
  }

  scope(payload: Payload, item: MapItem | undefined = this.thread.enclosingItem): EvaluationScope {
    const { random, uuid, clock } = this.thread.execution.services;
    const visit = this;
    return {
      input: payload,
      variables: this.thread.variables,
      random,
      uuid,
      now: () => clock.now(),
      nextTurn: () => clock.nextTurn?.(),
      get context() {
        return visit.context(item);
      },
    };
  }

  jsonataScope(
    more: { readonly result?: Payload; readonly errorOutput?: JsonObject } = {},
    item: MapItem | undefined = this.thread.enclosingItem,
  ): JsonataScope {
    const { random, uuid, clock } = this.thread.execution.services;
    const visit = this;
    return {
      variables: this.thread.variables,
      random,
      uuid,
      now: () => clock.now(),
      nextTurn: () => clock.nextTurn?.(),
      ...(clock.hold && { hold: () => clock.hold?.() ?? (() => {}) }),
      states: {
        get input() {
          return visit.input.value;
        },
        get context() {
          return visit.context(item);
        },
        ...(more.result ? { result: more.result.value } : {}),
        ...(more.errorOutput ? { errorOutput: more.errorOutput } : {}),
      },
    };
  }

  exit(output: Output, next: string | undefined): StateOutcome {
    const { text } = output.payload;
    if (exceedsPayloadLimit(text)) return { failure: dataLimitExceeded(this.state.name) };
    const details = { name: this.state.name, output: text, outputDetails: WHOLE };
    const { assigned } = output;
    this.thread.write(EXITED[this.state.type as keyof typeof EXITED], {
      // An Assign without variables leaves no trace.
      stateExitedEventDetails:
        assigned && Object.keys(assigned).length > 0
          ? { ...details, assignedVariables: textOfEach(assigned), assignedVariablesDetails: WHOLE }
          : details,
    });
    if (assigned) this.thread.variables.assign(assigned);
    return next === undefined ? { end: output.payload } : { next, output: output.payload };
  }

  failure(error: unknown): Failure {
    if (!(error instanceof StatesError)) throw error;
    const failure = runtimeFailure(error.error, error.message, this.state.name, this.#enteredEventId);
    if (error instanceof QueryEvaluationError) this.#writeEvaluationFailed(error, failure);
    return failure;
  }

  #writeEvaluationFailed(error: QueryEvaluationError, failure: Failure): void {
    const { thread, state } = this;
    // AWS evaluates a state's first fields together with its entry (except Wait): point to the event before both.
    if (thread.previousEventId === this.#enteredEventId && state.type !== 'Wait') {
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

function textOfEach(values: JsonObject): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]: [string, Json]) => [name, stringifyJson(value)]),
  );
}
