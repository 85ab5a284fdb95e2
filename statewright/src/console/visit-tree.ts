import type { ExecutionPath, StateVisit } from '../history/execution-path';
import type { VisitStatus } from '../history/visit';

/** All visits of one branch of a Parallel or one item of a Map, in one attempt. Times are epoch milliseconds. */
export interface VisitGroup {
  /** The Parallel or Map. */
  readonly visit: StateVisit;
  /** From 0. */
  readonly attempt: number;
  /** From 0. */
  readonly index: number;
  readonly visits: readonly StateVisit[];
}

/** Identifies the group that a visit is in; undefined at the top level. */
export function groupKey({ scope }: StateVisit): string | undefined {
  return scope && `${scope.visit.enteredEventId}-${scope.attempt}-${scope.index}`;
}

/** The groups of an execution, by key. */
export function visitGroups({ visits }: ExecutionPath): ReadonlyMap<string, VisitGroup> {
  const groups = new Map<string, VisitGroup & { readonly visits: StateVisit[] }>();
  for (const visit of visits) {
    const key = groupKey(visit);
    if (key === undefined || !visit.scope) continue;
    const group = groups.get(key) ?? { ...visit.scope, visits: [] };
    group.visits.push(visit);
    groups.set(key, group);
  }
  return groups;
}

/** Every visit, each Parallel or Map followed by what ran in it, item by item. */
export function inTreeOrder(
  { visits }: ExecutionPath,
  groups: ReadonlyMap<string, VisitGroup>,
): StateVisit[] {
  const inside = new Map<StateVisit, VisitGroup[]>();
  for (const group of groups.values()) {
    const siblings = inside.get(group.visit);
    if (siblings) siblings.push(group);
    else inside.set(group.visit, [group]);
  }
  for (const siblings of inside.values()) siblings.sort((a, b) => a.attempt - b.attempt || a.index - b.index);
  const ordered: StateVisit[] = [];
  const add = (visit: StateVisit) => {
    ordered.push(visit);
    for (const group of inside.get(visit) ?? []) for (const child of group.visits) add(child);
  };
  for (const visit of visits) if (!visit.scope) add(visit);
  return ordered;
}

const BY_GRAVITY: readonly VisitStatus[] = ['IN_PROGRESS', 'FAILED', 'ABORTED'];

/** The status of a group: that of its last state, or a graver one of a state that runs or failed. */
export function groupStatus({ visits }: Pick<VisitGroup, 'visits'>): VisitStatus {
  const found = BY_GRAVITY.find((status) => visits.some((visit) => visit.status === status));
  return found ?? 'SUCCEEDED';
}

/** From the start of a group to its end; without an end while it runs. */
export function groupTimes({ visits }: Pick<VisitGroup, 'visits'>): { startedAt: number; endedAt?: number } {
  const startedAt = Math.min(...visits.map(({ enteredAt }) => enteredAt));
  const ends = visits.map(({ exitedAt }) => exitedAt);
  const known = ends.filter((end) => end !== undefined);
  return { startedAt, ...(known.length === ends.length && { endedAt: Math.max(...known) }) };
}
