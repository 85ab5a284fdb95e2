/**
 * The JSONPath of Step Functions: the dialect of the Java library Jayway JsonPath, with the context object (`$$`) and
 * variables (`$name`) as further roots (Developer Guide, "Using JSONPath paths"; states-language.net, "Paths").
 */
import { type FilterExpression, parseFilter, printFilter } from './json-path-filter';
import { TextCursor, type TextSyntaxError } from './text-cursor';

/** The root of a path: the state's input (`$`), the context object (`$$`) or a variable (`$name`). */
export type PathRoot =
  | { readonly kind: 'input' }
  | { readonly kind: 'context' }
  | { readonly kind: 'variable'; readonly name: string };

/** One step of a path. `descendants` applies its step to a value and to everything below it (`..`). */
export type PathSegment =
  | { readonly kind: 'child'; readonly names: readonly string[] }
  | { readonly kind: 'index'; readonly indexes: readonly number[] }
  | { readonly kind: 'last'; readonly offset: number }
  | { readonly kind: 'slice'; readonly start?: number; readonly end?: number }
  | { readonly kind: 'wildcard' }
  | { readonly kind: 'filter'; readonly condition: FilterExpression }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'descendants'; readonly step: PathSegment };

/** A parsed path. */
export interface JsonPath {
  readonly text: string;
  readonly root: PathRoot;
  readonly segments: readonly PathSegment[];
}

/** A path that cannot be parsed; `position` counts characters of the path from 0. */
export class JsonPathSyntaxError extends Error implements TextSyntaxError {
  override readonly name = 'JsonPathSyntaxError';

  constructor(
    reason: string,
    readonly text: string,
    readonly position: number,
  ) {
    super(`Invalid JSONPath '${text}': ${reason} at character ${position + 1}.`);
  }
}

const VARIABLE_NAME = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;

/** Reads a path; blanks around it do not count. @throws JsonPathSyntaxError */
export function parseJsonPath(text: string): JsonPath {
  const cursor = new TextCursor(text.trim(), JsonPathSyntaxError);
  const path = readJsonPath(cursor);
  if (!cursor.atEnd) throw cursor.error(`Unexpected ${cursor.shown}`);
  return { ...path, text };
}

/** Reads a path from the cursor to the end of its last step: an argument of an intrinsic function. */
export function readJsonPath(cursor: TextCursor): JsonPath {
  const start = cursor.position;
  cursor.expect('$');
  const root = readRoot(cursor);
  const segments = readSegments(cursor);
  return { text: cursor.text.slice(start, cursor.position), root, segments };
}

function readRoot(cursor: TextCursor): PathRoot {
  if (cursor.take('$')) return { kind: 'context' };
  const name = cursor.match(VARIABLE_NAME);
  return name === undefined ? { kind: 'input' } : { kind: 'variable', name };
}

/** Reads the steps that follow a root; also those after `@` in a filter. */
export function readSegments(cursor: TextCursor): PathSegment[] {
  const segments: PathSegment[] = [];
  for (;;) {
    if (cursor.take('..')) {
      const step = cursor.peek === '[' ? readBrackets(cursor) : readName(cursor);
      segments.push({ kind: 'descendants', step });
    } else if (cursor.take('.')) {
      segments.push(cursor.peek === '[' ? readBrackets(cursor) : readName(cursor));
    } else if (cursor.peek === '[') {
      segments.push(readBrackets(cursor));
    } else if (segments.length > 0 && NAME_START.test(cursor.peek)) {
      // After brackets a name needs no dot, as in Jayway JsonPath: `$.orders[0]id`.
      segments.push(readName(cursor));
    } else {
      return segments;
    }
  }
}

