/** Intrinsic functions, `States.Format('{}', $.name)` (states-language.net, "Intrinsic Functions"). */

import { didYouMean } from '../did-you-mean';
import { type JsonPath, readJsonPath } from './json-path';
import { TextCursor, type TextSyntaxError } from './text-cursor';

/** An argument, or a whole expression. */
export type IntrinsicExpression =
  | IntrinsicCall
  | { readonly kind: 'path'; readonly path: JsonPath }
  | { readonly kind: 'literal'; readonly value: null | boolean }
  | { readonly kind: 'number'; readonly text: string }
  /** The text with its escapes, because `\\{}` in a template is not a placeholder. */
  | { readonly kind: 'string'; readonly raw: string };

/** A call of one of the functions. */
export interface IntrinsicCall {
  readonly kind: 'call';
  readonly name: IntrinsicName;
  readonly arguments: readonly IntrinsicExpression[];
}

/** The minimum and the maximum number of arguments of each function. */
export const INTRINSIC_ARITY = {
  'States.Format': [1, Number.POSITIVE_INFINITY],
  'States.StringToJson': [1, 1],
  'States.JsonToString': [1, 1],
  'States.Array': [0, Number.POSITIVE_INFINITY],
  'States.ArrayPartition': [2, 2],
  'States.ArrayContains': [2, 2],
  'States.ArrayRange': [3, 3],
  'States.ArrayGetItem': [2, 2],
  'States.ArrayLength': [1, 1],
  'States.ArrayUnique': [1, 1],
  'States.Base64Encode': [1, 1],
  'States.Base64Decode': [1, 1],
  'States.Hash': [2, 2],
  'States.JsonMerge': [3, 3],
  'States.MathRandom': [2, 3],
  'States.MathAdd': [2, 2],
  'States.StringSplit': [2, 2],
  'States.UUID': [0, 0],
} as const satisfies Record<string, readonly [number, number]>;

/** The algorithms of States.Hash and of JSONata's $hash, as AWS spells them. */
export const HASH_ALGORITHMS: readonly string[] = ['MD5', 'SHA-1', 'SHA-256', 'SHA-384', 'SHA-512'];

/** The name of an intrinsic function. */
export type IntrinsicName = keyof typeof INTRINSIC_ARITY;

/** The maximum depth of nested calls (Developer Guide, "Intrinsic functions"). */
const MAX_INTRINSIC_DEPTH = 10;

/** An intrinsic function that cannot be parsed; `position` counts characters from 0. */
export class IntrinsicSyntaxError extends Error implements TextSyntaxError {
  override readonly name = 'IntrinsicSyntaxError';

  constructor(
    reason: string,
    readonly text: string,
    readonly position: number,
  ) {
    super(`Invalid intrinsic function "${text}": ${reason} at character ${position + 1}.`);
  }
}

/** Whether a field's text is an intrinsic function rather than a path. */
export function isIntrinsic(text: string): boolean {
  return text.startsWith('States.');
}

/** Reads a call. @throws IntrinsicSyntaxError */
export function parseIntrinsic(text: string): IntrinsicCall {
  const cursor = new TextCursor(text, IntrinsicSyntaxError);
  cursor.skipSpace();
  const call = readCall(cursor, 1);
  cursor.skipSpace();
  if (!cursor.atEnd) throw cursor.error(`Unexpected ${cursor.shown}`);
  return call;
}

const FUNCTION_NAME = /[A-Za-z0-9_.]+/y;

function readCall(cursor: TextCursor, depth: number): IntrinsicCall {
  const start = cursor.position;
  const name = cursor.match(FUNCTION_NAME) ?? '';
  if (!isIntrinsicName(name)) {
    cursor.position = start;
    throw cursor.error(unknownFunction(name));
  }
  if (depth > MAX_INTRINSIC_DEPTH) throw cursor.error(`More than ${MAX_INTRINSIC_DEPTH} nested functions`);
  cursor.skipSpace();
  cursor.expect('(');
  return { kind: 'call', name, arguments: readArguments(cursor, depth) };
}

function isIntrinsicName(name: string): name is IntrinsicName {
  return Object.hasOwn(INTRINSIC_ARITY, name);
}

function unknownFunction(name: string): string {
  const meant = didYouMean(name, Object.keys(INTRINSIC_ARITY), (each) => `'${each}'`);
  return `Unknown function '${name}'${meant === undefined ? '' : ` (${meant})`}`;
}

function readArguments(cursor: TextCursor, depth: number): IntrinsicExpression[] {
  const args: IntrinsicExpression[] = [];
  cursor.skipSpace();
  if (cursor.take(')')) return args;
  do {
    cursor.skipSpace();
    args.push(readArgument(cursor, depth));
    cursor.skipSpace();
  } while (cursor.take(','));
  if (args.at(-1)?.kind === 'string' && /^\p{L}/u.test(cursor.peek)) {
    throw cursor.error(`Expected ")", found ${cursor.shown} (a quote inside a text is written \\')`);
  }
  cursor.expect(')');
  return args;
}

const NUMBER = /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const KEYWORD = /(?:true|false|null)\b/y;

function readArgument(cursor: TextCursor, depth: number): IntrinsicExpression {
  if (cursor.peek === '$') return { kind: 'path', path: readJsonPath(cursor) };
  if (cursor.peek === "'") return { kind: 'string', raw: readString(cursor) };
  const number = cursor.match(NUMBER);
  if (number !== undefined) return { kind: 'number', text: number };
  const keyword = cursor.match(KEYWORD);
  if (keyword !== undefined)
    return { kind: 'literal', value: keyword === 'null' ? null : keyword === 'true' };
  if (cursor.peek === '' || cursor.peek === ')' || cursor.peek === ',')
    throw cursor.error('Expected an argument');
  if (cursor.peek === '"') throw cursor.error("Expected a text in single quotes ('…'), found \"");
  return readCall(cursor, depth + 1);
}

/** What may follow a backslash (states-language.net, "Intrinsic Functions": an open escape backslash is an error). */
const ESCAPABLE = /['{}\\]/y;

function readString(cursor: TextCursor): string {
  cursor.expect("'");
  const start = cursor.position;
  for (;;) {
    if (cursor.atEnd) throw cursor.error("Missing closing '");
    if (cursor.take("'")) return cursor.text.slice(start, cursor.position - 1);
    if (cursor.next() === '\\' && cursor.match(ESCAPABLE) === undefined) {
      throw cursor.error(`Only ' { } and \\ can follow a backslash, found ${cursor.shown}`);
    }
  }
}

/** The characters of a string, without its escapes. */
export function unescapeIntrinsicString(raw: string): string {
  return raw.replace(/\\(['{}\\])/g, '$1');
}
