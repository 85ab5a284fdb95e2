/** Checks of single values. The messages are those of the API. */
import { isToken } from '../token';
import { type Describe, type JsonSchema, orPlaceholder, PLACEHOLDER, type SchemaPlace } from './json-schema';
import { hint, type Place } from './place';

/** Checks a value and reports its faults at its place. */
export interface Check {
  (value: unknown, at: Place): void;
  /** Writes the JSON Schema of the values that it accepts (default: any value). */
  readonly schema?: Describe;
}

/** Adds the schema of what it accepts to a check, which no other one uses. */
export function described(schema: JsonSchema | Describe, check: (value: unknown, at: Place) => void): Check {
  return Object.assign(check, { schema: typeof schema === 'function' ? schema : () => schema });
}

export const schemaOf = (check: Check, at: SchemaPlace): JsonSchema => check.schema?.(at) ?? {};

/** A check whose schema has a name: that of its TypeScript type, without the query language. */
export const named = (name: string, check: Check): Check =>
  described(
    (at) => at.define(name, (inner) => schemaOf(check, inner)),
    (value, at) => check(value, at),
  );

/** A check that is defined further below, or in a file that imports this one. */
export const forward = (check: () => Check): Check =>
  described(
    (at) => schemaOf(check(), at),
    (value, at) => check()(value, at),
  );

export const string: Check = described({ type: 'string' }, (value, at) => {
  // In a list, such as that of ErrorEquals, an item can be a token.
  if (typeof value !== 'string' && !isToken(value)) at.error('Expected value of type String');
});

export const boolean: Check = described({ type: 'boolean' }, (value, at) => {
  if (typeof value !== 'boolean') at.error('Expected value of type Boolean');
});

interface Range {
  readonly minimum?: number;
  readonly maximum?: number;
}

export function integer(range: Range = {}): Check {
  return described({ type: 'integer', ...range }, (value, at) => {
    if (!Number.isInteger(value)) at.error('Expected value of type Integer');
    else checkRange(value as number, range, String, at);
  });
}

/** A number with a fraction; the API then writes its limits with one too. */
export function float(range: Range = {}): Check {
  return described({ type: 'number', ...range }, (value, at) => {
    if (typeof value !== 'number') at.error('Expected value of type Float');
    else checkRange(value, range, (limit) => limit.toFixed(1), at);
  });
}

function checkRange(value: number, range: Range, print: (limit: number) => string, at: Place): void {
  if (range.minimum !== undefined && value < range.minimum)
    at.error(`Minimum value is ${print(range.minimum)}`);
  if (range.maximum !== undefined && value > range.maximum)
    at.error(`Maximum value is ${print(range.maximum)}`);
}

/** One of a list of words. The API has one message for a state's Type and another for all other fields. */
const choice =
  (wording: string) =>
  (...allowed: readonly string[]): Check =>
    described(words(allowed), (value, at) => {
      if (typeof value !== 'string') at.error('Expected value of type String');
      else if (!allowed.includes(value)) {
        at.error(`${wording}: [${allowed.join(', ')}]${hint(value, allowed)}`);
      }
    });

const words = (allowed: readonly string[]): JsonSchema => ({
  anyOf: [{ enum: allowed }, { type: 'string', pattern: PLACEHOLDER }],
});

export const oneOf = choice('Value should be one of the following');
export const typeOf = choice("The field 'Type' should have one of these values");

export function nullable(check: Check): Check {
  return described(
    (at) => ({ anyOf: [schemaOf(check, at), { type: 'null' }] }),
    (value, at) => {
      if (value !== null) check(value, at);
    },
  );
}

/** A list with more items than this is checked in several steps. */
const MANY = 50;

export function listOf(check: Check, { empty = true } = {}): Check {
  return described(
    (at) => ({ type: 'array', items: schemaOf(check, at), ...(!empty && { minItems: 1 }) }),
    (value, at) => {
      if (!Array.isArray(value)) at.error('Expected value of type Array');
      else if (value.length === 0 && !empty) at.error('Value cannot be empty');
      else {
        const isLong = value.length > MANY;
        value.forEach((item, index) => {
          const place = at.item(index);
          if (isLong) place.later((later) => check(item, later));
          else check(item, place);
        });
      }
    },
  );
}

/** RFC 3339 with an upper-case `T` and `Z` (States Language specification, "Timestamps"). */
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

export const timestamp: Check = described(
  { type: 'string', pattern: orPlaceholder(RFC3339.source) },
  (value, at) => {
    if (typeof value !== 'string') at.error('Expected value of type String');
    else if (!RFC3339.test(value) || !isOnCalendar(value)) {
      at.error('String does not match RFC3339 timestamp');
    }
  },
);

/** Date reads 30 February as 2 March, but that day does not exist. */
function isOnCalendar(text: string): boolean {
  const day = text.slice(0, 'YYYY-MM-DD'.length);
  const midnight = Date.parse(`${day}T00:00:00Z`);
  return (
    !Number.isNaN(Date.parse(text)) &&
    !Number.isNaN(midnight) &&
    new Date(midnight).toISOString().startsWith(day)
  );
}
