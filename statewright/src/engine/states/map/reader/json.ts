import { isArray, isObject, type Json, parseJson } from '../../../data';
import { ItemReaderError } from '../errors';
import { type Entry, entriesOf } from '../items';
import { parseInPieces } from './json-pieces';
import { linesOf } from './text';

/**
 * The items of a JSON text: an array, or an object, at a JSON pointer (RFC 6901). The whole value is in memory.
 * @throws ItemReaderError
 */
export async function* jsonEntries(text: AsyncIterable<string>, pointer = ''): AsyncGenerator<Entry> {
  const entries = entriesOf(at(await parsedFile(text), pointer));
  if (entries === undefined) throw new ItemReaderError('Attempting to map over non-iterable node.');
  yield* entries;
}

async function parsedFile(text: AsyncIterable<string>): Promise<Json> {
  try {
    return await parseInPieces(text);
  } catch (error) {
    throw error instanceof SyntaxError ? notJson('The file', error) : error;
  }
}

/** The items of JSON Lines. @throws ItemReaderError */
export async function* jsonLines(text: AsyncIterable<string>): AsyncGenerator<Entry> {
  let number = 0;
  for await (const line of linesOf(text)) {
    number++;
    if (line.trim() !== '') yield { Value: parsed(line, `Line ${number}`) };
  }
}

export function parsed(text: string, what: string): Json {
  try {
    return parseJson(text);
  } catch (error) {
    throw notJson(what, error as Error);
  }
}

const notJson = (what: string, { message }: Error) =>
  new ItemReaderError(`${what} is not valid JSON: ${message}`);

function at(value: Json, pointer: string): Json | undefined {
  let found: Json | undefined = value;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (isArray(found)) found = found[Number(name)];
    else found = isObject(found) && Object.hasOwn(found, name) ? found[name] : undefined;
    if (found === undefined) throw new ItemReaderError(`ItemsPointer does not exist in the file: ${pointer}`);
  }
  return found;
}
