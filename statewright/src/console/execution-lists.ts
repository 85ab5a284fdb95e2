import type { HistoryEvent } from '../history/events';
import type { ExecutionPath, StateVisit } from '../history/execution-path';
import {
  type ExecutionView,
  isFiltered,
  type ListPage,
  matchingVisits,
  pageWith,
  SHOWN,
} from './execution-view';
import { type Folds, foldAround, foldsOf } from './folds';
import { type VisitGroup, visitGroups } from './visit-tree';

/** What a page shows of an execution's states and events. */
interface ExecutionLists {
  /** The view that was asked for, or one of the Map that the state asked for is folded in. */
  readonly view: ExecutionView;
  readonly folds: Folds;
  readonly groups: ReadonlyMap<string, VisitGroup>;
  readonly visits: ListPage<StateVisit>;
  readonly events: ListPage<HistoryEvent>;
}

/** The states and the events of a view; with a filter, the events of the states found. */
export function executionLists(
  history: readonly HistoryEvent[],
  path: ExecutionPath,
  asked: ExecutionView,
): ExecutionLists {
  const groups = visitGroups(path);
  const view = unfolded(path, groups, asked);
  const folds = foldsOf(groups, view);
  const found = matchingVisits(path, groups, view).filter((visit) => !foldAround(visit, folds, view));
  const wanted = new Set(found);
  const isWanted = ({ id, type }: HistoryEvent) => {
    const visit = path.visitByEvent.get(id);
    // A Map has two such events for each of its items, found or not.
    return visit !== undefined && wanted.has(visit) && !/^MapIteration(Started|Succeeded)$/.test(type);
  };
  const events = isFiltered(view) ? history.filter(isWanted) : history;
  const { visit, event } = view;
  return {
    view,
    folds,
    groups,
    visits: pageWith(
      found,
      SHOWN.visits,
      view.states,
      visit === undefined ? undefined : ({ enteredEventId }) => enteredEventId === visit,
    ),
    events: pageWith(
      events,
      SHOWN.events,
      view.events,
      event === undefined ? undefined : ({ id }) => id === event,
    ),
  };
}

/** The view of the Map that has the state asked for, if that is folded. */
function unfolded(
  { visits }: ExecutionPath,
  groups: ReadonlyMap<string, VisitGroup>,
  view: ExecutionView,
): ExecutionView {
  const sought = visits.find(({ enteredEventId }) => enteredEventId === view.visit);
  const fold = sought && foldAround(sought, foldsOf(groups, view), view);
  return fold ? { ...view, inside: fold.enteredEventId } : view;
}
