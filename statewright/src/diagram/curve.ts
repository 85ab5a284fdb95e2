/** The shape of a transition's line between its points. */
import type { Point } from './placed';

/** A part of a curve: a quadratic Bézier curve, or a straight line where it has no `control`. */
interface CurvePart {
  readonly from: Point;
  readonly control?: Point;
  readonly to: Point;
}

const CORNER = 10;

/** A smooth line: each bend is the control point of a curve between the middles of its neighbours. */
export function curveParts(points: readonly Point[]): CurvePart[] {
  const [first, ...rest] = points;
  const last = rest.pop();
  if (!first || !last) return [];
  let from = first;
  const parts = rest.map((control, i) => {
    const following = rest[i + 1];
    const part = { from, control, to: following ? middle(control, following) : last };
    from = part.to;
    return part;
  });
  return parts.length > 0 ? parts : [{ from, to: last }];
}

/** Extra points that keep the lines straight, with rounded corners only. */
export function withCorners(points: readonly Point[]): Point[] {
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

function middle(a: Point, b: Point): Point {
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
