import { type EventDetails, eventDetails } from './event-details';
import type { HistoryEvent } from './events';
import {
  byBranch,
  endAttempt,
  errorOf,
  errorOutput,
  fail,
  failTry,
  isInside,
  isOpen,
  nearest,
  reopen,
  startAttempt,
  tryTask,
  type Visit,
} from './recorded-visit';
import type { ExecutionPath, StateVisit } from './visit';

/** The visit that an event belongs to and, if it starts branches or an iteration, the scope that it opens. */
interface Place {
  readonly visit?: Visit;
  readonly opens?: { readonly visit: Visit; readonly index?: number };
}

const OUTCOMES = {
  ExecutionSucceeded: 'SUCCEEDED',
  ExecutionFailed: 'FAILED',
  ExecutionTimedOut: 'TIMED_OUT',
  ExecutionAborted: 'ABORTED',
} as const;

/** Reads a history event by event and records each visit. */
export class VisitRecorder {
  readonly #visits: Visit[] = [];
  /** Those in progress, in the order of entry: few of the many that a long history has. */
  readonly #open = new Set<Visit>();
  readonly #places = new Map<number, Place>();
  /** Those that have an Aborted event. */
  readonly #aborted = new Set<Visit>();
  /** The item that the last MapIterationFailed or MapIterationAborted named. */
  #ending: { readonly map: Visit; readonly index: number | undefined } | undefined;
  #path: Omit<ExecutionPath, 'visits' | 'visitByEvent'> = { status: 'RUNNING' };
  /** The visit at the top level that the last redrive continued. */
  #continued: Visit | undefined;

  path(): ExecutionPath {
    const visitByEvent = new Map<number, Visit>();
    for (const [id, { visit }] of this.#places) if (visit) visitByEvent.set(id, visit);
    return { ...this.#path, visits: this.#visits, visitByEvent };
  }

  /** The visit of an event that was recorded; undefined for the events of the execution itself. */
  visitOf(eventId: number): StateVisit | undefined {
    return this.#places.get(eventId)?.visit;
  }

  record(event: HistoryEvent): void {
    if (this.#path.startedAt === undefined) this.#path = { ...this.#path, startedAt: event.timestamp };
    const origin = this.#places.get(event.previousEventId) ?? {};
    this.#places.set(event.id, this.#place(event, eventDetails(event), origin));
  }

  #place(event: HistoryEvent, details: EventDetails, origin: Place): Place {
    const { type } = event;
    const [, stateType = '', change] =
      /^(.+)State(Entered|Exited|Started|Succeeded|Failed|Aborted)$/.exec(type) ?? [];
    const container = () => nearest(origin.visit, (visit) => visit.type === stateType && isOpen(visit));
    switch (change) {
      case 'Entered':
        return this.#enter(event, stateType, details, origin);
      case 'Exited':
        return this.#exit(event, details, origin);
      case 'Started':
        return this.#startContainer(event, details, origin, container());
      case 'Failed':
        return this.#failContainer(event, origin, container());
      case 'Succeeded':
        return succeedContainer(event, origin, container());
      case 'Aborted':
        return this.#abort(stateType, origin);
    }
    if (type in OUTCOMES) return this.#end(event, details, origin);
    if (type === 'ExecutionRedriven') return this.#redrive();
    if (type === 'EvaluationFailed') return this.#failEvaluation(event, details);
    if (type.startsWith('MapIteration')) {
      const place = iterate(event, details, origin);
      if (/Failed$|Aborted$/.test(type) && place.visit) {
        this.#ending = { map: place.visit, index: details.index };
      }
      return place;
    }
    if (type === 'MapRunFailed' && origin.visit) fail(origin.visit, details);
    if (origin.visit?.type === 'Task') tryTask(origin.visit, event, details);
    return origin;
  }

  #enter(event: HistoryEvent, type: string, details: EventDetails, { visit: previous, opens }: Place): Place {
    const scope = opens
      ? {
          visit: opens.visit,
          attempt: opens.visit.attempts.length - 1,
          index: opens.index ?? opens.visit.branches++,
        }
      : previous?.scope;
    const visit: Visit = {
      name: details.name ?? '',
      type,
      status: 'IN_PROGRESS',
      enteredEventId: event.id,
      enteredAt: event.timestamp,
      input: details.input ?? '',
      attempts: [],
      ...(scope && { scope }),
      failing: false,
      branches: 0,
    };
    if (previous && !opens) previous.next = visit;
    this.#visits.push(visit);
    this.#open.add(visit);
    return { visit };
  }

  #exit(event: HistoryEvent, details: EventDetails, origin: Place): Place {
    const visit = nearest(origin.visit, (candidate) => candidate.name === details.name && isOpen(candidate));
    if (!visit) return origin;
    this.#closeInside(visit, event, undefined);
    visit.output = details.output ?? '';
    if (details.assignedVariables) visit.assigned = details.assignedVariables;
    this.#open.delete(visit);
    visit.exitedEventId = event.id;
    visit.exitedAt = event.timestamp;
    visit.status = visit.failing ? 'CAUGHT' : 'SUCCEEDED';
    endAttempt(visit, event, visit.failing ? 'FAILED' : 'SUCCEEDED');
    if (visit.failing && visit.error === undefined) Object.assign(visit, errorOutput(visit.output));
    return { visit };
  }

