/** Text for a terminal: widths in columns, cutting, wrapping, and control characters made harmless. */
import { stripVTControlCharacters } from 'node:util';

/** Characters of one column each: ASCII, and the symbols of our own output. Most texts have no others. */
const NARROW = /^[\x20-\x7e×…→↻∞⊘✓✗]*$/;
const WIDE =
  /^(?:\p{Emoji_Presentation}|.\uFE0F|[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303E\uFF01-\uFF60])/u;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g;

let segmenter: Intl.Segmenter | undefined;

/** The characters as a reader sees them. What finds them is made at its first use: that takes 15 ms. */
function graphemes(text: string): Intl.Segments {
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return segmenter.segment(text);
}

/** The width of a text in columns; colour codes take no column, East Asian characters and emoji two. */
export function textWidth(text: string): number {
  const visible = stripVTControlCharacters(text);
  if (NARROW.test(visible)) return visible.length;
  let width = 0;
  for (const { segment } of graphemes(visible)) width += WIDE.test(segment) ? 2 : 1;
  return width;
}

/**
 * One line of untrusted text (a log line, a state's name) that cannot control the terminal: colour codes are dropped,
 * tabs become spaces, other control characters and changes of writing direction become `�`.
 */
export function plainText(text: string): string {
  return stripVTControlCharacters(text).replaceAll('\t', '  ').replace(CONTROL, '\uFFFD');
}

/** Cuts a text without colour codes to `columns`, with `…` where something was left out. */
export function truncate(text: string, columns: number): string {
  if (textWidth(text) <= columns) return text;
  const fitting = takeColumns(text, columns - 1);
  return columns > 0 ? `${fitting.trimEnd()}…` : '';
}

/** Cuts a text like `truncate`, but from its middle: for names that differ at their end. */
export function truncateMiddle(text: string, columns: number): string {
  if (textWidth(text) <= columns || columns < 3) return truncate(text, columns);
  const head = takeColumns(text, Math.floor((columns - 1) / 2));
  let tail = text;
  while (textWidth(tail) > columns - 1 - textWidth(head)) tail = tail.slice(firstCharacter(tail).length);
  return `${head}…${tail}`;
}

/** Breaks a text without colour codes into lines of at most `columns`, between words where it can. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let rest = text;
  for (;;) {
    // Not by the width of the whole rest, which takes long to measure again for each line of a long text.
    const fitting = takeColumns(rest, columns) || firstCharacter(rest);
    if (fitting.length === rest.length) return [...lines, rest];
    const space = rest[fitting.length] === ' ' ? fitting.length : fitting.lastIndexOf(' ');
    // A word that no line can hold is broken where it is, and does not leave a line almost empty.
    const length =
      space > columns / 3 || (space > 0 && wordFits(rest, space + 1, columns)) ? space : fitting.length;
    lines.push(rest.slice(0, length).trimEnd());
    rest = rest.slice(length).trimStart();
  }
}

/** Whether the word at this index takes one line at most. */
function wordFits(text: string, start: number, columns: number): boolean {
  const line = takeColumns(text.slice(start), columns);
  return line.includes(' ') || [undefined, ' '].includes(text[start + line.length]);
}

/** Fills up to `columns` with spaces; colour codes are not counted. */
export function pad(text: string, columns: number, align: 'left' | 'right' = 'left'): string {
  const space = ' '.repeat(Math.max(0, columns - textWidth(text)));
  return align === 'left' ? text + space : space + text;
}

/** The longest characters, emoji joined to one, take this many code units for a column. */
const UNITS_PER_COLUMN = 32;

/** As many whole characters from the start as fit. */
function takeColumns(text: string, columns: number): string {
  if (columns === Number.POSITIVE_INFINITY) return text;
  // With the next character, which can belong to the last one.
  if (NARROW.test(text.slice(0, columns + 1))) return text.slice(0, Math.max(0, columns));
  let width = 0;
  let length = 0;
  // Of a long text only what can fit: the segmenter reads the whole of what it gets.
  for (const { segment } of graphemes(text.slice(0, columns * UNITS_PER_COLUMN))) {
    width += textWidth(segment);
    if (width > columns) break;
    length += segment.length;
  }
  return text.slice(0, length);
}

function firstCharacter(text: string): string {
  const [first] = graphemes(text.slice(0, 2 * UNITS_PER_COLUMN));
  return first?.segment ?? '';
}

/** A number with its noun: `1 history`, `2 histories`. @param many the plural (default: the noun with an s) */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${count} ${count === 1 ? one : many}`;
