/**
 * The layout of a diagram. dagre lays out each scope separately, the innermost first: no transition
 * leaves its scope, so a Parallel or a Map is one box in the scope around it.
 */
import { graphlib, layout } from '@dagrejs/dagre';
import { bounds } from './bounds';
import { sizeState } from './card';
import { layoutColumn } from './column';
import { drawLanes, type LabelledRoute } from './lane-lines';
import { findLanes } from './lanes';
import {
  moveScope,
  moveState,
  type PlacedScope,
  type PlacedState,
  type PlacedTransition,
  type Route,
  TERMINAL_RADIUS,
} from './placed';
import { type Font, measureText, wrapText } from './text-metrics';
import type { WorkflowScope, WorkflowTransition } from './workflow';

export const LABEL_FONT: Font = { size: 12 };
export const LABEL_LINE_HEIGHT = 15;

const LABEL = { width: 230, wrap: 2, lines: 4 };
const START = 'start';
const END = 'end';

/** How much of one scope is laid out; what has more is drawn plainly, as one column. */
export interface LayoutLimit {
  readonly states: number;
  readonly transitions: number;
}

/** Some seconds of work, and as many ranks as dagre, which calls itself for each, can place. */
const MOST: LayoutLimit = { states: 1000, transitions: 1500 };

/** Places a whole workflow with its start and end, with a margin around it. */
export function layoutWorkflow(scope: WorkflowScope, margin: number, limit = MOST): PlacedScope {
  const ends = scope.states.filter(({ isEnd }) => isEnd).map(({ name }) => ({ from: name }));
  const { box, ...placed } = moveScope(
    arrange(scope, [{ to: scope.startAt }, ...ends], limit),
    margin,
    margin,
  );
  return { ...placed, box: { x: 0, y: 0, width: box.width + 2 * margin, height: box.height + 2 * margin } };
}

function arrange(scope: WorkflowScope, terminalRoutes: readonly Route[], limit: LayoutLimit): PlacedScope {
  // The inside of a Parallel or Map is placed at the origin.
  const cards = scope.states.map((state) => sizeState(state, (inner) => arrange(inner, [], limit)));
  const isTooMuch = cards.length > limit.states || scope.transitions.length > limit.transitions;
  if (isTooMuch) return layoutColumn(cards, [...terminalRoutes, ...scope.transitions.map(asRoute)]);
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 44, edgesep: 24, ranksep: 52 });
  for (const { state, box } of cards)
    graph.setNode(stateId(state.name), { width: box.width, height: box.height });
  const hasTerminals = terminalRoutes.length > 0;
  if (hasTerminals)
    for (const id of [START, END])
      graph.setNode(id, { width: 2 * TERMINAL_RADIUS, height: 2 * TERMINAL_RADIUS });
  const routes: LabelledRoute[] = [...terminalRoutes, ...scope.transitions.map(labelRoute)];
  const lanes = findLanes(scope, routes);
  const direct = routes.filter((_, position) => !lanes.some((lane) => lane.includes(position)));
  direct.forEach(({ from, to, transition, label }, index) => {
    const size = label && { width: label.width, height: label.lines.length * LABEL_LINE_HEIGHT + 6 };
    const weight = transition?.kind === 'catch' ? 1 : 4;
    graph.setEdge(stateId(from, START), stateId(to, END), { weight, labelpos: 'c', ...size }, String(index));
  });
  layout(graph);
  return readLayout(
    graph,
    cards,
    direct,
    lanes.map((lane) => lane.flatMap((position) => routes[position] ?? [])),
    hasTerminals,
  );
}

function readLayout(
  graph: graphlib.Graph,
  cards: readonly PlacedState[],
  direct: readonly LabelledRoute[],
  lanes: readonly (readonly LabelledRoute[])[],
  hasTerminals: boolean,
): PlacedScope {
  const states = cards.map((card) => {
    const { x, y } = graph.node(stateId(card.state.name));
    return moveState(card, x - card.box.width / 2, y - card.box.height / 2);
  });
  const lines = direct.map(({ label, ...route }, index): PlacedTransition => {
    const { points, x, y } = graph.edge(stateId(route.from, START), stateId(route.to, END), String(index));
    return { routes: [route], joins: false, points, ...(label && { label: { ...label, center: { x, y } } }) };
  });
  const terminals = hasTerminals ? { start: graph.node(START), end: graph.node(END) } : {};
  const inner = bounds(states, lines, Object.values(terminals));
  const transitions = [...lines, ...drawLanes(lanes, states, terminals.end, inner.x + inner.width)];
  const box = bounds(states, transitions, Object.values(terminals));
  return moveScope({ states, transitions, ...terminals, box: { ...box, x: 0, y: 0 } }, -box.x, -box.y);
}

function stateId(name: string | undefined, otherwise = ''): string {
  return name === undefined ? otherwise : `state ${name}`;
}

const asRoute = (transition: WorkflowTransition): Route => ({
  from: transition.from,
  to: transition.to,
  transition,
});

function labelRoute(transition: WorkflowTransition): LabelledRoute {
  const { from, to, labels } = transition;
  if (labels.length === 0) return asRoute(transition);
  const wrapped = labels.map((label) => wrapText(label, LABEL.width, LABEL.wrap, LABEL_FONT));
  const shown = takeWhole(wrapped, LABEL.lines);
  const lines = wrapped.slice(0, shown).flat();
  if (shown < labels.length) lines.push(`and ${labels.length - shown} more`);
  const width = Math.ceil(Math.max(...lines.map((line) => measureText(line, LABEL_FONT)))) + 12;
  return { from, to, transition, label: { lines, width } };
}

/** The number of labels that fit into `most` lines, with one line left to mention the rest; at least one. */
function takeWhole(labels: readonly (readonly string[])[], most: number): number {
  if (labels.flat().length <= most) return labels.length;
  const fits = (count: number) => labels.slice(0, count).flat().length < most;
  return Math.max(
    1,
    labels.findIndex((_, i) => !fits(i + 1)),
  );
}
