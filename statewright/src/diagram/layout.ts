/**
 * The layout of a diagram. dagre lays out each scope separately, the innermost first: no transition
 * leaves its scope, so a Parallel or a Map is one box in the scope around it.
 */
import { graphlib, layout } from '@dagrejs/dagre';
import { sizeState } from './card';
import { drawLanes, type LabelledRoute } from './lane-lines';
import { findLanes } from './lanes';
import {
  type Box,
  moveScope,
  moveState,
  type PlacedScope,
  type PlacedState,
  type PlacedTransition,
  type Route,
} from './placed';
import { type Font, measureText, wrapText } from './text-metrics';
import type { WorkflowScope, WorkflowTransition } from './workflow';

export const LABEL_FONT: Font = { size: 12 };
export const LABEL_LINE_HEIGHT = 15;
export const TERMINAL_RADIUS = 22;

const LABEL = { width: 230, wrap: 2, lines: 4 };
const START = 'start';
const END = 'end';

/** Places a whole workflow with its start and end, with a margin around it. */
export function layoutWorkflow(scope: WorkflowScope, margin: number): PlacedScope {
  const ends = scope.states.filter(({ isEnd }) => isEnd).map(({ name }) => ({ from: name }));
  const { box, ...placed } = moveScope(arrange(scope, [{ to: scope.startAt }, ...ends]), margin, margin);
  return { ...placed, box: { x: 0, y: 0, width: box.width + 2 * margin, height: box.height + 2 * margin } };
}

/** Lays out one scope at the origin. */
function layoutScope(scope: WorkflowScope): PlacedScope {
  return arrange(scope, []);
}

function arrange(scope: WorkflowScope, terminalRoutes: readonly Route[]): PlacedScope {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 44, edgesep: 24, ranksep: 52 });
  const cards = scope.states.map((state) => sizeState(state, layoutScope));
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

function labelRoute(transition: WorkflowTransition): LabelledRoute {
  const { from, to, labels } = transition;
  if (labels.length === 0) return { from, to, transition };
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

/** The smallest box around everything: dagre's own box ignores the bends of transitions. */
function bounds(
  states: readonly PlacedState[],
  transitions: readonly PlacedTransition[],
  terminals: readonly Box[],
): Box {
  const boxes = [
    ...states.map(({ box }) => box),
    ...terminals.map(({ x, y, width, height }) => ({ x: x - width / 2, y: y - height / 2, width, height })),
    ...transitions.flatMap(({ points, label }) => [
      ...points.map(({ x, y }) => ({ x, y, width: 0, height: 0 })),
      ...(label
        ? [{ x: label.center.x - label.width / 2, y: label.center.y, width: label.width, height: 0 }]
        : []),
    ]),
  ];
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}
