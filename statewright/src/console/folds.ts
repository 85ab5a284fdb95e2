/** A Map with very many items is folded on the page of its execution: one row leads to a page of the items. */
import type { StateVisit } from '../history/execution-path';
import { type ExecutionView, isSearch } from './execution-view';
import { number } from './parts/pager';
import type { VisitGroup } from './visit-tree';

/** A Parallel or Map with more branches or items than this is folded. */
const MOST_GROUPS = 25;

/** What ran in each Parallel or Map that is folded. */
export type Folds = ReadonlyMap<StateVisit, readonly VisitGroup[]>;

/** What a view folds: nothing of what it searches for, nor what it is about. */
export function foldsOf(groups: ReadonlyMap<string, VisitGroup>, view: ExecutionView): Folds {
  if (isSearch(view)) return new Map();
  const byVisit = new Map<StateVisit, VisitGroup[]>();
  for (const group of groups.values()) {
    const siblings = byVisit.get(group.visit);
    if (siblings) siblings.push(group);
    else byVisit.set(group.visit, [group]);
  }
  const isFolded = ({ enteredEventId }: StateVisit, size: number) =>
    size > MOST_GROUPS && enteredEventId !== view.inside;
  return new Map([...byVisit].filter(([visit, siblings]) => isFolded(visit, siblings.length)));
}

/** The innermost folded Parallel or Map around a visit, up to the one that the view is about. */
export function foldAround({ scope }: StateVisit, folds: Folds, view: ExecutionView): StateVisit | undefined {
  if (!scope || scope.visit.enteredEventId === view.inside) return undefined;
  return folds.has(scope.visit) ? scope.visit : foldAround(scope.visit, folds, view);
}

/** `1,000 items` */
export function foldLabel({ type, items = 0 }: StateVisit, { length }: readonly VisitGroup[]): string {
  return `${number(Math.max(length, items))} ${type === 'Map' ? 'items' : 'branches'}`;
}
