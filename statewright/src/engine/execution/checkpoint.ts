/**
 * What an ended execution has done, read from its history: a redrive continues from there (Step Functions Developer
 * Guide, "Restarting state machine executions with redrive").
 */
import type { HistoryEvent, JsonText } from '../../history/events';
import { executionPath, type StateVisit } from '../../history/execution-path';
import { type Json, parseJson } from '../data';

/** What one thread has done. */
export interface Checkpoint {
  /** The variables that its states have set. */
  readonly variables: Readonly<Record<string, Json>>;
  /** The state that it entered but did not leave; undefined where its last state has ended. */
  readonly stopped: StoppedState | undefined;
  /** The output of the last state that it left. */
  readonly output: JsonText | undefined;
}

/** A state that was entered but not left. */
export interface StoppedState {
  readonly name: string;
  readonly input: JsonText;
  readonly enteredEventId: number;
  /** Epoch milliseconds. */
  readonly enteredTime: number;
  /** Undefined for a state that begins anew. */
  readonly kept: Kept | undefined;
}

/** What the last attempt of a Parallel or a Map has done, unless all that it ran has succeeded. */
export interface Kept {
  /** The id of the attempt's Started event. */
  readonly startedEventId: number;
  /** The branches or iterations that have entered a state, by index. */
  readonly threads: ReadonlyMap<number, Checkpoint>;
  /** The Map Run of a distributed Map, and how often it was redriven. */
  readonly mapRun: { readonly arn: string; readonly redrives: number } | undefined;
}

/** Reads the history of an ended execution; undefined where it has entered no state. */
export function readCheckpoint(events: readonly HistoryEvent[]): Checkpoint | undefined {
  return new CheckpointReader(events).read();
}

class CheckpointReader {
  readonly #events: readonly HistoryEvent[];
  readonly #inside = new Map<StateVisit | undefined, StateVisit[]>();
  readonly #mapRuns = new Map<StateVisit, { readonly arn: string; readonly redrives: number }>();

  constructor(events: readonly HistoryEvent[]) {
    this.#events = events;
    const { visits, visitByEvent } = executionPath(events);
    for (const visit of visits) {
      const around = visit.scope?.visit;
      const siblings = this.#inside.get(around);
      if (siblings) siblings.push(visit);
      else this.#inside.set(around, [visit]);
    }
    for (const event of events) {
      const visit = visitByEvent.get(event.id);
      if (!visit) continue;
      if (event.type === 'MapRunStarted') {
        this.#mapRuns.set(visit, { arn: event.mapRunStartedEventDetails.mapRunArn, redrives: 0 });
      } else if (event.type === 'MapRunRedriven') {
        const { mapRunArn, redriveCount } = event.mapRunRedrivenEventDetails;
        this.#mapRuns.set(visit, { arn: mapRunArn, redrives: redriveCount });
      } else if (event.type === 'MapStateStarted') {
        this.#mapRuns.delete(visit);
      }
    }
  }

  read(): Checkpoint | undefined {
    const visits = this.#inside.get(undefined);
    const last = visits?.at(-1);
    if (!visits || !last) return undefined;
    if (last.exitedEventId === undefined) return this.#checkpoint(visits);
    // Only in a history without its last events has no state been entered after this one: it begins anew.
    return { ...this.#checkpoint(visits.slice(0, -1)), stopped: { ...this.#stopped(last), kept: undefined } };
  }

  #checkpoint(visits: readonly StateVisit[]): Checkpoint {
    const left = visits.filter(({ exitedEventId }) => exitedEventId !== undefined);
    const last = visits.at(-1);
    return {
      variables: Object.assign({}, ...left.map((visit) => this.#assigned(visit))),
      stopped: last && last.exitedEventId === undefined ? this.#stopped(last) : undefined,
      output: left.at(-1)?.output,
    };
  }

  #assigned({ exitedEventId = 0 }: StateVisit): Record<string, Json> {
    const event = this.#events[exitedEventId - 1];
    if (!event || !('stateExitedEventDetails' in event)) return {};
    const texts = Object.entries(event.stateExitedEventDetails.assignedVariables ?? {});
    return Object.fromEntries(texts.map(([name, text]) => [name, parseJson(text)]));
  }

  #stopped(visit: StateVisit): StoppedState {
    const { name, input, enteredEventId, enteredAt } = visit;
    return { name, input, enteredEventId, enteredTime: enteredAt, kept: this.#kept(visit) };
  }

  #kept(visit: StateVisit): Kept | undefined {
    const attempt = visit.attempts.at(-1);
    const isContainer = visit.type === 'Parallel' || visit.type === 'Map';
    if (!isContainer || attempt === undefined || attempt.status === 'SUCCEEDED') return undefined;
    const threads = new Map<number, StateVisit[]>();
    for (const inner of this.#inside.get(visit) ?? []) {
      if (inner.scope?.attempt !== visit.attempts.length - 1) continue;
      const { index } = inner.scope;
      threads.set(index, [...(threads.get(index) ?? []), inner]);
    }
    return {
      startedEventId: attempt.eventId,
      threads: new Map([...threads].map(([index, visits]) => [index, this.#checkpoint(visits)])),
      mapRun: this.#mapRuns.get(visit),
    };
  }
}
