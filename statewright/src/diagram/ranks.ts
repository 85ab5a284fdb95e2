/**
 * The vertical positions in a scope. Cards and labels lie in ranks, lines turn only in the bands between the ranks,
 * and pass a rank vertically: so no line crosses a card or a label that is not its own.
 */

/** Between a rank and a line that turns: enough for an arrow head. */
const INSET = 12;
const LEAST_BAND = 26;
/** The height in which a line changes its column, by how far it goes. */
const TURN = { least: 18, most: 70, share: 0.08 };

/** What happens between two ranks. */
class Band {
  /** How far the widest line goes to the side. */
  #widest = 0;
  readonly #tracks = { out: [] as number[], in: [] as number[] };
  top = 0;

  turn(distance: number): void {
    this.#widest = Math.max(this.#widest, Math.abs(distance));
  }

  /** Takes a track for a horizontal line: `out` from the rank above, `in` to the rank below. @returns its number */
  takeTrack(side: 'out' | 'in', height: number): number {
    return this.#tracks[side].push(height) - 1;
  }

  get #turnHeight(): number {
    if (this.#widest < 0.5) return 0;
    return Math.min(TURN.least + this.#widest * TURN.share, TURN.most);
  }

  get turnTop(): number {
    return this.top + INSET + sum(this.#tracks.out);
  }

  get turnBottom(): number {
    return this.turnTop + Math.max(this.#turnHeight, this.height - 2 * INSET - this.#tracksHeight);
  }

  /** The middle of a track. */
  trackY(side: 'out' | 'in', number: number): number {
    const begin = side === 'out' ? this.top + INSET : this.turnBottom;
    return begin + sum(this.#tracks[side].slice(0, number)) + (this.#tracks[side][number] ?? 0) / 2;
  }

  get #tracksHeight(): number {
    return sum(this.#tracks.out) + sum(this.#tracks.in);
  }

  get isEmpty(): boolean {
    return this.#tracksHeight === 0 && this.#widest === 0;
  }

  get height(): number {
    return Math.max(LEAST_BAND, 2 * INSET + this.#tracksHeight + this.#turnHeight);
  }
}

export class Ranks {
  readonly #heights: readonly number[];
  readonly #tops: number[] = [];
  /** One above each rank, and one below the last. */
  readonly #bands: readonly Band[];

  constructor(heights: readonly number[]) {
    this.#heights = heights;
    this.#bands = Array.from({ length: heights.length + 1 }, () => new Band());
  }

  above(rank: number): Band {
    return this.#bands[rank] as Band;
  }

  below(rank: number): Band {
    return this.#bands[rank + 1] as Band;
  }

  /** Sets the positions, when each band knows its lines. */
  place(): void {
    let y = 0;
    this.#bands.forEach((band, rank) => {
      band.top = y;
      if (rank > 0 || !band.isEmpty) y += band.height;
      this.#tops.push(y);
      y += this.#heights[rank] ?? 0;
    });
  }

  middle(rank: number): number {
    return (this.#tops[rank] ?? 0) + (this.#heights[rank] ?? 0) / 2;
  }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
