import { curveParts } from './curve';
import { LABEL_FONT, LABEL_LINE_HEIGHT, labelHeight } from './label';
import type { PlacedTransition, Point } from './placed';
import { element, escapeXml, round, text } from './svg-element';

const HEAD = { length: 9, width: 4.5 };

/** A transition's line and arrow head. */
export function renderWay(placed: PlacedTransition, isTaken: boolean, width?: number): string {
  const { points, joins } = placed;
  return element(
    'g',
    { class: classOf('transition', placed, isTaken) },
    element('path', {
      class: 'way',
      d: curve(joins ? points : shorten(points)),
      // A rule of the style sheet would win over the attribute.
      ...(width !== undefined && { style: `stroke-width: ${round(width)}px` }),
    }),
    ...(joins ? [] : [element('path', { class: 'head', d: head(points) })]),
  );
}

/** A transition's label, drawn over all lines. */
export function renderLabel(placed: PlacedTransition, isTaken: boolean): string {
  const { label, routes } = placed;
  if (!label) return '';
  const whole = routes.flatMap(({ transition }) => transition?.labels ?? []);
  const { center, lines, width } = label;
  const height = labelHeight(label);
  const baseline = center.y - height / 2 + LABEL_FONT.size + 1;
  return element(
    'g',
    { class: classOf('label', placed, isTaken) },
    element('title', {}, escapeXml(whole.join('\n'))),
    element('rect', { x: center.x - width / 2, y: center.y - height / 2, width, height, rx: 3 }),
    ...lines.map((line, i) => text(line, { x: center.x, y: baseline + i * LABEL_LINE_HEIGHT })),
  );
}

function classOf(base: string, { routes }: PlacedTransition, isTaken: boolean): string {
  return [base, routes[0]?.transition?.kind === 'catch' && 'catch', isTaken && 'taken']
    .filter(Boolean)
    .join(' ');
}

function curve(points: readonly Point[]): string {
  const parts = curveParts(points).map(({ control, to }) =>
    control ? `Q${at(control)} ${at(to)}` : `L${at(to)}`,
  );
  return points[0] && parts.length > 0 ? `M${at(points[0])}${parts.join('')}` : '';
}

/** Ends the line before the arrow head, so that it does not show through the tip. */
function shorten(points: readonly Point[]): Point[] {
  const { tip, unit } = direction(points);
  return [
    ...points.slice(0, -1),
    { x: tip.x - unit.x * (HEAD.length - 1), y: tip.y - unit.y * (HEAD.length - 1) },
  ];
}

function head(points: readonly Point[]): string {
  const { tip, unit } = direction(points);
  const base = { x: tip.x - unit.x * HEAD.length, y: tip.y - unit.y * HEAD.length };
  const left = { x: base.x - unit.y * HEAD.width, y: base.y + unit.x * HEAD.width };
  const right = { x: base.x + unit.y * HEAD.width, y: base.y - unit.x * HEAD.width };
  return `M${at(tip)}L${at(left)}L${at(right)}z`;
}

function direction(points: readonly Point[]): { tip: Point; unit: Point } {
  const tip = points.at(-1) ?? { x: 0, y: 0 };
  const before = points.at(-2) ?? tip;
  const length = Math.hypot(tip.x - before.x, tip.y - before.y) || 1;
  return { tip, unit: { x: (tip.x - before.x) / length, y: (tip.y - before.y) / length } };
}

function at({ x, y }: Point): string {
  return `${round(x)} ${round(y)}`;
}
