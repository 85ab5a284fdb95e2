import { eventDetails } from '../../history/event-details';
import type { HistoryEvent } from '../../history/events';
import type { ExecutionPath, StateVisit } from '../../history/visit';

/** One call of a Task, as its events show it. */
export interface RecordedCall {
  readonly visit: StateVisit;
  readonly scheduled: HistoryEvent;
  started?: HistoryEvent;
  /** TaskSubmitted: a job has started, or a message with a task token was sent. */
  submitted?: HistoryEvent;
  /** Its Succeeded, Failed or TimedOut event; undefined when the execution, or what is around the state, ended first. */
  end?: HistoryEvent;
  /** When it was last seen running, in epoch milliseconds: at its end, or when the state was aborted. */
  lastSeen: number;
}

const CALL_EVENT =
  /^(?:LambdaFunction|Activity|Task)(Scheduled|Started|Submitted|\w*Succeeded|\w*Failed|TimedOut)$/;

/** The calls of each visit of a Task: one for each attempt, retries included. */
export function recordedCalls(
  events: readonly HistoryEvent[],
  path: ExecutionPath,
): ReadonlyMap<StateVisit, readonly RecordedCall[]> {
  const calls = new Map<StateVisit, RecordedCall[]>();
  for (const event of events) {
    const visit = path.visitByEvent.get(event.id);
    const [, what] = CALL_EVENT.exec(event.type) ?? [];
    if (visit?.type !== 'Task' || what === undefined) continue;
    const ofVisit = calls.get(visit) ?? [];
    calls.set(visit, ofVisit);
    const call = ofVisit.at(-1);
    if (what === 'Scheduled') {
      const lastSeen = visit.exitedAt ?? events.at(-1)?.timestamp ?? event.timestamp;
      ofVisit.push({ visit, scheduled: event, lastSeen });
    } else if (call && what === 'Started') {
      call.started = event;
    } else if (call && what === 'Submitted') {
      call.submitted = event;
    } else if (call) {
      call.end = event;
      call.lastSeen = event.timestamp;
    }
  }
  return calls;
}

/** What a call calls, without its parameters: the kind of resource, and the action of an integration. */
export function targetOf({ scheduled }: RecordedCall): string {
  const { resourceType, resource } = eventDetails(scheduled);
  return scheduled.type === 'TaskScheduled'
    ? `${resourceType}:${resource}`
    : scheduled.type.replace('Scheduled', '');
}

/** The event from which a call's time counts. The engine starts a call at once; an activity's waits for a worker. */
export function beginOf({ scheduled, started = scheduled }: RecordedCall): HistoryEvent {
  return scheduled.type === 'ActivityScheduled' ? scheduled : started;
}
