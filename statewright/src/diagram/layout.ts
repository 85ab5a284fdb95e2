/**
 * The layout of a diagram. Each scope is laid out separately, the innermost first: no transition
 * leaves its scope, so a Parallel or a Map is one box in the scope around it.
 */
import { sizeState } from './card';
import { layoutColumn } from './column';
import { type LabelledRoute, labelRoute } from './label';
import { findLanes } from './lanes';
import { moveScope, type PlacedScope, type Route } from './placed';
import { placeInRanks } from './rank-layout';
import type { WorkflowScope, WorkflowTransition } from './workflow';
import { wrapTall } from './wrap';

export interface LayoutOptions {
  /** A scope that has more is drawn plainly, as one column (default: what takes some seconds). */
  readonly limit?: LayoutLimit;
  /** Whether the drawing scrolls: then what is high and narrow stays so (default: false, it continues in columns). */
  readonly scrolls?: boolean;
}

export interface LayoutLimit {
  readonly states: number;
  readonly transitions: number;
}

/** Some seconds of work, and as many ranks as dagre, which calls itself for each, can place. */
const MOST: LayoutLimit = { states: 1000, transitions: 1500 };

/** Places a whole workflow with its start and end, with a margin around it. */
export function layoutWorkflow(
  scope: WorkflowScope,
  margin: number,
  { limit = MOST, scrolls = false }: LayoutOptions = {},
): PlacedScope {
  const ends = scope.states.filter(({ isEnd }) => isEnd).map(({ name }) => ({ from: name }));
  const [whole] = arrangeAll([scope], [{ to: scope.startAt }, ...ends], { limit, scrolls }) as [PlacedScope];
  const { box, ...placed } = moveScope(whole, margin, margin);
  return { ...placed, box: { x: 0, y: 0, width: box.width + 2 * margin, height: box.height + 2 * margin } };
}

/** Places scopes that lie side by side, each at the origin. */
function arrangeAll(
  scopes: readonly WorkflowScope[],
  terminalRoutes: readonly Route[],
  options: Required<LayoutOptions>,
): PlacedScope[] {
  const placed = scopes.map((scope) => arrange(scope, terminalRoutes, options));
  return options.scrolls ? placed : wrapTall(placed);
}

function arrange(
  scope: WorkflowScope,
  terminalRoutes: readonly Route[],
  options: Required<LayoutOptions>,
): PlacedScope {
  const { limit } = options;
  const cards = scope.states.map((state) => sizeState(state, (inner) => arrangeAll(inner, [], options)));
  const isTooMuch = cards.length > limit.states || scope.transitions.length > limit.transitions;
  if (isTooMuch) return layoutColumn(cards, [...terminalRoutes, ...scope.transitions.map(asRoute)]);
  const routes: LabelledRoute[] = [...terminalRoutes, ...scope.transitions.map(labelRoute)];
  const lanes = findLanes(scope, routes);
  const inLane = new Set(lanes.flat());
  const isLoop = ({ from, to }: Route) => from !== undefined && from === to;
  return placeInRanks({
    cards,
    lines: routes.filter((route, position) => !inLane.has(position) && !isLoop(route)),
    loops: cards
      .map(({ state }) => routes.filter((route) => isLoop(route) && route.from === state.name))
      .filter((loops) => loops.length > 0),
    lanes: lanes.map((lane) => lane.flatMap((position) => routes[position] ?? [])),
    hasTerminals: terminalRoutes.length > 0,
  });
}

const asRoute = (transition: WorkflowTransition): Route => ({
  from: transition.from,
  to: transition.to,
  transition,
});
