import type { Terminal } from './terminal';
import { pad, plainText, textWidth, truncate, truncateMiddle } from './text';

/** A table's column. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Where it may be cut if the terminal is narrow; the widest such column gives way first. Without it, nowhere. */
  readonly cut?: 'end' | 'middle';
}

/** Text without colour, and how to paint it once it is cut and aligned. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

const NARROWEST = 6;

/** Lines of an aligned table with a faint head, indented and cut to the terminal's width. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  terminal: Terminal,
  indent = 2,
): string[] {
  const gap = terminal.columns < 60 ? 1 : 2;
  const room = terminal.columns - indent - gap * (columns.length - 1);
  const widths = shrinkToFit(
    columns.map(({ title }, i) =>
      Math.max(textWidth(title), ...rows.map((row) => textWidth(plainText(row[i]?.text ?? '')))),
    ),
    columns,
    room,
  );
  const line = (cells: readonly Cell[]) =>
    ' '.repeat(indent) +
    cells
      .map(({ text, paint = String }, i) => {
        const width = widths[i] ?? 0;
        const { align, cut: place } = columns[i] ?? {};
        const cut = (place === 'middle' ? truncateMiddle : truncate)(plainText(text), width);
        const isLast = i === cells.length - 1;
        const space = isLast && align !== 'right' ? '' : pad('', width - textWidth(cut));
        return align === 'right' ? space + paint(cut) : paint(cut) + space;
      })
      .join(' '.repeat(gap))
      .trimEnd();
  return [
    line(columns.map(({ title }) => ({ text: title, paint: terminal.paint.faint }))),
    ...rows.map(line),
  ];
}

function shrinkToFit(widths: number[], columns: readonly Column[], room: number): number[] {
  let excess = widths.reduce((sum, width) => sum + width, 0) - room;
  while (excess > 0) {
    const shrinkable = widths.filter((width, i) => columns[i]?.cut && width > NARROWEST);
    if (shrinkable.length === 0) break;
    const widest = Math.max(...shrinkable);
    widths[widths.findIndex((width, i) => columns[i]?.cut && width === widest)] = widest - 1;
    excess -= 1;
  }
  return widths;
}