  #startContainer(event: HistoryEvent, details: EventDetails, origin: Place, container?: Visit): Place {
    if (!container) return origin;
    this.#closeInside(container, event, origin.visit);
    endAttempt(container, event, 'FAILED', origin.visit);
    startAttempt(container, event);
    container.branches = 0;
    if (details.length !== undefined) container.items = details.length;
    return { visit: container, opens: { visit: container } };
  }

  /**
   * The events of states that end with one that failed all point to the failure. They come in the order of branches and
   * items, that of the failed state too; an item has an event of its own before that of its state.
   */
  #abort(type: string, origin: Place): Place {
    const failed = origin.visit;
    const canBe = (visit: Visit) => visit.type === type && isOpen(visit) && !this.#aborted.has(visit);
    const candidates = [...this.#open].filter(
      (visit) =>
        canBe(visit) &&
        (visit === failed || !visit.failing) &&
        (failed === undefined || visit === failed || !isInside(failed, visit)),
    );
    const { map, index } = this.#ending ?? {};
    const inItem = candidates.filter((visit) =>
      nearest(visit, ({ scope }) => scope?.visit === map && scope?.index === index),
    );
    const [first] = (map && inItem.length > 0 ? inItem : candidates).sort(byBranch);
    const visit = failed && !failed.failing && canBe(failed) ? failed : first;
    if (!visit) return origin;
    this.#aborted.add(visit);
    return { visit };
  }

  #failContainer(event: HistoryEvent, origin: Place, container?: Visit): Place {
    if (!container) return origin;
    this.#closeInside(container, event, origin.visit);
    const failed = origin.visit ?? container;
    fail(container, failed);
    endAttempt(container, event, 'FAILED', failed);
    return { visit: container };
  }

  /** EvaluationFailed need not point back to its own state (it may point to the event before the state). */
  #failEvaluation(event: HistoryEvent, details: EventDetails): Place {
    const visit = [...this.#open].findLast((candidate) => candidate.name === details.state);
    if (!visit) return {};
    failTry(visit, event, details);
    return { visit };
  }

  #end(event: HistoryEvent, details: EventDetails, origin: Place): Place {
    // A Fail state that is redriven has no event of its own.
    const failed = event.type === 'ExecutionFailed' ? (origin.visit ?? this.#continued) : undefined;
    this.#continued = undefined;
    for (let visit = failed; visit; visit = visit.scope?.visit) {
      if (isOpen(visit)) fail(visit, details);
    }
    this.#closeInside(undefined, event, failed);
    const status = OUTCOMES[event.type as keyof typeof OUTCOMES];
    this.#path = { ...this.#path, status, endedAt: event.timestamp, ...errorOf(details) };
    return {};
  }

  /** Opens the visits again that were not left; what a Parallel or a Map had run stays part of its last attempt. */
  #redrive(): Place {
    const { startedAt } = this.#path;
    this.#path = { status: 'RUNNING', ...(startedAt !== undefined && { startedAt }) };
    for (const visit of this.#visits) {
      const { scope } = visit;
      const isCurrent = !scope || (isOpen(scope.visit) && scope.attempt === scope.visit.attempts.length - 1);
      if (visit.exitedEventId !== undefined || !isCurrent) continue;
      reopen(visit);
      this.#open.add(visit);
      this.#aborted.delete(visit);
      if (!scope) this.#continued = visit;
    }
    return {};
  }

  /** Ends all open visits in a container (or everywhere): FAILED for the failed visit and those around it, else ABORTED. */
  #closeInside(container: Visit | undefined, event: HistoryEvent, failed: Visit | undefined): void {
    for (const visit of this.#open) {
      if (container && !isInside(visit, container)) continue;
      this.#open.delete(visit);
      const hasFailed = failed !== undefined && (failed === visit || isInside(failed, visit));
      visit.status = hasFailed ? 'FAILED' : 'ABORTED';
      visit.exitedAt = event.timestamp;
      if (hasFailed && visit !== failed) fail(visit, failed);
      endAttempt(visit, event, visit.status);
    }
  }
}

function iterate(event: HistoryEvent, details: EventDetails, origin: Place): Place {
  const visit = nearest(origin.visit, (candidate) => candidate.name === details.name);
  if (!visit) return origin;
  const starts = event.type === 'MapIterationStarted' && details.index !== undefined;
  return { visit, ...(starts && { opens: { visit, index: details.index } }) };
}

function succeedContainer(event: HistoryEvent, origin: Place, container?: Visit): Place {
  if (!container) return origin;
  endAttempt(container, event, 'SUCCEEDED');
  return { visit: container };
}
