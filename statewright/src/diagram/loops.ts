import { type LabelledRoute, labelHeight } from './label';
import type { PlacedTransition, Point } from './placed';
import type { Place } from './ports';

const GAP = 10;
/** From a loop's middle to its lines, and between two loops where they leave the card. */
const HALF = 6;
const STEP = 24;
/** The size of a loop without a label. */
const PLAIN = { width: 20, height: 2 * HALF };

/** The space next to a state that its transitions to itself need: their labels are placed one below the other. */
export function loopsSize(routes: readonly LabelledRoute[]): { width: number; height: number } {
  const heights = routes.map(heightOf);
  return {
    width: Math.max(...routes.map(({ label }) => label?.width ?? PLAIN.width)),
    height: heights.reduce((sum, height) => sum + height + GAP, -GAP),
  };
}

/** @param center the middle of their space */
export function drawLoops(
  routes: readonly LabelledRoute[],
  place: Pick<Place, 'x' | 'width'>,
  center: Point,
): PlacedTransition[] {
  const right = place.x + place.width / 2;
  let top = center.y - loopsSize(routes).height / 2;
  return routes.map((route, number): PlacedTransition => {
    const { label, ...plain } = route;
    const y = top + heightOf(route) / 2;
    top += heightOf(route) + GAP;
    const portY = center.y + (number - (routes.length - 1) / 2) * STEP;
    const half = (label?.width ?? 0) / 2;
    const points = [
      { x: right, y: portY - HALF },
      { x: center.x - half - GAP, y: y - HALF },
      { x: center.x, y: y - HALF },
      { x: center.x + half / 2, y },
      { x: center.x, y: y + HALF },
      { x: center.x - half - GAP, y: y + HALF },
      { x: right + GAP, y: portY + HALF },
      { x: right, y: portY + HALF },
    ];
    return {
      routes: [plain],
      joins: false,
      points,
      ...(label && { label: { ...label, center: { x: center.x, y } } }),
    };
  });
}

function heightOf({ label }: LabelledRoute): number {
  return label ? labelHeight(label) : PLAIN.height;
}
