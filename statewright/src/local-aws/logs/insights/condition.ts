import { malformedQuery } from './query-error';
import type { FieldValue, Row } from './row';
import type { TokenReader } from './tokens';

/** Whether a row satisfies a condition. */
export type Condition = (row: Row) => boolean;

type Operand = (row: Row) => FieldValue;

/** Reads the condition of `filter` (CloudWatch Logs User Guide, "filter"). @throws AwsError MalformedQueryException */
export function readCondition(tokens: TokenReader): Condition {
  const either = [readAll(tokens)];
  while (tokens.takes('or')) either.push(readAll(tokens));
  return (row) => either.some((holds) => holds(row));
}

function readAll(tokens: TokenReader): Condition {
  const all = [readOne(tokens)];
  while (tokens.takes('and')) all.push(readOne(tokens));
  return (row) => all.every((holds) => holds(row));
}

function readOne(tokens: TokenReader): Condition {
  if (tokens.takes('not')) {
    const holds = readOne(tokens);
    return (row) => !holds(row);
  }
  if (tokens.takes('(')) {
    const holds = readCondition(tokens);
    tokens.expect(')');
    return holds;
  }
  if (tokens.takes('ispresent')) {
    tokens.expect('(');
    const field = tokens.field();
    tokens.expect(')');
    return (row) => row.get(field) !== undefined;
  }
  return readComparison(readOperand(tokens), tokens);
}

function readOperand(tokens: TokenReader): Operand {
  if (tokens.next?.kind === 'name') {
    const field = tokens.field();
    return (row) => row.get(field);
  }
  const literal = readLiteral(tokens);
  return () => literal;
}

function readLiteral(tokens: TokenReader): string | number {
  const { kind, value } = tokens.take('a value');
  if (kind === 'number') return Number(value);
  if (kind === 'text') return value;
  throw malformedQuery(`unexpected symbol found ${value}: expected a text or a number`);
}

const ORDER: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** A row without the field satisfies only the negated comparisons. */
function readComparison(left: Operand, tokens: TokenReader): Condition {
  const negated = tokens.takes('not') !== undefined;
  const operator = negated
    ? tokens.takes('like', 'in')
    : tokens.takes('=', '!=', '<', '<=', '>', '>=', 'like', '=~', 'in');
  const holds = readRight(operator, left, tokens);
  return negated || operator === '!=' ? (row) => !holds(row) : holds;
}

function readRight(operator: string | undefined, left: Operand, tokens: TokenReader): Condition {
  switch (operator) {
    case '=':
    case '!=': {
      const right = readOperand(tokens);
      return (row) => isEqual(left(row), right(row));
    }
    case 'in': {
      tokens.expect('[');
      const values = tokens.list(() => readLiteral(tokens));
      tokens.expect(']');
      return (row) => values.some((value) => isEqual(left(row), value));
    }
    case 'like':
    case '=~': {
      const matches = readPattern(tokens);
      return (row) => {
        const value = left(row);
        return value !== undefined && matches(String(value));
      };
    }
    case undefined:
      throw tokens.unexpected('a comparison: =, !=, <, <=, >, >=, like, =~ or in');
    default: {
      const right = readOperand(tokens);
      return (row) => {
        const [a, b] = [left(row), right(row)].map(numberIn);
        return a !== undefined && b !== undefined && (ORDER[operator]?.(a, b) ?? false);
      };
    }
  }
}

/** A text is found anywhere in the value, and so is a regular expression. RE2 runs it in linear time. */
function readPattern(tokens: TokenReader): (value: string) => boolean {
  const { kind, value } = tokens.take('a text or a regular expression');
  if (kind === 'text') return (text) => text.includes(value);
  if (kind !== 'regex') {
    throw malformedQuery(`unexpected symbol found ${value}: expected a text or a regular expression`);
  }
  // Loaded here, because few conditions have a regular expression.
  const { RE2JS } = require('re2js') as typeof import('re2js');
  try {
    const regex = RE2JS.compile(RE2JS.translateRegExp(value));
    return (text) => regex.test(text);
  } catch {
    throw malformedQuery(`/${value}/ is not a regular expression`);
  }
}

function isEqual(a: FieldValue, b: FieldValue): boolean {
  if (a === undefined || b === undefined) return false;
  const [x, y] = [numberIn(a), numberIn(b)];
  return x !== undefined && y !== undefined ? x === y : String(a) === String(b);
}

/** A number, or a text that is one. */
export function numberIn(value: FieldValue): number | undefined {
  if (typeof value === 'number' || value === undefined) return value;
  return /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(value) ? Number(value) : undefined;
}
