import { bounds } from './bounds';
import { withCorners } from './curve';
import {
  type Box,
  moveScope,
  moveState,
  type PlacedScope,
  type PlacedState,
  type PlacedTransition,
  type Point,
  type Route,
  TERMINAL_RADIUS,
} from './placed';

const GAP = 52;
/** From the middle of a state to where a transition to itself leaves it and returns. */
const LOOP = 12;
/** How far a way that passes other states leads round them, at least and at most. */
const DETOUR = { least: 40, most: 400 };

/** A scope that is too large to be laid out well: its states in one column, in the order of the definition. */
export function layoutColumn(cards: readonly PlacedState[], routes: readonly Route[]): PlacedScope {
  let y = 0;
  const takePlace = (height: number) => {
    const top = y;
    y += height + GAP;
    return top;
  };
  const circle = () => ({ x: 0, y: takePlace(2 * TERMINAL_RADIUS) + TERMINAL_RADIUS });
  const boxOf = ({ x, y }: Point): Box => ({
    x: x - TERMINAL_RADIUS,
    y: y - TERMINAL_RADIUS,
    width: 2 * TERMINAL_RADIUS,
    height: 2 * TERMINAL_RADIUS,
  });

  const hasTerminals = routes.some(({ from, to }) => from === undefined || to === undefined);
  const start = hasTerminals ? circle() : undefined;
  const states = cards.map((card) => moveState(card, -card.box.width / 2, takePlace(card.box.height)));
  const end = hasTerminals ? circle() : undefined;
  const boxes = new Map(states.map(({ state, box }, index) => [state.name, { box, index }]));
  const first = { box: boxOf(start ?? { x: 0, y: 0 }), index: -1 };
  const last = { box: boxOf(end ?? { x: 0, y: 0 }), index: states.length };

  const widest = Math.max(0, ...states.map(({ box }) => box.width));
  const transitions = routes.map((route): PlacedTransition => {
    const from = (route.from === undefined ? undefined : boxes.get(route.from)) ?? first;
    const to = (route.to === undefined ? undefined : boxes.get(route.to)) ?? last;
    const points = to.index === from.index + 1 ? straight(from.box, to.box) : around(from, to, widest);
    return { routes: [route], joins: false, points };
  });
  const terminals = { ...(start && { start }), ...(end && { end }) };
  const box = bounds(states, transitions, Object.values(terminals));
  return moveScope({ states, transitions, ...terminals, box }, -box.x, -box.y);
}

function straight(from: Box, to: Box): Point[] {
  return [
    { x: 0, y: from.y + from.height },
    { x: 0, y: to.y },
  ];
}

interface Place {
  readonly box: Box;
  readonly index: number;
}

/** Down on the right, up on the left, past the widest of the states between. */
function around(from: Place, to: Place, widest: number): Point[] {
  const side = to.index > from.index ? 1 : -1;
  const edge = ({ box }: Place) => ({ x: (side * box.width) / 2, y: box.y + box.height / 2 });
  const isLoop = from.index === to.index;
  const [begin, target] = [edge(from), edge(to)];
  if (isLoop) {
    begin.y += LOOP;
    target.y -= LOOP;
  }
  const detour = Math.min(DETOUR.least + 4 * Math.abs(to.index - from.index), DETOUR.most);
  const x = side * (widest / 2 + detour);
  return withCorners([begin, { x, y: begin.y }, { x, y: target.y }, target]);
}
