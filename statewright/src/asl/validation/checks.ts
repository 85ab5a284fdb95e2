/** Checks of single values. The messages are those of the API. */
import { isToken } from '../token';
import { hint, type Place } from './place';

/** Checks a value and reports its faults at its place. */
export type Check = (value: unknown, at: Place) => void;

export const anything: Check = () => {};

export const string: Check = (value, at) => {
  // In a list, such as that of ErrorEquals, an item can be a token.
  if (typeof value !== 'string' && !isToken(value)) at.error('Expected value of type String');
};

export const boolean: Check = (value, at) => {
  if (typeof value !== 'boolean') at.error('Expected value of type Boolean');
};

interface Range {
  readonly minimum?: number;
  readonly maximum?: number;
}

export function integer(range: Range = {}): Check {
  return (value, at) => {
    if (!Number.isInteger(value)) at.error('Expected value of type Integer');
    else checkRange(value as number, range, String, at);
  };
}

/** A number with a fraction; the API then writes its limits with one too. */
export function float(range: Range = {}): Check {
  return (value, at) => {
    if (typeof value !== 'number') at.error('Expected value of type Float');
    else checkRange(value, range, (limit) => limit.toFixed(1), at);
  };
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
  (value, at) => {
    if (typeof value !== 'string') at.error('Expected value of type String');
    else if (!allowed.includes(value)) {
      at.error(`${wording}: [${allowed.join(', ')}]${hint(value, allowed)}`);
    }
  };

export const oneOf = choice('Value should be one of the following');
export const typeOf = choice("The field 'Type' should have one of these values");

export function nullable(check: Check): Check {
  return (value, at) => {
    if (value !== null) check(value, at);
  };
}

/** A list with more items than this is checked in several steps. */
const MANY = 50;

export function listOf(check: Check, { empty = true } = {}): Check {
  return (value, at) => {
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
  };
}

/** RFC 3339 with an upper-case `T` and `Z` (States Language specification, "Timestamps"). */
const RFC3339 = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

export const timestamp: Check = (value, at) => {
  if (typeof value !== 'string') at.error('Expected value of type String');
  else if (!RFC3339.test(value) || !isOnCalendar(value)) at.error('String does not match RFC3339 timestamp');
};

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
