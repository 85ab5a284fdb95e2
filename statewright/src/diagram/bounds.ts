import { labelBox } from './label';
import { type Box, type PlacedState, type PlacedTransition, type Point, TERMINAL_RADIUS } from './placed';

/**
 * The smallest box around it all: dagre's own leaves out where transitions bend.
 *
 * @param terminals the centres of the start's and the end's circle
 */
export function bounds(
  states: readonly PlacedState[],
  transitions: readonly PlacedTransition[],
  terminals: readonly Point[],
): Box {
  const boxes = [
    ...states.map(({ box }) => box),
    ...terminals.map(({ x, y }) => ({
      x: x - TERMINAL_RADIUS,
      y: y - TERMINAL_RADIUS,
      width: 2 * TERMINAL_RADIUS,
      height: 2 * TERMINAL_RADIUS,
    })),
    ...transitions.flatMap(({ points, label }) => [
      ...points.map(({ x, y }) => ({ x, y, width: 0, height: 0 })),
      ...(label ? [labelBox(label)] : []),
    ]),
  ];
  const x = Math.min(...boxes.map((box) => box.x));
  const y = Math.min(...boxes.map((box) => box.y));
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}
