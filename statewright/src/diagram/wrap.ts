import { bounds } from './bounds';
import { Columns } from './columns';
import { findCuts } from './cuts';
import { moveScope, type PlacedScope } from './placed';

/** What is not higher than this, in pixels, or relative to its width, stays one column. */
const TALL = 2400;
const NARROW = 5;
/** The height of all columns relative to their width: like a page. */
const PAGE = 1.4;

/** Wraps scopes that lie side by side, if together they are high and narrow. */
export function wrapTall(scopes: PlacedScope[]): PlacedScope[] {
  const height = Math.max(...scopes.map(({ box }) => box.height));
  const width = scopes.reduce((sum, { box }) => sum + box.width, 0);
  if (height <= TALL || height <= NARROW * width) return scopes;
  const columnHeight = Math.sqrt(height * width * PAGE);
  return scopes.map((scope) => wrap(scope, Math.round(scope.box.height / columnHeight)));
}

/** Draws a scope in columns: in fewer than `count` where that many would not be clear. */
export function wrap(scope: PlacedScope, count: number): PlacedScope {
  const cuts = findCuts(scope, count);
  if (cuts.length === 0) return scope;
  const columns = new Columns(scope, cuts);
  const states = scope.states.map((state) => columns.moveState(state));
  const transitions = scope.transitions.map(({ points, label, ...transition }) => ({
    ...transition,
    points: columns.moveLine(points),
    ...(label && { label: { ...label, center: columns.move(label.center) } }),
  }));
  const terminals = {
    ...(scope.start && { start: columns.move(scope.start) }),
    ...(scope.end && { end: columns.move(scope.end) }),
  };
  const box = bounds(states, transitions, Object.values(terminals));
  return moveScope({ states, transitions, ...terminals, box }, -box.x, -box.y);
}
