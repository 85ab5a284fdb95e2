import { type Json, parseJson, setMember } from '../../../data';

/** A value of this length, in characters, is parsed member by member: a shorter one takes less than a millisecond. */
const LARGE = 16_384;

/** Values that are nested deeper are parsed at once: the text of each that is open is searched. */
const DEEPEST = 20;

/** How an array or object begins, with the key before it if it is a member. */
const BEGINNING = /^\s*(?:("(?:[^"\\]|\\.)*")\s*:\s*)?([[{])/;

/** An array or object whose end has not arrived. */
interface OpenValue {
  readonly value: Json[] | Record<string, Json>;
  /** Its key, if it is a member of an object. */
  readonly key: string | undefined;
  /** What must follow: the next element after a comma, or a comma after an element that was large. */
  next: 'element' | 'comma' | undefined;
}

/**
 * Parses a JSON text in the pieces in which it arrives, so that others have their turn between them, and the text of a large
 * file is never in memory as a whole. The value is that of `parseJson`.
 * @throws SyntaxError
 */
export async function parseInPieces(pieces: AsyncIterable<string>): Promise<Json> {
  // The text is read as the only element of an array.
  const root: Json[] = [];
  const open: OpenValue[] = [{ value: root, key: undefined, next: undefined }];
  let rest = '';
  let enough = LARGE;
  for await (const piece of pieces) {
    rest += piece;
    if (rest.length < enough) continue;
    rest = parseSome(rest, open);
    // A string that is longer than a piece is not searched again with every piece.
    enough = rest.length * 2;
  }
  const after = parseSome(`${rest}]`, open);
  if (open.length > 0 || root.length === 0) throw new SyntaxError('Unexpected end of the text');
  if (after !== '' || root.length > 1) throw new SyntaxError('Unexpected text after the value');
  return root[0] as Json;
}

/** Parses what is complete at the beginning of a text, and returns the rest. */
function parseSome(text: string, open: OpenValue[]): string {
  let at = 0;
  for (let inner = open.at(-1); inner !== undefined; inner = open.at(-1)) {
    const { comma, end } = endsIn(text, at);
    const last = end ?? comma;
    if (last !== undefined) {
      addAll(inner, text.slice(at, last), end === undefined);
      at = last + 1;
      if (end === undefined) continue;
      close(open, text[end] as string);
    } else {
      if (text.length - at < LARGE || open.length > DEEPEST) break;
      const [beginning = '', key, bracket] = BEGINNING.exec(text.slice(at, at + LARGE)) ?? [];
      if (bracket === undefined) break;
      if (inner.next === 'comma' || (key === undefined) !== Array.isArray(inner.value)) {
        throw new SyntaxError(`Unexpected text: ${beginning}`);
      }
      open.push({
        value: bracket === '[' ? [] : {},
        key: key === undefined ? undefined : JSON.parse(key),
        next: undefined,
      });
      at += beginning.length;
    }
  }
  return text.slice(at);
}

/** Where an array or object ends that is open at a place of a text, or, if it does not, its last comma. */
function endsIn(text: string, from: number): { readonly comma?: number; readonly end?: number } {
  let comma: number | undefined;
  let depth = 0;
  let isInString = false;
  for (let at = from; at < text.length; at++) {
    const character = text[at];
    if (character === '"') isInString = !isInString;
    else if (character === '\\') at++;
    else if (isInString) continue;
    else if (character === '[' || character === '{') depth++;
    else if (character === ',') comma = depth === 0 ? at : comma;
    else if (character === ']' || character === '}') {
      if (depth === 0) return { end: at };
      depth--;
    }
  }
  return comma === undefined ? {} : { comma };
}

/** Adds elements or members, with commas between them. @param hasMore whether a comma follows */
function addAll(open: OpenValue, text: string, hasMore: boolean): void {
  let added = text;
  if (open.next === 'comma' && text.trim() !== '') {
    if (!text.trimStart().startsWith(',')) throw new SyntaxError(`Unexpected text: ${text.slice(0, 20)}`);
    added = text.slice(text.indexOf(',') + 1);
    open.next = 'element';
  }
  const isBlank = added.trim() === '';
  if (isBlank && (open.next === 'element' || (hasMore && open.next === undefined))) {
    throw new SyntaxError('Unexpected comma');
  }
  const { value } = open;
  if (Array.isArray(value)) {
    for (const item of parseJson(`[${added}]`) as Json[]) value.push(item);
  } else {
    const members = parseJson(`{${added}}`) as Record<string, Json>;
    for (const [key, item] of Object.entries(members)) setMember(value, key, item);
  }
  open.next = hasMore ? 'element' : undefined;
}

/** Ends the inner array or object, and adds it to the one around it. */
function close(open: OpenValue[], bracket: string): void {
  const { value, key } = open.pop() as OpenValue;
  if (bracket !== (Array.isArray(value) ? ']' : '}')) throw new SyntaxError(`Unexpected ${bracket}`);
  const outer = open.at(-1);
  if (outer === undefined) return;
  if (Array.isArray(outer.value)) outer.value.push(value);
  else setMember(outer.value, key as string, value);
  outer.next = 'comma';
}
