import { type Condition, readCondition } from './condition';
import { malformedQuery } from './query-error';
import { TokenReader, tokensOf } from './tokens';

/** A field, and the name that the result has for it. */
export interface NamedField {
  readonly field: string;
  readonly name: string;
}

export interface Aggregation {
  readonly calculate: 'count' | 'sum' | 'avg' | 'min' | 'max';
  /** Undefined for `count(*)`. */
  readonly field: string | undefined;
  readonly name: string;
}

/** What `stats` groups by: a field, or the beginning of a span of time. */
export interface GroupKey extends NamedField {
  /** In milliseconds; undefined for a field. */
  readonly span?: number;
}

/** A field that rows are sorted by. */
export interface SortKey {
  readonly field: string;
  readonly descending: boolean;
}

/** A command of a query (CloudWatch Logs User Guide, "CloudWatch Logs Insights language query syntax"). */
export type Command =
  | { readonly kind: 'fields' | 'display'; readonly fields: readonly NamedField[] }
  | { readonly kind: 'filter'; readonly condition: Condition }
  | { readonly kind: 'sort'; readonly by: readonly SortKey[] }
  | { readonly kind: 'limit'; readonly count: number }
  | {
      readonly kind: 'stats';
      readonly aggregations: readonly Aggregation[];
      readonly by: readonly GroupKey[];
    };

/** Deeper nesting would overflow the stack. */
const MOST_NESTED = 500;

const SUPPORTED = ['fields', 'display', 'filter', 'sort', 'limit', 'stats'] as const;

/** Reads a query. @throws AwsError MalformedQueryException, which names what is not supported */
export function readQuery(query: string): Command[] {
  const all = tokensOf(query);
  if (all.filter(({ value }) => /^(?:\(|not)$/i.test(value)).length > MOST_NESTED) {
    throw malformedQuery(`a query can have at most ${MOST_NESTED} parentheses and nots`);
  }
  const tokens = new TokenReader(all);
  const commands: Command[] = [];
  do commands.push(readCommand(tokens));
  while (tokens.takes('|'));
  if (tokens.next) throw tokens.unexpected('| or the end of the query');
  return commands;
}

function readCommand(tokens: TokenReader): Command {
  switch (tokens.takes(...SUPPORTED)) {
    case 'fields':
      return { kind: 'fields', fields: tokens.list(() => readNamed(tokens)) };
    case 'display':
      return { kind: 'display', fields: tokens.list(() => readNamed(tokens)) };
    case 'filter':
      return { kind: 'filter', condition: readCondition(tokens) };
    case 'sort':
      return {
        kind: 'sort',
        by: tokens.list(() => ({
          field: tokens.field(),
          descending: tokens.takes('asc', 'desc') === 'desc',
        })),
      };
    case 'limit':
      return { kind: 'limit', count: readCount(tokens) };
    case 'stats':
      return {
        kind: 'stats',
        aggregations: tokens.list(() => readAggregation(tokens)),
        by: tokens.takes('by') ? tokens.list(() => readKey(tokens)) : [],
      };
    default: {
      const { value } = tokens.take('a command');
      throw malformedQuery(
        `The local AWS does not run the command ${value}. It runs ${SUPPORTED.join(', ')}.`,
      );
    }
  }
}

function readNamed(tokens: TokenReader): NamedField {
  const field = tokens.field();
  return { field, name: readName(tokens, field) };
}

const readName = (tokens: TokenReader, otherwise: string) =>
  tokens.takes('as') ? tokens.field() : otherwise;

function readCount(tokens: TokenReader): number {
  const { kind, value } = tokens.take('a number');
  if (kind === 'number' && /^[1-9]\d*$/.test(value) && Number(value) <= 10_000) return Number(value);
  throw malformedQuery(`limit must be a number from 1 to 10000: ${value}`);
}

const CALCULATIONS = ['count', 'sum', 'avg', 'min', 'max'] as const;

function readAggregation(tokens: TokenReader): Aggregation {
  const calculate = CALCULATIONS.find((one) => tokens.takes(one));
  if (calculate === undefined) {
    const { value } = tokens.take('a function of stats');
    throw malformedQuery(
      `The local AWS does not know ${value} in stats. It knows ${CALCULATIONS.join(', ')}.`,
    );
  }
  tokens.expect('(');
  const isAll = calculate === 'count' && (tokens.next?.value === ')' || tokens.takes('*') !== undefined);
  const field = isAll ? undefined : tokens.field();
  tokens.expect(')');
  const shown = `${calculate}(${field ?? '*'})`;
  return { calculate, field, name: readName(tokens, shown) };
}

/** In milliseconds. */
const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

function readKey(tokens: TokenReader): GroupKey {
  if (!tokens.takes('bin')) return readNamed(tokens);
  tokens.expect('(');
  const { kind, value } = tokens.take('a span of time');
  tokens.expect(')');
  const [, count, unit = ''] = /^(\d+)(\D+)$/.exec(value) ?? [];
  const span = Number(count) * (UNITS[unit] ?? 0);
  if (kind !== 'span' || span === 0) throw malformedQuery(`${value} is not a span of time such as 5m`);
  return { field: '@timestamp', span, name: readName(tokens, `bin(${value})`) };
}
