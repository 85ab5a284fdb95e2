/** Where a high drawing can continue in the next column. */
import { labelBox } from './label';
import type { PlacedScope } from './placed';

/** From a cut to the card below it, in pixels: lines are vertical there. */
const CLEAR = 6;
/** The most lines that a cut divides. */
const MOST_LINES = 8;
/** How far a cut may be from where it makes equal columns, relative to their height. */
const UNEVEN = 0.25;
/** How far a cut may move, in pixels, to divide one line fewer. */
const PER_LINE = 100;
/** The height of the highest column, relative to the average, at which the drawing stays one column. */
const TOO_UNEVEN = 1.6;

/**
 * The y positions that divide a scope into columns of about the same height: fewer, or none, where too many lines pass.
 */
export function findCuts(scope: PlacedScope, columns: number): number[] {
  const candidates = [...new Set(scope.states.map(({ box }) => box.y - CLEAR))];
  const linesAt = lineCounter(scope);
  const cuts: number[] = [];
  for (let left = columns; left > 1; left--) {
    const begin = cuts.at(-1) ?? 0;
    const height = (scope.box.height - begin) / left;
    const distance = (y: number) => Math.abs(y - begin - height);
    const [best] = candidates
      .filter((y) => distance(y) < height * UNEVEN)
      .map((y) => ({ y, lines: linesAt(y) }))
      .filter(({ lines }) => lines <= MOST_LINES)
      .map(({ y, lines }) => ({ y, badness: lines * PER_LINE + distance(y) }))
      .sort((a, b) => a.badness - b.badness);
    if (best) cuts.push(best.y);
  }
  const heights = [...cuts, scope.box.height].map((cut, i) => cut - (cuts[i - 1] ?? 0));
  const isEven = Math.max(...heights) * heights.length < TOO_UNEVEN * scope.box.height;
  return isEven ? cuts : [];
}

/** Returns the number of lines at a y position; infinite where a cut would divide more than vertical lines. */
function lineCounter({ states, transitions }: PlacedScope): (y: number) => number {
  const labels = transitions.flatMap(({ label }) => (label ? [labelBox(label)] : []));
  const boxes = [...states.map(({ box }) => box), ...labels];
  const segments = transitions.flatMap(({ points }) =>
    points.slice(1).map((to, i) => {
      const from = points[i] ?? to;
      return {
        top: Math.min(from.y, to.y),
        bottom: Math.max(from.y, to.y),
        lines: Math.abs(from.x - to.x) < 0.5 ? 1 : Number.POSITIVE_INFINITY,
      };
    }),
  );
  return (y) =>
    boxes.some((box) => y > box.y - CLEAR && y < box.y + box.height)
      ? Number.POSITIVE_INFINITY
      : segments.reduce((sum, { top, bottom, lines }) => (top < y && y <= bottom ? sum + lines : sum), 0);
}
