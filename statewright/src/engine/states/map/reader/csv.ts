import { Readable } from 'node:stream';
import { NODE_STREAM_INPUT, parse } from 'papaparse';
import type { JsonObject } from '../../../data';
import { ItemReaderError } from '../errors';

/** The names of ReaderConfig's CSVDelimiter. */
export const DELIMITERS: Readonly<Record<string, string>> = {
  COMMA: ',',
  PIPE: '|',
  SEMICOLON: ';',
  SPACE: ' ',
  TAB: '\t',
};

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

async function* rowsOf(text: AsyncIterable<string>, delimiter: string): AsyncGenerator<string[]> {
  const parser = parse(NODE_STREAM_INPUT, { delimiter, skipEmptyLines: true });
  const source = Readable.from(fromFirstLine(text));
  source.on('error', (error) => parser.destroy(error));
  try {
    yield* source.pipe(parser) as AsyncIterable<string[]>;
  } finally {
    source.destroy();
  }
}

/** The parser guesses the end of a line from the first piece of text, which must have one. */
async function* fromFirstLine(text: AsyncIterable<string>): AsyncGenerator<string> {
  let head: string | undefined = '';
  for await (const piece of text) {
    if (head === undefined) {
      yield piece;
    } else {
      head += piece;
      if (!head.includes('\n')) continue;
      yield head;
      head = undefined;
    }
  }
  if (head) yield head;
}
