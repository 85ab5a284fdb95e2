/** Where lines leave or reach a card. */

/** Something in a rank that lines lead from and to: a card, or the start's or the end's circle. */
export interface Place {
  readonly rank: number;
  /** The middle. */
  readonly x: number;
  readonly width: number;
  readonly height: number;
  readonly shape: 'card' | 'circle';
  /** The width at the right end of the lower edge that a note, such as `Retry`, takes. */
  readonly note: number;
}

type Side = 'top' | 'bottom';

const INSET = { card: 40, circle: 10 };
const STEP = 16;

/** The ends of lines on the edges of places; those of one edge are in the order of where the lines lead. */
export class Ports {
  readonly #ends = new Map<Place, Record<Side, { readonly key: object; readonly towards: number }[]>>();
  readonly #xs = new Map<object, Map<Place, number>>();

  /** @param key the line @param towards the x position to which it leads */
  add(key: object, place: Place, side: Side, towards: number): void {
    const ends = this.#ends.get(place) ?? { top: [], bottom: [] };
    ends[side].push({ key, towards });
    this.#ends.set(place, ends);
  }

  spread(): void {
    for (const [place, ends] of this.#ends) {
      for (const side of ['top', 'bottom'] as const) {
        const inOrder = ends[side].sort((a, b) => a.towards - b.towards);
        const xs = spread(
          inOrder.map(({ towards }) => towards),
          ...portRange(place, side),
        );
        inOrder.forEach(({ key }, i) => {
          const ofKey = this.#xs.get(key) ?? new Map<Place, number>();
          this.#xs.set(key, ofKey.set(place, xs[i] ?? place.x));
        });
      }
    }
  }

  x(key: object, place: Place): number {
    return this.#xs.get(key)?.get(place) ?? place.x;
  }
}

/** The positions on an edge where lines may begin and end. */
export function portRange({ x, width, shape, note }: Place, side: Side): [number, number] {
  const half = Math.max(0, width / 2 - INSET[shape]);
  return [x - half, side === 'bottom' ? Math.max(x, Math.min(x + half, x + width / 2 - note)) : x + half];
}

/** The positions, increasing, in a range, as near to the wishes as the distance between them allows. */
function spread(wishes: readonly number[], least: number, most: number): number[] {
  const step = Math.min(STEP, (most - least) / Math.max(1, wishes.length - 1));
  const placed: number[] = [];
  for (const wish of wishes) {
    placed.push(Math.max(Math.min(wish, most), least, (placed.at(-1) ?? Number.NEGATIVE_INFINITY) + step));
  }
  let limit = most;
  return placed
    .reverse()
    .map((x) => {
      const fitting = Math.min(x, limit);
      limit = fitting - step;
      return fitting;
    })
    .reverse();
}

/** Where a line at a position meets the edge, from the middle of the place. */
export function edgeOffset({ x, height, shape }: Place, portX: number): number {
  return shape === 'card' ? height / 2 : Math.sqrt((height / 2) ** 2 - (portX - x) ** 2);
}
