import type { Route } from './placed';
import type { WorkflowScope } from './workflow';

/** The minimum number of transitions in a lane: fewer are easier to follow as single lines. */
const LEAST = 5;

/**
 * Finds the routes to take out of the usual layout, by lane, as positions in the list. When many states at many
 * heights lead to one target, such as every Task of a long chain to one error handler, separate lines would fill the
 * drawing; they share one lane next to it instead. The lowest of them stays, and holds the target in its place.
 */
export function findLanes(scope: WorkflowScope, routes: readonly Route[]): number[][] {
  const rank = rankStates(scope);
  const heightOf = (position: number) => rank.get(routes[position]?.from ?? '') ?? 0;
  const groups = new Map<string, number[]>();
  routes.forEach(({ from, to, transition }, position) => {
    if (from === undefined) return;
    const leadsDown = to === undefined || heightOf(position) < (rank.get(to) ?? 0);
    const key = JSON.stringify([to, transition?.kind]);
    if (leadsDown) groups.set(key, [...(groups.get(key) ?? []), position]);
  });
  return [...groups.values()]
    .map((group) => group.sort((a, b) => heightOf(a) - heightOf(b)))
    .filter((group) => new Set(group.map(heightOf)).size >= LEAST)
    .map((group) => group.filter((position) => heightOf(position) < heightOf(group.at(-1) ?? 0)));
}

/** The distance of each state from the start, by the longest path without cycles. */
function rankStates({ startAt, states, transitions }: WorkflowScope): Map<string, number> {
  const targets = new Map(states.map(({ name }) => [name, [] as string[]]));
  for (const { from, to } of transitions) targets.get(from)?.push(to);
  const order = inOrder(startAt, targets);
  const position = new Map(order.map((name, i) => [name, i]));
  const rank = new Map([[startAt, 0]]);
  for (const [i, name] of order.entries()) {
    for (const target of targets.get(name) ?? []) {
      if ((position.get(target) ?? 0) <= i) continue;
      rank.set(target, Math.max(rank.get(target) ?? 0, (rank.get(name) ?? 0) + 1));
    }
  }
  return rank;
}

/** All reachable states in topological order, ignoring transitions back. */
function inOrder(startAt: string, targets: ReadonlyMap<string, readonly string[]>): string[] {
  const seen = new Set([startAt]);
  const path = [{ name: startAt, next: 0 }];
  const left: string[] = [];
  for (let top = path.at(-1); top; top = path.at(-1)) {
    const target = targets.get(top.name)?.[top.next++];
    if (target === undefined) {
      left.push(top.name);
      path.pop();
    } else if (!seen.has(target)) {
      seen.add(target);
      path.push({ name: target, next: 0 });
    }
  }
  return left.reverse();
}
