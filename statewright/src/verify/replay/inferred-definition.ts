import { eventDetails } from '../../history/event-details';
import type { HistoryEvent } from '../../history/events';
import { executionPath } from '../../history/execution-path';
import type { StateVisit } from '../../history/visit';

interface InferredState {
  readonly Type: string;
  readonly [field: string]: unknown;
}

/**
 * A definition with the states and the transitions that an execution took, to draw it when its own definition is not
 * known. It cannot be run.
 */
export function inferredDefinition(events: readonly HistoryEvent[]): object {
  const { visits } = executionPath(events);
  return scopeOf(
    visits.filter(({ scope }) => scope === undefined),
    visits,
    events,
  );
}

/** @param own the visits of this scope */
function scopeOf(
  own: readonly StateVisit[],
  all: readonly StateVisit[],
  events: readonly HistoryEvent[],
): object {
  const byName = new Map<string, StateVisit[]>();
  for (const visit of own) byName.set(visit.name, [...(byName.get(visit.name) ?? []), visit]);
  const states = [...byName].map(([name, visits]) => [name, stateOf(visits, all, events)]);
  return { StartAt: own[0]?.name, States: Object.fromEntries(states) };
}

function stateOf(
  visits: readonly StateVisit[],
  all: readonly StateVisit[],
  events: readonly HistoryEvent[],
): InferredState {
  const [{ type }] = visits as [StateVisit];
  return {
    Type: type,
    ...(type === 'Task' && { Resource: resourceOf(visits, events) }),
    ...scopesOf(type, visits, all, events),
    ...transitionsOf(type, visits),
  };
}

function transitionsOf(type: string, visits: readonly StateVisit[]): object {
  const targets = (isCaught: boolean) => [
    ...new Set(
      visits.flatMap(({ next, status }) => (next && (status === 'CAUGHT') === isCaught ? [next.name] : [])),
    ),
  ];
  const [next, ...others] = targets(false);
  const caught = targets(true).map((Next) => ({ ErrorEquals: ['States.ALL'], Next }));
  if (type === 'Choice') {
    return {
      Choices: [next, ...others].map((Next) => ({ Condition: '{% true %}', Next })),
      QueryLanguage: 'JSONata',
    };
  }
  if (type === 'Succeed' || type === 'Fail') return {};
  return {
    ...(caught.length > 0 && { Catch: caught }),
    ...(next === undefined ? { End: true } : { Next: next }),
  };
}

function scopesOf(
  type: string,
  visits: readonly StateVisit[],
  all: readonly StateVisit[],
  events: readonly HistoryEvent[],
): object {
  const inside = all.filter(({ scope }) => scope !== undefined && visits.includes(scope.visit));
  if (type === 'Map') {
    return { ItemProcessor: inside.length > 0 ? scopeOf(inside, all, events) : ELSEWHERE };
  }
  if (type !== 'Parallel') return {};
  const threads = new Map<string, StateVisit[]>();
  for (const visit of inside) {
    const id = `${visit.scope?.visit.enteredEventId} ${visit.scope?.attempt} ${visit.scope?.index}`;
    threads.set(id, [...(threads.get(id) ?? []), visit]);
  }
  // A branch is known by its first state: it is the same in each visit and attempt.
  const branches = new Map<string, StateVisit[]>();
  for (const thread of threads.values()) {
    const first = thread[0]?.name ?? '';
    branches.set(first, [...(branches.get(first) ?? []), ...thread]);
  }
  return { Branches: [...branches.values()].map((branch) => scopeOf(branch, all, events)) };
}

/** The processor of a distributed Map: its child executions have histories of their own. */
const ELSEWHERE = {
  StartAt: 'Child executions',
  States: { 'Child executions': { Type: 'Pass', End: true } },
};

function resourceOf(visits: readonly StateVisit[], events: readonly HistoryEvent[]): string {
  const scheduled = events[(visits.find(({ attempts }) => attempts[0])?.attempts[0]?.eventId ?? 0) - 1];
  if (scheduled === undefined) return 'unknown';
  const { resourceType, resource = 'unknown' } = eventDetails(scheduled);
  return resourceType === undefined ? resource : `arn:aws:states:::${resourceType}:${resource}`;
}
