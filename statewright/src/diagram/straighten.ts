import { type Place, portRange } from './ports';
import type { Line } from './route-lines';

/** What lies in a rank, from left to right: cards, labels, and lines that pass. */
interface Item {
  x: number;
  readonly half: number;
}

/** The least distance of a line from what is next to it. */
const GAP = 12;

/**
 * Removes turns from lines: where that makes them fewer, a line keeps its position from rank to rank as long as it stays
 * between its neighbours. Their order stays, so no line crosses more others than before.
 *
 * @param others what the lines pass: their positions do not change
 * @returns the lines with new bends
 */
export function straighten(
  lines: readonly Line[],
  others: readonly Pick<Place, 'rank' | 'x' | 'width'>[],
): Line[] {
  const ranks = new Map<number, Item[]>();
  const add = (rank: number, x: number, width: number): Item => {
    const item = { x, half: width / 2 };
    const items = ranks.get(rank);
    if (items) items.push(item);
    else ranks.set(rank, [item]);
    return item;
  };
  for (const { rank, x, width } of others) add(rank, x, width);
  const passing = lines.map(({ route, from, to, bends, labelled }) => {
    const down = from.rank < to.rank ? 1 : -1;
    return bends.map((x, i) => {
      const rank = from.rank + down * (i + 1);
      return add(rank, x, i === labelled ? (route.label?.width ?? 0) : 0);
    });
  });
  for (const items of ranks.values()) items.sort((a, b) => a.x - b.x);
  const neighbours = new Map<Item, readonly [Item | undefined, Item | undefined]>();
  for (const items of ranks.values())
    items.forEach((item, i) => {
      neighbours.set(item, [items[i - 1], items[i + 1]]);
    });

  return lines.map((line, number) => {
    const items = passing[number] ?? [];
    const ends = line.from.rank < line.to.rank ? (['bottom', 'top'] as const) : (['top', 'bottom'] as const);
    const source = portRange(line.from, ends[0]);
    const target = portRange(line.to, ends[1]);
    let x = within(source, line.bends[0] ?? line.from.x);
    const straight = items.map((item) => {
      const [left, right] = neighbours.get(item) ?? [];
      const low = left ? left.x + left.half + item.half + GAP : Number.NEGATIVE_INFINITY;
      const high = right ? right.x - right.half - item.half - GAP : Number.POSITIVE_INFINITY;
      x = low > high ? item.x : within([low, high], x);
      return x;
    });
    if (turns(straight, source, target) >= turns(line.bends, source, target)) return line;
    items.forEach((item, i) => {
      item.x = straight[i] ?? item.x;
    });
    return { ...line, bends: straight };
  });
}

function within([least, most]: readonly [number, number], x: number): number {
  return Math.max(least, Math.min(x, most));
}

/** How often a line changes its position on its way from one range to the other. */
function turns(
  bends: readonly number[],
  source: readonly [number, number],
  target: readonly [number, number],
): number {
  const [first = 0, last = 0] = [bends[0], bends.at(-1)];
  const xs = [within(source, first), ...bends, within(target, last)];
  return xs.filter((x, i) => i > 0 && Math.abs(x - (xs[i - 1] ?? x)) >= 0.5).length;
}
