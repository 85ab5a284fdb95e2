import { Parser } from 'papaparse';
import type { JsonObject } from '../../../data';
import { ItemReaderError } from '../errors';

/**
 * The rows of a text as objects of texts. A missing column is empty, and columns without a header are ignored.
 * @param given the headers (default: the first row)
 * @throws ItemReaderError when two headers are the same
 */
export async function* recordsOf(
  text: AsyncIterable<string>,
  delimiter: string,
  given?: readonly string[],
): AsyncGenerator<JsonObject> {
  let headers = given && checked(given);
  for await (const row of rowsOf(text, delimiter)) {
    if (headers === undefined) headers = checked(row);
    else yield Object.fromEntries(headers.map((header, column) => [header, row[column] ?? '']));
  }
}

function checked(headers: readonly string[]): readonly string[] {
  if (new Set(headers).size === headers.length) return headers;
  throw new ItemReaderError('CSV headers cannot contain duplicates.');
}

/** What a Parser returns: whole rows, and where the rest begins. */
interface ParsedRows {
  readonly data: readonly (readonly string[])[];
  readonly meta: { readonly cursor: number };
}

/**
 * The rows without those that are empty. The parser reads each piece at once: its own stream parses what is left of
 * a piece again after each row.
 */
async function* rowsOf(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<readonly string[]> {
  let parser: Parser | undefined;
  let rest = '';
  let enough = 0;
  for await (const piece of text) {
    rest += piece;
    if (rest.length < enough) continue;
    parser ??= parserOf(rest, delimiter);
    const { data, meta }: ParsedRows = parser?.parse(rest, 0, true) ?? NOTHING;
    yield* data.filter(hasContent);
    rest = rest.slice(meta.cursor);
    // A row that is longer than a piece is not parsed again with every piece.
    enough = data.length > 0 ? 0 : rest.length * 2;
  }
  const last: ParsedRows = (parser ?? new Parser({ delimiter })).parse(rest, 0, false);
  yield* last.data.filter(hasContent);
}

const NOTHING: ParsedRows = { data: [], meta: { cursor: 0 } };

/** Undefined while the text has no end of a line outside of double quotes, from which the parser knows all others. */
function parserOf(text: string, delimiter: string): Parser | undefined {
  const [, newline] = /(\r?\n)/.exec(text.replaceAll(/"[^"]*("|$)/g, '')) ?? [];
  return newline === undefined ? undefined : new Parser({ delimiter, newline: newline as '\n' });
}

const hasContent = (row: readonly string[]): boolean => row.length > 1 || row[0] !== '';
