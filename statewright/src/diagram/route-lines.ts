import type { LabelledRoute } from './label';
import type { PlacedTransition, Point } from './placed';
import { edgeOffset, type Place, type Ports } from './ports';
import type { Ranks } from './ranks';

/** A line between two ranks, with its x position in each rank between them, from the source on. */
export interface Line {
  readonly route: LabelledRoute;
  readonly from: Place;
  readonly to: Place;
  readonly bends: readonly number[];
  /** The position of its label among the bends. */
  readonly labelled: number;
}

/** Reserves the ports of lines. */
export function planLines(lines: readonly Line[], ports: Ports): void {
  for (const line of lines) {
    const { from, to, bends } = line;
    const leadsDown = from.rank < to.rank;
    ports.add(line, from, leadsDown ? 'bottom' : 'top', bends[0] ?? to.x);
    ports.add(line, to, leadsDown ? 'top' : 'bottom', bends.at(-1) ?? from.x);
  }
}

/** Tells each band how far its lines turn. */
export function planTurns(lines: readonly Line[], ports: Ports, ranks: Ranks): void {
  for (const line of lines) {
    const { from, to } = line;
    const xs = columns(line, ports);
    xs.slice(1).forEach((x, i) => {
      band(ranks, from, to, i).turn(x - (xs[i] ?? x));
    });
  }
}

/** Draws a line: vertical where it passes a rank, with its turns between the ranks. */
export function drawLine(line: Line, ports: Ports, ranks: Ranks): PlacedTransition {
  const { route, from, to, labelled } = line;
  const { label, ...plain } = route;
  const xs = columns(line, ports);
  const down = from.rank < to.rank ? 1 : -1;
  const [first = 0, last = 0] = [xs[0], xs.at(-1)];
  const points: Point[] = [{ x: first, y: ranks.middle(from.rank) + down * edgeOffset(from, first) }];
  xs.slice(1).forEach((x, i) => {
    const before = xs[i] ?? x;
    if (Math.abs(x - before) < 0.5) return;
    const { turnTop, turnBottom } = band(ranks, from, to, i);
    const [begin, end] = down > 0 ? [turnTop, turnBottom] : [turnBottom, turnTop];
    const bend = (end - begin) * 0.35;
    points.push({ x: before, y: begin }, { x: before, y: begin + bend }, { x, y: end - bend }, { x, y: end });
  });
  points.push({ x: last, y: ranks.middle(to.rank) - down * edgeOffset(to, last) });
  const center = { x: xs[labelled + 1] ?? first, y: ranks.middle(from.rank + down * (labelled + 1)) };
  return { routes: [plain], joins: false, points, ...(label && { label: { ...label, center } }) };
}

/** The x positions from the source's port to the target's. */
function columns(line: Line, ports: Ports): number[] {
  const { from, to, bends } = line;
  return [ports.x(line, from), ...bends, ports.x(line, to)];
}

/** The band that a line crosses after its `step`th rank. */
function band(ranks: Ranks, from: Place, to: Place, step: number) {
  return from.rank < to.rank ? ranks.below(from.rank + step) : ranks.above(from.rank - step);
}
