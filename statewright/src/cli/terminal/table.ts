import type { Terminal } from './terminal';
import { pad, plainText, textWidth, truncate, truncateMiddle } from './text';

/** A table's column. */
interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Where the text is cut if the terminal is narrow, in the widest such column first (default: nowhere). */
  readonly cut?: 'end' | 'middle';
  /** Whether the column is left out if the terminal is too narrow for all, the first such column first. */
  readonly optional?: boolean;
}

/** Text without colour, and the paint for the text once it is cut and aligned. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

const NARROWEST = 6;

/** Lines of an aligned table with a faint head, indented and fitted to the terminal's width. */
export function renderTable(
  allColumns: readonly Column[],
  allRows: readonly (readonly Cell[])[],
  terminal: Terminal,
  indent = 2,
): string[] {
  const gap = terminal.columns < 60 ? 1 : 2;
  const spaceFor = (count: number) => terminal.columns - indent - gap * (count - 1);
  const full = allColumns.map(({ title }, i) =>
    allRows.reduce(
      (widest, row) => Math.max(widest, textWidth(plainText(row[i]?.text ?? ''))),
      textWidth(title),
    ),
  );
  const kept = leaveOut(full, allColumns, spaceFor);
  const pick = <T>(items: readonly T[]): T[] => items.filter((_, i) => kept.includes(i));
  const columns = pick(allColumns);
  const rows = allRows.map(pick);
  const widths = shrinkToFit(pick(full), columns, spaceFor(columns.length));
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

/** The positions of the columns that stay. */
function leaveOut(
  widths: readonly number[],
  columns: readonly Column[],
  spaceFor: (count: number) => number,
): number[] {
  const kept = [...columns.keys()];
  const fits = () => kept.reduce((sum, i) => sum + (widths[i] ?? 0), 0) <= spaceFor(kept.length);
  while (!fits()) {
    const dispensable = kept.findIndex((i) => columns[i]?.optional);
    if (dispensable === -1) break;
    kept.splice(dispensable, 1);
  }
  return kept;
}

function shrinkToFit(widths: number[], columns: readonly Column[], space: number): number[] {
  let excess = widths.reduce((sum, width) => sum + width, 0) - space;
  while (excess > 0) {
    const shrinkable = widths.filter((width, i) => columns[i]?.cut && width > NARROWEST);
    if (shrinkable.length === 0) break;
    const widest = Math.max(...shrinkable);
    widths[widths.findIndex((width, i) => columns[i]?.cut && width === widest)] = widest - 1;
    excess -= 1;
  }
  return widths;
}