/** Everything up to the next step; a name with other characters needs brackets. */
const NAME = /[^\s.[\]()'",=!<>&|]+/uy;
const NAME_START = /^[^\s.[\]()'",=!<>&|]/u;
const FUNCTIONS: ReadonlySet<string> = new Set(['length', 'min', 'max', 'avg', 'stddev']);

function readName(cursor: TextCursor): PathSegment {
  if (cursor.take('*')) return { kind: 'wildcard' };
  const name = cursor.match(NAME);
  if (name === undefined) throw cursor.error('Expected a field name');
  if (!cursor.take('()')) return { kind: 'child', names: [name] };
  // Any other function is looked up as a field of that name, and so is never found.
  return FUNCTIONS.has(name) ? { kind: 'function', name } : { kind: 'child', names: [`${name}()`] };
}

const INTEGER = /-?\d+/y;

function readBrackets(cursor: TextCursor): PathSegment {
  cursor.expect('[');
  cursor.skipSpace();
  const segment = readBracketContent(cursor);
  cursor.skipSpace();
  cursor.expect(']');
  return segment;
}

function readBracketContent(cursor: TextCursor): PathSegment {
  if (cursor.take('*')) return { kind: 'wildcard' };
  if (cursor.take('?')) return { kind: 'filter', condition: parseFilter(cursor) };
  if (cursor.take('(@.length-')) {
    const offset = Number(cursor.match(INTEGER) ?? Number.NaN);
    if (!(offset > 0)) throw cursor.error('Expected a number above 0');
    cursor.expect(')');
    return { kind: 'last', offset };
  }
  if (cursor.peek === "'" || cursor.peek === '"')
    return { kind: 'child', names: readList(cursor, readQuoted) };
  return readIndexes(cursor);
}

function readIndexes(cursor: TextCursor): PathSegment {
  const start = readInteger(cursor);
  cursor.skipSpace();
  if (cursor.take(':')) {
    cursor.skipSpace();
    const end = readInteger(cursor);
    if (start === undefined && end === undefined) throw cursor.error('Expected a number on a side of ":"');
    return { kind: 'slice', ...(start !== undefined && { start }), ...(end !== undefined && { end }) };
  }
  if (start === undefined)
    throw cursor.error(`Expected an index, a quoted name, "*" or "?(", found ${cursor.shown}`);
  const indexes = [start];
  while (cursor.take(',')) {
    cursor.skipSpace();
    const index = readInteger(cursor);
    if (index === undefined) throw cursor.error('Expected an index');
    indexes.push(index);
    cursor.skipSpace();
  }
  return { kind: 'index', indexes };
}

function readInteger(cursor: TextCursor): number | undefined {
  const digits = cursor.match(INTEGER);
  return digits === undefined ? undefined : Number(digits);
}

function readList<T>(cursor: TextCursor, readItem: (cursor: TextCursor) => T): T[] {
  const items = [readItem(cursor)];
  for (;;) {
    cursor.skipSpace();
    if (!cursor.take(',')) return items;
    cursor.skipSpace();
    items.push(readItem(cursor));
  }
}

/** A quoted name. Only its own quote can be escaped: AWS takes every other backslash as part of the name. */
function readQuoted(cursor: TextCursor): string {
  const quote = cursor.peek;
  if (quote !== "'" && quote !== '"') throw cursor.error('Expected a quoted name');
  cursor.expect(quote);
  let name = '';
  while (!cursor.take(quote)) {
    if (cursor.atEnd) throw cursor.error(`Missing closing ${quote}`);
    if (cursor.take(`\\${quote}`)) name += quote;
    else name += cursor.next();
  }
  return name;
}

/** Whether the path names one place only, so that its result is that value and not a list of matches. */
export function isDefinitePath(path: Pick<JsonPath, 'segments'>): boolean {
  return path.segments.every((segment, position) => {
    switch (segment.kind) {
      case 'child':
        return segment.names.length === 1 || position === path.segments.length - 1;
      case 'index':
        return segment.indexes.length === 1;
      case 'last':
      case 'function':
        return true;
      default:
        return false;
    }
  });
}

/** Whether the path is a Reference Path: single fields and single indexes only (states-language.net, "Reference Paths"). */
export function isReferencePath(path: Pick<JsonPath, 'segments'>): boolean {
  return path.segments.every(
    (segment) =>
      (segment.kind === 'child' && segment.names.length === 1) ||
      (segment.kind === 'index' && segment.indexes.length === 1 && (segment.indexes[0] as number) >= 0),
  );
}

/** Writes a path in bracket notation, as AWS's errors do: `$['a'][0]`. */
export function printJsonPath(path: Pick<JsonPath, 'root' | 'segments'>): string {
  const { root } = path;
  const start = root.kind === 'input' ? '$' : root.kind === 'context' ? '$$' : `$${root.name}`;
  return start + path.segments.map(printSegment).join('');
}

/** Writes one step in bracket notation. */
export function printSegment(segment: PathSegment): string {
  switch (segment.kind) {
    case 'child':
      return `[${segment.names.map((name) => `'${name.replaceAll("'", "\\'")}'`).join(',')}]`;
    case 'index':
      return `[${segment.indexes.join(',')}]`;
    case 'last':
      return `[(@.length-${segment.offset})]`;
    case 'slice':
      return `[${segment.start ?? ''}:${segment.end ?? ''}]`;
    case 'wildcard':
      return '[*]';
    case 'filter':
      return `[?${printFilter(segment.condition)}]`;
    case 'function':
      return `.${segment.name}()`;
    case 'descendants':
      return `..${printSegment(segment.step).replace(/^\./, '')}`;
  }
}
