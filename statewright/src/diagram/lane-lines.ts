import { withCorners } from './curve';
import { type LabelledRoute, labelHeight } from './label';
import type { PlacedTransition } from './placed';
import { edgeOffset, type Place, type Ports } from './ports';
import type { Ranks } from './ranks';

/** Distances in pixels: from a lane to what is next to it, from a label to its lane, and between two lines. */
const GAP = 28;
const LABEL_GAP = 10;
const STEP = 12;

/** Routes with the same target that share one line next to the states. */
interface Lane {
  readonly branches: readonly { readonly route: LabelledRoute; readonly from: Place }[];
  readonly to: Place;
}

/**
 * Reserves the tracks and ports of lanes: each route leads from below its source to the right, past all cards, along
 * the lane and into its target from above.
 *
 * @returns draws them, when all positions are known; `right` is the x position where the lanes may begin
 */
export function planLanes(
  lanes: readonly Lane[],
  ports: Ports,
  ranks: Ranks,
): (right: number) => PlacedTransition[] {
  const tracks = lanes.map(({ branches, to }) => {
    const end = {};
    ports.add(end, to, 'top', Number.POSITIVE_INFINITY);
    return {
      to,
      end,
      branches: branches.map(({ route, from }) => {
        ports.add(route, from, 'bottom', Number.POSITIVE_INFINITY);
        const height = Math.max(STEP, labelHeight(route.label) + 4);
        return { route, from, track: ranks.below(from.rank).takeTrack('out', height) };
      }),
      track: ranks.above(to.rank).takeTrack('in', STEP),
    };
  });

  return (right) => {
    let x = right;
    return tracks.flatMap(({ to, end, branches, track }) => {
      x +=
        GAP + Math.max(0, ...branches.map(({ route: { label } }) => (label ? label.width + LABEL_GAP : 0)));
      const placed = branches.map(({ route, from, track }) => {
        const { label, ...plain } = route;
        const y = ranks.below(from.rank).trackY('out', track);
        const portX = ports.x(route, from);
        const portY = ranks.middle(from.rank) + edgeOffset(from, portX);
        const points = withCorners([
          { x: portX, y: portY },
          { x: portX, y },
          { x, y },
        ]);
        const center = { x: x - LABEL_GAP - (label?.width ?? 0) / 2, y };
        return {
          y,
          line: { routes: [plain], joins: true, points, ...(label && { label: { ...label, center } }) },
        };
      });
      const endX = ports.x(end, to);
      const endY = ranks.above(to.rank).trackY('in', track);
      return [
        ...placed.map(({ line }) => line),
        ...alongLane(
          placed.filter(({ y }) => y < endY).sort((a, b) => a.y - b.y),
          x,
          endY,
        ),
        ...alongLane(
          placed.filter(({ y }) => y > endY).sort((a, b) => b.y - a.y),
          x,
          endY,
        ),
        {
          routes: branches.map(({ route: { label, ...route } }) => route),
          joins: false,
          points: withCorners([
            { x, y: endY },
            { x: endX, y: endY },
            { x: endX, y: ranks.middle(to.rank) - edgeOffset(to, endX) },
          ]),
        },
      ];
    });
  };
}

/** The parts of a lane between its branches, from the farthest to where the lane ends. */
function alongLane(
  branches: readonly { readonly y: number; readonly line: PlacedTransition }[],
  x: number,
  endY: number,
): PlacedTransition[] {
  return branches.map(({ y }, i) => ({
    routes: branches.slice(0, i + 1).flatMap(({ line }) => line.routes),
    joins: true,
    points: [
      { x, y },
      { x, y: branches[i + 1]?.y ?? endY },
    ],
  }));
}
