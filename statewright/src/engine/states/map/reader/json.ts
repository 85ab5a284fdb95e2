import { isArray, isObject, type Json, parseJson } from '../../../data';
import { ItemReaderError } from '../errors';
import { type Entry, entriesOf } from '../items';
import { elementTexts } from './json-array';
import { linesOf } from './text';

/**
 * The items of a JSON text: an array, or an object, at a JSON pointer (RFC 6901). The whole value is in memory; a text that
 * is an array is parsed in parts as it arrives, so that others have their turn.
 * @throws ItemReaderError
 */
export async function* jsonEntries(text: AsyncIterable<string>, pointer = ''): AsyncGenerator<Entry> {
  const { first, all } = await begun(text);
  const value =
    first === '[' && pointer === '' ? await parsedInParts(all) : at(await parsedAtOnce(all), pointer);
  const entries = entriesOf(value);
  if (entries === undefined) throw new ItemReaderError('Attempting to map over non-iterable node.');
  yield* entries;
}

/** A text with its first character that is not white space. */
async function begun(text: AsyncIterable<string>) {
  const iterator = text[Symbol.asyncIterator]();
  let head = '';
  for (;;) {
    const { value, done } = await iterator.next();
    if (done) break;
    head += value;
    if (head.trim() !== '') break;
  }
  const all = async function* (): AsyncGenerator<string> {
    yield head;
    yield* { [Symbol.asyncIterator]: () => iterator };
  };
  return { first: head.trimStart().charAt(0), all: all() };
}

async function parsedAtOnce(text: AsyncIterable<string>): Promise<Json> {
  const pieces: string[] = [];
  for await (const piece of text) pieces.push(piece);
  return parsed(pieces.join(''), 'The file');
}

async function parsedInParts(text: AsyncIterable<string>): Promise<Json> {
  const items: Json[] = [];
  try {
    for await (const texts of elementTexts(text)) for (const item of texts) items.push(parseJson(item));
  } catch (error) {
    throw error instanceof SyntaxError ? notJson('The file', error) : error;
  }
  return items;
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
