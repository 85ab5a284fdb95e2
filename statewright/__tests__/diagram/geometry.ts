import { curveParts } from '../../src/diagram/curve';
import { labelBox } from '../../src/diagram/label';
import {
  type Box,
  type PlacedScope,
  type PlacedState,
  type PlacedTransition,
  type Point,
  TERMINAL_RADIUS,
} from '../../src/diagram/placed';

/** Pixels by which boxes may touch. */
const TOLERANCE = 0.5;
/** The parts of a curve that are looked at. */
const STEPS = 8;

/** Everything in a drawing that lies over something else, or exceeds what it belongs to, at any depth. */
export function faults(scope: PlacedScope): string[] {
  const { states, box, transitions, start, end } = scope;
  const name = ({ state }: PlacedState) => state.name;
  const lines = transitions.map((transition) => ({
    ...transition,
    way: describe(transition),
    path: path(transition),
  }));
  const labels = lines.flatMap((line) => (line.label ? [{ line, box: labelBox(line.label) }] : []));
  const circles = [
    ...(start ? [{ name: 'start', box: circle(start) }] : []),
    ...(end ? [{ name: 'end', box: circle(end) }] : []),
  ];
  const cards = [...states.map((state) => ({ name: name(state), box: state.box })), ...circles];
  const isOwn = ({ routes }: PlacedTransition, card: string) =>
    routes.some(({ from = 'start', to = 'end' }) => from === card || to === card);
  return [
    ...pairs(cards).flatMap(([a, b]) => (overlap(a.box, b.box) ? [`${a.name} and ${b.name} overlap`] : [])),
    ...cards.filter((card) => !isWithin(card.box, box)).map((card) => `${card.name} is out of its scope`),
    ...labels
      .filter((label) => !isWithin(label.box, box))
      .map(({ line }) => `the label ${line.way} is out of its scope`),
    ...lines
      .filter(({ path }) => path.some((point) => !isWithin({ ...point, width: 0, height: 0 }, box)))
      .map(({ way }) => `the line ${way} is out of its scope`),
    ...labels.flatMap(({ line, box }) =>
      cards
        .filter((card) => overlap(box, card.box))
        .map((card) => `the label ${line.way} lies over ${card.name}`),
    ),
    ...pairs(labels).flatMap(([a, b]) =>
      overlap(a.box, b.box) ? [`the labels ${a.line.way} and ${b.line.way} overlap`] : [],
    ),
    ...lines.flatMap((line) =>
      cards
        .filter((card) => crosses(line.path, isOwn(line, card.name) ? inside(card.box) : card.box))
        .map((card) => `the line ${line.way} crosses ${card.name}`),
    ),
    ...labels.flatMap(({ line, box }) =>
      lines
        .filter((other) => other !== line && !shareWay(line, other) && crosses(other.path, box))
        .map((other) => `the line ${other.way} crosses the label ${line.way}`),
    ),
    ...states.flatMap((state) => [
      ...state.scopes
        .filter((inner) => !isWithin(inner.box, state.box))
        .map(() => `a branch is out of ${name(state)}`),
      ...pairs(state.scopes).flatMap(([a, b]) =>
        overlap(a.box, b.box) ? [`branches of ${name(state)} overlap`] : [],
      ),
      ...state.scopes.flatMap(faults),
    ]),
  ];
}

/** How often lines cross each other. */
export function crossings({ states, transitions }: PlacedScope): number {
  const paths = transitions.map(path);
  const own = pairs(paths).filter(([a, b]) =>
    segments(a).some((one) => segments(b).some((other) => meet(one, other))),
  ).length;
  return own + states.flatMap(({ scopes }) => scopes).reduce((sum, inner) => sum + crossings(inner), 0);
}

const shareWay = (a: PlacedTransition, b: PlacedTransition) =>
  a.joins && b.joins && a.routes[0] === b.routes[0];

const describe = ({ routes: [route] }: PlacedTransition) =>
  `${route?.from ?? 'start'} → ${route?.to ?? 'end'}`;

const circle = ({ x, y }: Point): Box => ({
  x: x - TERMINAL_RADIUS,
  y: y - TERMINAL_RADIUS,
  width: 2 * TERMINAL_RADIUS,
  height: 2 * TERMINAL_RADIUS,
});

/** The middle of a card: where not even its own lines lead. */
const inside = ({ x, y, width, height }: Box): Box => ({
  x: x + 8,
  y: y + 8,
  width: width - 16,
  height: height - 16,
});

/** The points of the curve as it is drawn. */
function path({ points }: PlacedTransition): Point[] {
  return curveParts(points).flatMap(({ from, control, to }) =>
    control
      ? Array.from({ length: STEPS + 1 }, (_, i) => {
          const t = i / STEPS;
          const at = (axis: 'x' | 'y') =>
            (1 - t) ** 2 * from[axis] + 2 * t * (1 - t) * control[axis] + t ** 2 * to[axis];
          return { x: at('x'), y: at('y') };
        })
      : [from, to],
  );
}

type Segment = readonly [Point, Point];

const segments = (points: readonly Point[]): Segment[] =>
  points.slice(1).map((point, i) => [points[i] as Point, point] as const);

const pairs = <T>(items: readonly T[]): (readonly [T, T])[] =>
  items.flatMap((a, i) => items.slice(i + 1).map((b) => [a, b] as const));

function crosses(points: readonly Point[], box: Box): boolean {
  return overlap(around(points), box) && segments(points).some((segment) => passes(segment, box));
}

const arounds = new WeakMap<readonly Point[], Box>();

/** The box around a line, with a margin: a straight line has no width. */
function around(points: readonly Point[]): Box {
  const known = arounds.get(points);
  if (known) return known;
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [x, y] = [Math.min(...xs) - 1, Math.min(...ys) - 1];
  const box = { x, y, width: Math.max(...xs) + 1 - x, height: Math.max(...ys) + 1 - y };
  arounds.set(points, box);
  return box;
}

/** Whether a part of the segment lies in the box (Liang and Barsky's clipping). */
function passes([a, b]: Segment, box: Box): boolean {
  let [enter, leave] = [0, 1];
  for (const [axis, size] of [
    ['x', 'width'],
    ['y', 'height'],
  ] as const) {
    const [low, high] = [box[axis] + TOLERANCE, box[axis] + box[size] - TOLERANCE];
    const distance = b[axis] - a[axis];
    if (Math.abs(distance) < 1e-9) {
      if (a[axis] <= low || a[axis] >= high) return false;
      continue;
    }
    const [one, other] = [(low - a[axis]) / distance, (high - a[axis]) / distance];
    enter = Math.max(enter, Math.min(one, other));
    leave = Math.min(leave, Math.max(one, other));
  }
  return enter < leave;
}

function meet([a, b]: Segment, [c, d]: Segment): boolean {
  const side = (p: Point, q: Point, r: Point) =>
    Math.sign((q.x - p.x) * (r.y - p.y) - (q.y - p.y) * (r.x - p.x));
  return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}

function overlap(a: Box, b: Box): boolean {
  return (
    a.x + TOLERANCE < b.x + b.width &&
    b.x + TOLERANCE < a.x + a.width &&
    a.y + TOLERANCE < b.y + b.height &&
    b.y + TOLERANCE < a.y + a.height
  );
}

function isWithin(inner: Box, outer: Box): boolean {
  return (
    inner.x >= outer.x - TOLERANCE &&
    inner.y >= outer.y - TOLERANCE &&
    inner.x + inner.width <= outer.x + outer.width + TOLERANCE &&
    inner.y + inner.height <= outer.y + outer.height + TOLERANCE
  );
}
