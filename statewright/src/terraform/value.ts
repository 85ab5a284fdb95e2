import { compareText } from '../compare-text';
import { isObject } from '../is-object';
import { ExpressionError } from './errors';

/** The value of an expression. Sets are sorted lists. */
export type Value = string | number | boolean | null | readonly Value[] | ValueMap | Unknown;

export interface ValueMap {
  readonly [name: string]: Value;
}

/**
 * A value that is not known here. It passes through expressions, and becomes a value of a type only where one needs that
 * type. Each of these methods takes the place of that expression, for its error.
 */
export abstract class Unknown {
  /** @param name the value as an expression: `data.aws_subnets.n.ids` */
  constructor(readonly name: string) {}

  /** An attribute or an item. */
  abstract member(key: string): Value;
  abstract text(place: string): string;
  abstract number(place: string): number;
  abstract boolean(place: string): boolean;
  abstract list(place: string): readonly Value[];
  abstract map(place: string): ValueMap;
  /** Where any type is possible, such as in `jsonencode`: one of the type that the name suggests. */
  abstract plain(place: string): Value;
  /** Text without quotes around it in JSON text: a number or a bool. */
  abstract unquoted(place: string): string;

  toJSON(): unknown {
    return this.plain(this.name);
  }
}

export function isMap(value: Value): value is ValueMap {
  return isObject(value) && !(value instanceof Unknown);
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** The type of a value, for messages. */
export function typeName(value: Value): string {
  if (value === null) return 'null';
  if (isList(value)) return 'a list';
  if (isMap(value)) return 'an object';
  if (value instanceof Unknown) return `${value.name}, whose value is not known here`;
  return typeof value === 'boolean' ? 'a bool' : `a ${typeof value}`;
}

/** A value as a string; as in Terraform, numbers and bools are converted. */
export function toText(value: Value, place: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return String(value);
  if (value instanceof Unknown) return value.text(place);
  throw new ExpressionError(place, `expected a string, found ${typeName(value)}`);
}

export function toNumber(value: Value, place: string): number {
  if (value instanceof Unknown) return value.number(place);
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw new ExpressionError(place, `expected a number, found ${describeValue(value)}`);
}

export function toBoolean(value: Value, place: string): boolean {
  if (value instanceof Unknown) return value.boolean(place);
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw new ExpressionError(place, `expected true or false, found ${describeValue(value)}`);
}

export function toList(value: Value, place: string): readonly Value[] {
  if (isList(value)) return value;
  if (value instanceof Unknown) return value.list(place);
  throw new ExpressionError(place, `expected a list, found ${typeName(value)}`);
}

export function toMap(value: Value, place: string): ValueMap {
  if (isMap(value)) return value;
  if (value instanceof Unknown) return value.map(place);
  throw new ExpressionError(place, `expected an object, found ${typeName(value)}`);
}

/** Without an exponent, as Terraform writes numbers. */
export function numberText(number: number): string {
  const text = String(number);
  if (!text.includes('e')) return text;
  return Number.isInteger(number) ? String(BigInt(number)) : number.toFixed(100).replace(/0+$/, '');
}

/** The entries of a map, sorted by key as in Terraform. */
export function entriesOf(map: ValueMap): [string, Value][] {
  return Object.entries(map).sort(([a], [b]) => compareText(a, b));
}

/** A value as JSON text could have it: values that are not known here get the type that their name suggests. */
export function plainValue(value: Value, place: string): Value {
  if (value instanceof Unknown) return plainValue(value.plain(place), place);
  if (isList(value)) return value.map((item) => plainValue(item, place));
  if (!isMap(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, plainValue(inner, place)]));
}

function describeValue(value: Value): string {
  return typeof value === 'string' ? JSON.stringify(value) : typeName(value);
}
