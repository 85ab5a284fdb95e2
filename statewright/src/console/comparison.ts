import type { ExecutionPath, StateVisit } from '../history/execution-path';
import { inTreeOrder, visitGroups } from './visit-tree';

/** The same visit of a state in two executions; undefined in the one that does not have it. */
export interface ComparedVisit {
  readonly name: string;
  readonly first?: StateVisit;
  readonly second?: StateVisit;
}

/**
 * The visits of two executions side by side: the third visit of a state in one, in the same branch or item, is the third one
 * in the other. The order is that of the first execution; what only the second has follows what is before it there.
 */
export function comparedVisits(first: ExecutionPath, second: ExecutionPath): readonly ComparedVisit[] {
  const [one, other] = [keyed(first), keyed(second)];
  /** What only the second execution has, by the key before it: undefined for its start. */
  const added = new Map<string | undefined, string[]>();
  let before: string | undefined;
  for (const key of other.keys()) {
    if (one.has(key)) before = key;
    else {
      const here = added.get(before) ?? [];
      here.push(key);
      added.set(before, here);
    }
  }
  const keys = [
    ...(added.get(undefined) ?? []),
    ...[...one.keys()].flatMap((key) => [key, ...(added.get(key) ?? [])]),
  ];
  return keys.map((key) => {
    const [mine, theirs] = [one.get(key), other.get(key)];
    const name = (mine ?? theirs)?.name ?? '';
    return { name, ...(mine && { first: mine }), ...(theirs && { second: theirs }) };
  });
}

/** Whether two executions differ in a visit: in its status, error or data. Times always do. */
export function isDifferent({ first, second }: ComparedVisit): boolean {
  if (!first || !second) return true;
  return (
    FACTS.some((fact) => first[fact] !== second[fact]) ||
    JSON.stringify(first.assigned) !== JSON.stringify(second.assigned)
  );
}

const FACTS = ['status', 'error', 'cause', 'input', 'output'] as const;

/** Visits in tree order, by what identifies them in any execution of the state machine. */
function keyed(path: ExecutionPath): ReadonlyMap<string, StateVisit> {
  const keys = new Map<StateVisit, string>();
  const counts = new Map<string, number>();
  const visits = new Map<string, StateVisit>();
  for (const visit of inTreeOrder(path, visitGroups(path))) {
    const { name, scope } = visit;
    // Not in a list with the name: each level would escape the quotes of the levels around it again.
    const place = scope ? `${keys.get(scope.visit)} ${scope.attempt} ${scope.index} ` : '';
    const state = place + JSON.stringify(name);
    const count = (counts.get(state) ?? 0) + 1;
    counts.set(state, count);
    const key = `${state} ${count}`;
    keys.set(visit, key);
    visits.set(key, visit);
  }
  return visits;
}
