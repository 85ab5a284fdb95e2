/** A drawing in columns that was one column: each begins at a cut through lines that are vertical there. */
import { bounds } from './bounds';
import { withCorners } from './curve';
import { moveState, type PlacedScope, type PlacedState, type Point } from './placed';

/** Distances in pixels: from a column to a line next to it, from its end to a line below or above it, between lines. */
const GAP = 28;
const BEND = 14;
const STEP = 12;

/** A point of a line, in the column to which it belongs: at a cut, a line has one in each of the two columns. */
interface Step extends Point {
  readonly column: number;
}

/** How far a column moves, and where its right edge then is. */
interface Column {
  readonly dx: number;
  readonly dy: number;
  readonly right: number;
}

export class Columns {
  readonly #cuts: readonly number[];
  /** For each cut, the x positions of the lines that it divides, from right to left. */
  readonly #divided: readonly (readonly number[])[];
  readonly #columns: readonly Column[];

  /** @param cuts y positions, increasing */
  constructor({ states, transitions, start, end }: PlacedScope, cuts: readonly number[]) {
    this.#cuts = cuts;
    const lines = transitions.map((line) => ({ ...line, steps: this.#stepsOf(line.points) }));
    const steps = lines.flatMap((line) => line.steps);
    this.#divided = cuts.map((cut, column) =>
      steps
        .filter((step) => step.column === column && step.y === cut)
        .map(({ x }) => x)
        .sort((a, b) => b - a),
    );
    const top = BEND + STEP * Math.max(...this.#divided.map(({ length }) => length));
    let right = 0;
    this.#columns = [0, ...cuts].map((begin, column) => {
      const isHere = (point: Point) => this.#columnOf(point) === column;
      const { x, width } = bounds(
        states.filter(({ box }) => isHere(box)),
        lines.flatMap(({ steps, label, ...line }) => [
          { ...line, points: steps.filter((step) => step.column === column) },
          ...(label && isHere(label.center) ? [{ ...line, points: [], label }] : []),
        ]),
        [start, end].flatMap((center) => (center && isHere(center) ? [center] : [])),
      );
      const lineCount = this.#divided[column - 1]?.length;
      const left = lineCount === undefined ? 0 : right + 2 * GAP + STEP * (lineCount - 1);
      right = left + width;
      return { dx: left - x, dy: top - begin, right };
    });
  }

  move<P extends Point>(point: P, column = this.#columnOf(point)): P {
    const { dx, dy } = this.#columns[column] as Column;
    return { ...point, x: point.x + dx, y: point.y + dy };
  }

  moveState(state: PlacedState): PlacedState {
    const { dx, dy } = this.#columns[this.#columnOf(state.box)] as Column;
    return moveState(state, dx, dy);
  }

  /** A line turns from the end of a column to the beginning of the next, or back. */
  moveLine(points: readonly Point[]): Point[] {
    const steps = this.#stepsOf(points);
    return steps.flatMap((step, i) => {
      const [before = step, after = step] = [steps[i - 1], steps[i + 1]];
      if (after.column > step.column) return this.#turn(step);
      if (after.column < step.column) return this.#turn(after).reverse();
      if (before.column !== step.column) return [];
      return [this.move({ x: step.x, y: step.y }, step.column)];
    });
  }

  /** Lines that are on the right turn first, and into the upper line: so they do not cross. */
  #turn({ column, x, y }: Step): Point[] {
    const xs = this.#divided[column] ?? [];
    const number = xs.indexOf(x);
    const [end, begin] = [this.move({ x, y }, column), this.move({ x, y }, column + 1)];
    const below = end.y + BEND + STEP * number;
    const between = (this.#columns[column]?.right ?? 0) + GAP + STEP * number;
    const above = begin.y - BEND - STEP * (xs.length - 1 - number);
    const corners = [
      { x: end.x, y: below },
      { x: between, y: below },
      { x: between, y: above },
      { x: begin.x, y: above },
    ];
    return withCorners([end, ...corners, begin]).slice(1, -1);
  }

  #columnOf({ y }: Point): number {
    return this.#cuts.filter((cut) => cut <= y).length;
  }

  #stepsOf(points: readonly Point[]): Step[] {
    const steps: Step[] = [];
    for (const { x, y } of points) {
      const target = this.#columnOf({ x, y });
      let column = steps.at(-1)?.column ?? target;
      while (column !== target) {
        const next = column + Math.sign(target - column);
        const cut = { x, y: this.#cuts[Math.min(column, next)] ?? y };
        steps.push({ ...cut, column }, { ...cut, column: next });
        column = next;
      }
      steps.push({ x, y, column });
    }
    return steps;
  }
}
