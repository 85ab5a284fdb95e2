import { labelBox } from './label';
import type { Box, PlacedState, PlacedTransition } from './placed';

/** The smallest box around it all: dagre's own leaves out where transitions bend. */
export function bounds(
  states: readonly PlacedState[],
  transitions: readonly PlacedTransition[],
  terminals: readonly Box[],
): Box {
  const boxes = [
    ...states.map(({ box }) => box),
    ...terminals.map(({ x, y, width, height }) => ({ x: x - width / 2, y: y - height / 2, width, height })),
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
