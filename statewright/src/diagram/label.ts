import { withShorterPath } from './condition';
import type { Box, Route, TransitionLabel } from './placed';
import { type Font, measureText, wrapText } from './text-metrics';
import type { WorkflowTransition } from './workflow';

export const LABEL_FONT: Font = { size: 12 };
export const LABEL_LINE_HEIGHT = 15;

const LABEL = { width: 230, wrap: 2, lines: 4 };

/** A route with its label. */
export interface LabelledRoute extends Route {
  readonly label?: Omit<TransitionLabel, 'center'>;
}

/** The height of a label's box; 0 without a label. */
export function labelHeight(label: Pick<TransitionLabel, 'lines'> | undefined): number {
  return label ? label.lines.length * LABEL_LINE_HEIGHT + 4 : 0;
}

/** The box behind a label. */
export function labelBox(label: TransitionLabel): Box {
  const { center, width } = label;
  const height = labelHeight(label);
  return { x: center.x - width / 2, y: center.y - height / 2, width, height };
}

export function labelRoute(transition: WorkflowTransition): LabelledRoute {
  const { from, to, labels } = transition;
  if (labels.length === 0) return { from, to, transition };
  const wrapped = labels.map(wrapLabel);
  const shown = takeWhole(wrapped, LABEL.lines);
  const lines = wrapped.slice(0, shown).flat();
  if (shown < labels.length) lines.push(`and ${labels.length - shown} more`);
  const width = Math.ceil(Math.max(...lines.map((line) => measureText(line, LABEL_FONT)))) + 12;
  return { from, to, transition, label: { lines, width } };
}

/** A label in lines. One that is too long loses the beginnings of its paths before it loses its end. */
function wrapLabel(label: string): string[] {
  const wrap = (text: string) => wrapText(text, LABEL.width, LABEL.wrap, LABEL_FONT);
  for (let text: string | undefined = label; text !== undefined; text = withShorterPath(text)) {
    const lines = wrap(text);
    if (!lines.at(-1)?.endsWith('…')) return lines;
  }
  return wrap(label);
}

/** The number of labels that fit into `most` lines, with one line left to mention the rest; at least one. */
function takeWhole(labels: readonly (readonly string[])[], most: number): number {
  if (labels.flat().length <= most) return labels.length;
  const fits = (count: number) => labels.slice(0, count).flat().length < most;
  return Math.max(
    1,
    labels.findIndex((_, i) => !fits(i + 1)),
  );
}
