import type { Terminal } from './terminal';
import { pad, plainText, textWidth, truncate, truncateMiddle, wrap } from './text';

/** A table's column. */
export interface Column {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /**
   * What happens to the text if the terminal is narrow, in the widest such column first: it is cut at its end or in its
   * middle, or takes several lines (default: nothing).
   */
  readonly narrow?: 'cut end' | 'cut middle' | 'wrap';
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
  const words = columns.map(({ narrow }, i) => (narrow === 'wrap' ? longestWord(rows, i) : 0));
  const widths = shrinkToFit(pick(full), columns, words, spaceFor(columns.length));
  const line = (cells: readonly Cell[]) =>
    ' '.repeat(indent) +
    cells
      .map(({ text, paint = String }, i) => {
        const { align } = columns[i] ?? {};
        const isLast = i === cells.length - 1;
        const space = isLast && align !== 'right' ? '' : pad('', (widths[i] ?? 0) - textWidth(text));
        return align === 'right' ? space + paint(text) : paint(text) + space;
      })
      .join(' '.repeat(gap))
      .trimEnd();
  /** The lines of a row: as many as its highest cell has. */
  const linesOf = (cells: readonly Cell[]) => {
    const parts = cells.map(({ text }, i) => fitted(plainText(text), widths[i] ?? 0, columns[i]?.narrow));
    const height = Math.max(...parts.map(({ length }) => length));
    return Array.from({ length: height }, (_, n) =>
      line(cells.map((cell, i) => ({ ...cell, text: parts[i]?.[n] ?? '' }))),
    );
  };
  return [columns.map(({ title }) => ({ text: title, paint: terminal.paint.faint })), ...rows].flatMap(
    linesOf,
  );
}

function fitted(text: string, width: number, narrow: Column['narrow']): string[] {
  if (narrow === 'wrap') return wrap(text, width);
  return [(narrow === 'cut middle' ? truncateMiddle : truncate)(text, width)];
}

function longestWord(rows: readonly (readonly Cell[])[], column: number): number {
  let longest = 0;
  for (const row of rows) {
    const words = plainText(row[column]?.text ?? '').split(' ');
    longest = Math.max(longest, ...words.map(textWidth));
  }
  return longest;
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

/** @param words the longest words of columns that wrap: they are not broken as long as other columns can shrink */
function shrinkToFit(
  widths: number[],
  columns: readonly Column[],
  words: readonly number[],
  space: number,
): number[] {
  let excess = widths.reduce((sum, width) => sum + width, 0) - space;
  const shrink = (narrowest: (i: number) => number) => {
    while (excess > 0) {
      const canShrink = (width: number, i: number) => columns[i]?.narrow && width > narrowest(i);
      const widest = Math.max(...widths.filter(canShrink));
      const i = widths.findIndex((width, at) => width === widest && canShrink(width, at));
      if (i === -1) break;
      widths[i] = widest - 1;
      excess -= 1;
    }
  };
  shrink((i) => (columns[i]?.narrow === 'wrap' ? Math.max(NARROWEST, words[i] ?? 0) : NARROWEST));
  shrink(() => NARROWEST);
  return widths;
}
