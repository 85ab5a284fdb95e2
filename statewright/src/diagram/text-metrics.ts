/** Estimates the width of a text without a browser: the proportions of Helvetica, with space for wider fonts. */

const WIDTHS = new Map<string, number>(
  (
    [
      [0.222, "ijl|'"],
      [0.278, ' !,./:;I[]\\ft'],
      [0.333, '()-`r"{}'],
      [0.389, '*^'],
      [0.5, 'cksvxyzJ'],
      [0.611, 'FTZ'],
      [0.584, '+<=>~'],
      [0.667, 'ABEKPSVXY&'],
      [0.722, 'CDHNRUw'],
      [0.778, 'GOQ'],
      [0.833, 'Mm'],
      [0.889, '%'],
      [0.944, 'W'],
      [1.015, '@'],
    ] as const
  ).flatMap(([width, characters]) => [...characters].map((character) => [character, width] as const)),
);

const DIGITS_AND_LETTERS = 0.556;
/** Greek, Cyrillic, Arabic, Devanagari and others, most of whose letters are wider than Latin ones. */
const OTHER_LETTERS = 0.62;
const WIDE = 0.9;
/** East Asian characters and emoji. */
const IS_WIDE =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\u{1f000}-\u{3ffff}]/u;
/** Combining marks, joiners and similar characters. */
const HAS_NO_WIDTH = /\p{Mn}|\p{Cf}/u;
/** The width of DejaVu Sans, the widest of the likely fonts, relative to Helvetica. */
const WIDEST_FONT = 1.16;
const BOLD = 1.1;

export interface Font {
  /** Pixels. */
  readonly size: number;
  readonly bold?: boolean;
}

/** A text's width in pixels. */
export function measureText(text: string, { size, bold }: Font): number {
  let width = 0;
  for (const character of text) {
    width += WIDTHS.get(character) ?? (character > '\u02ff' ? widthOfOther(character) : DIGITS_AND_LETTERS);
  }
  return width * size * WIDEST_FONT * (bold ? BOLD : 1);
}

function widthOfOther(character: string): number {
  if (HAS_NO_WIDTH.test(character)) return 0;
  return IS_WIDE.test(character) ? WIDE : OTHER_LETTERS;
}

/** Truncates a text to a width in pixels, with `…` at the end. */
export function fitText(text: string, width: number, font: Font): string {
  if (measureText(text, font) <= width) return text;
  return `${takeWidth(text, width - measureText('…', font), font).trimEnd()}…`;
}

/** A text in at most `lines` lines of a width in pixels, if possible broken after a space, `-`, `_` or before a capital. */
export function wrapText(text: string, width: number, lines: number, font: Font): string[] {
  if (lines === 1 || measureText(text, font) <= width) return [fitText(text, width, font)];
  const fitting = takeWidth(text, width, font);
  const breaks = [...fitting.matchAll(/[\s_-](?=\S)|[a-z0-9](?=[A-Z])/g)].map(({ index }) => index + 1);
  const length = breaks.findLast((end) => end > fitting.length / 3) ?? fitting.length;
  return [
    text.slice(0, length).trimEnd(),
    ...wrapText(text.slice(length).trimStart(), width, lines - 1, font),
  ];
}

function takeWidth(text: string, width: number, font: Font): string {
  let taken = '';
  for (const character of text) {
    if (measureText(taken + character, font) > width) break;
    taken += character;
  }
  return taken;
}
