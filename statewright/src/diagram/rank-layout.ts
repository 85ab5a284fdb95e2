/** The layout of one scope: dagre finds each state's rank and horizontal position, and those of the lines between. */
import { graphlib, layout } from '@dagrejs/dagre';
import { bounds } from './bounds';
import { type LabelledRoute, labelHeight } from './label';
import { planLanes } from './lane-lines';
import { drawLoops, loopsSize } from './loops';
import {
  moveScope,
  moveState,
  type PlacedScope,
  type PlacedState,
  type Point,
  TERMINAL_RADIUS,
} from './placed';
import { type Place, Ports } from './ports';
import { orderRanks } from './rank-order';
import { Ranks } from './ranks';
import { drawLine, type Line, planLines, planTurns } from './route-lines';
import { straighten } from './straighten';

const START = 'start';
const END = 'end';
const LOOPS = 'loops';
/** The width of the note `Retry` on a card's lower edge, with the space around it. */
const NOTE_WIDTH = 72;
/** Between a label's box and what is above and below it. */
const LABEL_SPACE = 2;

interface RankedScope {
  readonly cards: readonly PlacedState[];
  readonly lines: readonly LabelledRoute[];
  /** The transitions of a state to itself, by state. */
  readonly loops: readonly (readonly LabelledRoute[])[];
  /** The routes that share a line, by target. */
  readonly lanes: readonly (readonly LabelledRoute[])[];
  /** Whether the start and the end are drawn. */
  readonly hasTerminals: boolean;
}

/** The points of a line begin and end on the edges of cards; x and y are the middle of its label. */
interface Edge extends Point {
  readonly points: readonly Point[];
}

export function placeInRanks(scope: RankedScope): PlacedScope {
  const { cards, hasTerminals } = scope;
  const graph = layoutGraph(scope);
  const placeOf = (id: string, card?: PlacedState): Place => {
    const { rank = 0, x, width, height } = graph.node(id);
    return {
      rank,
      x,
      width,
      height,
      shape: card ? 'card' : 'circle',
      note: card?.state.hasRetry ? NOTE_WIDTH : 0,
    };
  };
  const terminals = hasTerminals ? { start: placeOf(START), end: placeOf(END) } : undefined;
  const places = new Map(cards.map((card) => [card.state.name, placeOf(nodeId(card.state.name), card)]));
  const place = (name: string | undefined, otherwise: Place | undefined) =>
    (name === undefined ? otherwise : places.get(name)) as Place;
  const source = ({ from }: LabelledRoute) => place(from, terminals?.start);
  const target = ({ to }: LabelledRoute) => place(to, terminals?.end);

  const laidOut = scope.lines.map((route, index): Line => {
    const edge: Edge = graph.edge(nodeId(route.from, START), nodeId(route.to, END), String(index));
    const bends = edge.points.slice(1, -1);
    const labelled = route.label ? bends.findIndex(({ y }) => y === edge.y) : -1;
    return { route, from: source(route), to: target(route), bends: bends.map(({ x }) => x), labelled };
  });
  const loops = scope.loops.map((routes) => {
    const id = nodeId(routes[0]?.from);
    const { x }: Edge = graph.edge(id, id, LOOPS);
    return { routes, place: source(routes[0] ?? {}), x, ...loopsSize(routes) };
  });

  const lines = straighten(laidOut, [
    ...places.values(),
    ...Object.values(terminals ?? {}),
    ...loops.map(({ place, x, width }) => ({ rank: place.rank, x, width })),
  ]);

  const heights: number[] = [];
  const grow = (rank: number, height: number) => {
    heights[rank] = Math.max(heights[rank] ?? 0, height);
  };
  for (const { rank, height } of [...places.values(), ...Object.values(terminals ?? {})]) grow(rank, height);
  for (const { place, height } of loops) grow(place.rank, height);
  for (const { route, from, to, bends, labelled } of lines) {
    const down = from.rank < to.rank ? 1 : -1;
    bends.forEach((_, i) => {
      const rank = from.rank + down * (i + 1);
      grow(rank, i === labelled ? labelHeight(route.label) + 2 * LABEL_SPACE : 0);
    });
  }

  const ports = new Ports();
  const ranks = new Ranks(heights);
  const drawLanes = planLanes(
    scope.lanes.map((routes) => ({
      branches: routes.map((route) => ({ route, from: source(route) })),
      to: target(routes[0] ?? {}),
    })),
    ports,
    ranks,
  );
  planLines(lines, ports);
  ports.spread();
  planTurns(lines, ports, ranks);
  ranks.place();

  const states = cards.map((card) => {
    const { x, rank, width, height } = place(card.state.name, undefined);
    return moveState(card, x - width / 2, ranks.middle(rank) - height / 2);
  });
  const circles = terminals && {
    start: { ...terminals.start, y: ranks.middle(terminals.start.rank) },
    end: { ...terminals.end, y: ranks.middle(terminals.end.rank) },
  };
  const inner = [
    ...lines.map((line) => drawLine(line, ports, ranks)),
    ...loops.flatMap(({ routes, place, x }) => drawLoops(routes, place, { x, y: ranks.middle(place.rank) })),
  ];
  const around = Object.values(circles ?? {});
  const { x, width } = bounds(states, inner, around);
  const transitions = [...inner, ...drawLanes(x + width)];
  const box = bounds(states, transitions, around);
  const centers = circles && {
    start: { x: circles.start.x, y: circles.start.y },
    end: { x: circles.end.x, y: circles.end.y },
  };
  return moveScope({ states, transitions, ...centers, box }, -box.x, -box.y);
}

function layoutGraph({ cards, lines, loops, hasTerminals }: RankedScope) {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({ rankdir: 'TB', nodesep: 44, edgesep: 24, ranksep: 52 });
  for (const { state, box } of cards)
    graph.setNode(nodeId(state.name), { width: box.width, height: box.height });
  if (hasTerminals)
    for (const id of [START, END])
      graph.setNode(id, { width: 2 * TERMINAL_RADIUS, height: 2 * TERMINAL_RADIUS });
  lines.forEach(({ from, to, transition, label }, index) => {
    const size = label && { width: label.width, height: labelHeight(label) };
    const weight = transition?.kind === 'catch' ? 1 : 4;
    graph.setEdge(nodeId(from, START), nodeId(to, END), { weight, labelpos: 'c', ...size }, String(index));
  });
  for (const routes of loops) {
    const id = nodeId(routes[0]?.from);
    graph.setEdge(id, id, { labelpos: 'c', ...loopsSize(routes) }, LOOPS);
  }
  layout(graph, { customOrder: orderRanks });
  return graph;
}

function nodeId(name: string | undefined, otherwise = ''): string {
  return name === undefined ? otherwise : `state ${name}`;
}
