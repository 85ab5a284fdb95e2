/**
 * Filters of a path, `[?(@.price < 10 && @.tags)]`, in the grammar of Jayway JsonPath. A path can have a filter, whose
 * operands are paths: this file and `json-path.ts` import each other.
 */
import { type PathSegment, printSegment, readSegments } from './json-path';
import type { TextCursor } from './text-cursor';

/** A condition on one candidate. */
export type FilterExpression =
  | { readonly kind: 'and' | 'or'; readonly left: FilterExpression; readonly right: FilterExpression }
  | { readonly kind: 'not'; readonly operand: FilterExpression }
  | { readonly kind: 'exists'; readonly path: FilterPath }
  | {
      readonly kind: 'comparison';
      readonly operator: FilterOperator;
      readonly left: FilterOperand;
      readonly right: FilterOperand;
    };

/** A path inside a filter: of the candidate (`@`) or of the whole document (`$`). */
export interface FilterPath {
  readonly kind: 'path';
  readonly from: '@' | '$';
  readonly segments: readonly PathSegment[];
}

export type FilterLiteral = null | boolean | number | string | readonly FilterLiteral[];

export type FilterOperand =
  | FilterPath
  | { readonly kind: 'literal'; readonly value: FilterLiteral }
  | { readonly kind: 'pattern'; readonly source: string; readonly flags: string };

const OPERATORS = [
  '==', '!=', '<=', '>=', '=~', '<', '>',
  'in', 'nin', 'subsetof', 'anyof', 'noneof', 'contains', 'size', 'empty',
] as const; // biome-ignore format: a table
export type FilterOperator = (typeof OPERATORS)[number];

/** Reads `(condition)`. */
export function parseFilter(cursor: TextCursor): FilterExpression {
  cursor.expect('(');
  const condition = readOr(cursor);
  cursor.skipSpace();
  cursor.expect(')');
  return condition;
}

function readOr(cursor: TextCursor): FilterExpression {
  let left = readAnd(cursor);
  for (;;) {
    cursor.skipSpace();
    if (!cursor.take('||')) return left;
    left = { kind: 'or', left, right: readAnd(cursor) };
  }
}

function readAnd(cursor: TextCursor): FilterExpression {
  let left = readTerm(cursor);
  for (;;) {
    cursor.skipSpace();
    if (!cursor.take('&&')) return left;
    left = { kind: 'and', left, right: readTerm(cursor) };
  }
}

function readTerm(cursor: TextCursor): FilterExpression {
  cursor.skipSpace();
  if (cursor.take('!')) return { kind: 'not', operand: readTerm(cursor) };
  if (cursor.peek === '(') return parseFilter(cursor);
  const left = readOperand(cursor);
  cursor.skipSpace();
  const operator = readOperator(cursor);
  if (operator !== undefined) {
    cursor.skipSpace();
    return { kind: 'comparison', operator, left, right: readOperand(cursor) };
  }
  if (left.kind !== 'path') throw cursor.error('Expected a comparison');
  return { kind: 'exists', path: left };
}

const WORD = /[a-z]+/iy;

function readOperator(cursor: TextCursor): FilterOperator | undefined {
  const symbol = OPERATORS.find((operator) => !/^[a-z]/.test(operator) && cursor.take(operator));
  if (symbol !== undefined) return symbol;
  const before = cursor.position;
  const word = cursor.match(WORD)?.toLowerCase();
  const operator = OPERATORS.find((candidate) => candidate === word);
  if (word !== undefined && operator === undefined) {
    cursor.position = before;
    throw cursor.error(`Unknown operator "${word}"`);
  }
  return operator;
}

/** A number, `true`, `false`, `null`, or a text without quotes. */
const WORD_OR_NUMBER = /[^\s()[\]{},'"=!<>&|]+/y;
const NUMBER = /^-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?$/;
const WORDS: ReadonlyMap<string, FilterLiteral> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);
const PATTERN = /\/(?:[^/\\]|\\.)*\//y;
const FLAGS = /[a-z]*/iy;

function readOperand(cursor: TextCursor): FilterOperand {
  if (cursor.take('@')) return { kind: 'path', from: '@', segments: readSegments(cursor) };
  if (cursor.take('$')) return { kind: 'path', from: '$', segments: readSegments(cursor) };
  const pattern = cursor.match(PATTERN);
  if (pattern !== undefined) {
    return { kind: 'pattern', source: pattern.slice(1, -1), flags: cursor.match(FLAGS) ?? '' };
  }
  return { kind: 'literal', value: readLiteral(cursor) };
}

function readLiteral(cursor: TextCursor): FilterLiteral {
  if (cursor.peek === "'" || cursor.peek === '"') return readString(cursor);
  if (cursor.take('[')) return readArray(cursor);
  const word = cursor.match(WORD_OR_NUMBER);
  if (word !== undefined) {
    if (NUMBER.test(word)) return Number(word);
    const value = WORDS.get(word);
    return value === undefined ? word : value;
  }
  throw cursor.error(`Expected a path or a literal, found ${cursor.shown}`);
}

function readArray(cursor: TextCursor): FilterLiteral {
  const items: FilterLiteral[] = [];
  cursor.skipSpace();
  if (cursor.take(']')) return items;
  do {
    cursor.skipSpace();
    items.push(readLiteral(cursor));
    cursor.skipSpace();
  } while (cursor.take(','));
  cursor.expect(']');
  return items;
}

function readString(cursor: TextCursor): string {
  const quote = cursor.next();
  let text = '';
  while (!cursor.take(quote)) {
    if (cursor.atEnd) throw cursor.error(`Missing closing ${quote}`);
    cursor.take('\\');
    text += cursor.next();
  }
  return text;
}

/** Prints a condition; the text parses to the same condition. */
export function printFilter(condition: FilterExpression): string {
  return `(${printCondition(condition)})`;
}

function printCondition(condition: FilterExpression): string {
  switch (condition.kind) {
    case 'and':
      return `${printFilter(condition.left)} && ${printFilter(condition.right)}`;
    case 'or':
      return `${printFilter(condition.left)} || ${printFilter(condition.right)}`;
    case 'not':
      return `!${printFilter(condition.operand)}`;
    case 'exists':
      return printOperand(condition.path);
    case 'comparison':
      return `${printOperand(condition.left)} ${condition.operator} ${printOperand(condition.right)}`;
  }
}

function printOperand(operand: FilterOperand): string {
  if (operand.kind === 'path') return operand.from + operand.segments.map(printSegment).join('');
  if (operand.kind === 'pattern') return `/${operand.source}/${operand.flags}`;
  return printLiteral(operand.value);
}

function printLiteral(value: FilterLiteral): string {
  if (typeof value === 'string') return `'${value.replace(/['\\]/g, '\\$&')}'`;
  if (Array.isArray(value)) return `[${value.map(printLiteral).join(', ')}]`;
  return String(value);
}
