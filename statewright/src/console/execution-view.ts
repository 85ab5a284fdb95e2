import { type ExecutionPath, isSuperseded, type StateVisit } from '../history/execution-path';
import { inTreeOrder, type VisitGroup } from './visit-tree';

/** How many states and events one page shows. */
export const SHOWN = { visits: 100, events: 200 };

/** Which states and events of an execution a page shows, from its URL. */
export interface ExecutionView {
  /** Only states that failed, were caught or had a failed attempt. */
  readonly failed?: true;
  /** Only this state. */
  readonly state?: string;
  /** Only this item of a Map, from 1. */
  readonly item?: number;
  /** Only this Parallel or Map, with what ran in it: the id of the event that entered it. */
  readonly inside?: number;
  /** Only states with this text in their name, input, output or error. */
  readonly find?: string;
  /** The page of states, from 1 (default: 1). */
  readonly states?: number;
  /** The page of events, from 1 (default: 1). */
  readonly events?: number;
  /** The id of the event that entered the visit to show, in place of a page. */
  readonly visit?: number;
  /** The id of the event to show, in place of a page. */
  readonly event?: number;
}

/** Reads the view from a URL; invalid values are ignored. */
export function executionView(query: (name: string) => string | undefined): ExecutionView {
  const number = (name: string) => {
    const value = Math.trunc(Number(query(name)));
    return value >= 1 && value < Number.MAX_SAFE_INTEGER ? { [name]: value } : {};
  };
  const text = (name: string) => (query(name)?.trim() ? { [name]: query(name)?.trim() } : {});
  return {
    ...(query('failed') !== undefined && { failed: true }),
    ...text('state'),
    ...text('find'),
    ...number('item'),
    ...number('inside'),
    ...number('states'),
    ...number('events'),
    ...number('visit'),
    ...number('event'),
  };
}

/** Whether the view has only the states that were searched for. */
export const isSearch = ({ failed, state, item, find }: ExecutionView): boolean =>
  failed !== undefined || state !== undefined || item !== undefined || find !== undefined;

/** Whether the view leaves states out. */
export const isFiltered = (view: ExecutionView): boolean => isSearch(view) || view.inside !== undefined;

/** The query of a view, `?` without anything; what it filters stays with each change. */
export function queryOf(view: ExecutionView): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(view)) query.set(name, value === true ? 'on' : String(value));
  return `?${query}`;
}

/** One page of a list. */
export interface ListPage<T> {
  readonly items: readonly T[];
  readonly total: number;
  /** From 1. */
  readonly page: number;
  readonly pages: number;
  /** The index of the first item. */
  readonly first: number;
}

/** @param page from 1; a number past the end is the last page */
export function listPage<T>(all: readonly T[], size: number, page: number): ListPage<T> {
  const place = pagePlace(all.length, size, page);
  return { items: all.slice(place.first, place.first + size), ...place };
}

/** Where a page is in a list of `total` items. @param page from 1; a number past the end is the last page */
export function pagePlace(total: number, size: number, page: number): Omit<ListPage<never>, 'items'> {
  const pages = Math.max(1, Math.ceil(total / size));
  const current = Math.min(Math.max(1, page), pages);
  return { total, page: current, pages, first: (current - 1) * size };
}

/** The page with an item, or the one that the view names. */
export function pageWith<T>(all: readonly T[], size: number, page = 1, sought?: (item: T) => boolean) {
  const index = sought ? all.findIndex(sought) : -1;
  return listPage(all, size, index < 0 ? page : Math.floor(index / size) + 1);
}

/** The visits that the view names: each Parallel or Map is followed by what ran in it. */
export function matchingVisits(
  path: ExecutionPath,
  groups: ReadonlyMap<string, VisitGroup>,
  view: ExecutionView,
): readonly StateVisit[] {
  const all = inTreeOrder(path, groups);
  const text = view.find?.toLowerCase();
  return all.filter(
    (visit) =>
      (!view.failed || hasFailed(visit)) &&
      (view.state === undefined || visit.name === view.state) &&
      (view.item === undefined || isInItem(visit, view.item - 1)) &&
      (view.inside === undefined || isInside(visit, view.inside)) &&
      (text === undefined || textsOf(visit).some((part) => part.toLowerCase().includes(text))),
  );
}

/** Whether a visit failed, was caught or had a failed attempt. */
export function hasFailed({ status, attempts }: StateVisit): boolean {
  return (
    status === 'FAILED' || status === 'CAUGHT' || attempts.some((attempt) => attempt.status === 'FAILED')
  );
}

function isInItem({ scope }: StateVisit, index: number): boolean {
  if (!scope) return false;
  return (scope.visit.type === 'Map' && scope.index === index) || isInItem(scope.visit, index);
}

function isInside({ enteredEventId, scope }: StateVisit, event: number): boolean {
  return enteredEventId === event || (scope !== undefined && isInside(scope.visit, event));
}

function textsOf({ name, input, output, error, cause }: StateVisit): string[] {
  return [name, input, output, error, cause].filter((text) => text !== undefined);
}

/** The visit that made the execution fail: the innermost one, and the last one of several. */
export function failedVisit({ visits }: ExecutionPath): StateVisit | undefined {
  const failed = visits.filter((visit) => visit.status === 'FAILED' && !isSuperseded(visit));
  const around = new Set(failed.map(({ scope }) => scope?.visit));
  return failed.findLast((visit) => !around.has(visit));
}
