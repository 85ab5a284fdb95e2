import type { PlacedState, PlacedTransition, Point, Route, TransitionLabel } from './placed';

/** A route with its label. */
export interface LabelledRoute extends Route {
  readonly label?: Omit<TransitionLabel, 'center'>;
}

/** Distances in pixels: from a card to a line that turns, from a lane to what is next to it, and around a corner. */
const TURN = 14;
const GAP = 28;
const CORNER = 10;
/** Between the lines of two lanes, where they leave a card or run in parallel. */
const STEP = 12;

/**
 * Draws the routes of lanes: from below each source to the right, past all cards, down the lane and into its
 * target from above.
 *
 * @param lanes the routes of each lane, from the top down, with the same target
 * @param right the x position where the lanes may begin
 */
export function drawLanes(
  lanes: readonly (readonly LabelledRoute[])[],
  states: readonly PlacedState[],
  end: Point | undefined,
  right: number,
): PlacedTransition[] {
  let x = right;
  return lanes.flatMap((routes, number) => {
    x += GAP + Math.max(0, ...routes.map(({ label }) => (label ? label.width + CORNER : 0)));
    const shift = number * STEP;
    const branches = routes.map((route) => branch(route, states, x, shift));
    const heights = branches.map(({ points }) => points.at(-1)?.y ?? 0);
    const target = targetOf(routes, states, end);
    const pieces = routes.map((_, i): PlacedTransition => {
      const from = { x, y: heights[i] ?? 0 };
      const isLast = i === routes.length - 1;
      const above = target.y - TURN - CORNER - shift;
      const points = isLast
        ? corners([from, { x, y: above }, { x: target.x, y: above }, target])
        : [from, { x, y: heights[i + 1] ?? 0 }];
      return { routes: routes.slice(0, i + 1), joins: !isLast, points };
    });
    return [...branches, ...pieces];
  });
}

/** From a state, below its whole row, to the lane, with its label next to the lane. */
function branch(
  { label, ...route }: LabelledRoute,
  states: readonly PlacedState[],
  x: number,
  shift: number,
): PlacedTransition {
  const source = states.find(({ state }) => state.name === route.from);
  const { x: left, y: top, width, height } = source?.box ?? { x: 0, y: 0, width: 0, height: 0 };
  const middle = top + height / 2;
  const row = states.filter(({ box }) => Math.abs(box.y + box.height / 2 - middle) < 1);
  const y = Math.max(...row.map(({ box }) => box.y + box.height)) + TURN + shift;
  const from = { x: left + width - 3 * CORNER - shift, y: top + height };
  return {
    routes: [route],
    joins: true,
    points: corners([from, { x: from.x, y }, { x, y }]),
    ...(label && { label: { ...label, center: { x: x - CORNER - label.width / 2, y } } }),
  };
}

/** The end of a lane: on the right half of a card's upper edge, or of the end's circle. */
function targetOf(routes: readonly Route[], states: readonly PlacedState[], end: Point | undefined): Point {
  const target = states.find(({ state }) => state.name === routes[0]?.to);
  if (target) return { x: target.box.x + target.box.width - 3 * CORNER, y: target.box.y };
  return { x: (end?.x ?? 0) + TURN, y: (end?.y ?? 0) - 17 };
}

/** Extra points that keep the lines straight, with rounded corners only. */
function corners(points: readonly Point[]): Point[] {
  return points.flatMap((point, i) => {
    const before = points[i - 1];
    const after = points[i + 1];
    if (!before || !after) return [point];
    return [towards(point, before), point, towards(point, after)];
  });
}

function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const part = Math.min(CORNER, length / 2) / length;
  return { x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part };
}
