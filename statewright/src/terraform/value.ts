import { ExpressionError } from './errors';

/** The value of an expression. */
export type Value = string | number | boolean | null | readonly Value[] | ValueMap;

export interface ValueMap {
  readonly [name: string]: Value;
}

export function isMap(value: Value): value is ValueMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

/** The type of a value, for messages. */
export function typeName(value: Value): string {
  if (value === null) return 'null';
  if (isList(value)) return 'a list';
  if (isMap(value)) return 'an object';
  return typeof value === 'boolean' ? 'a bool' : `a ${typeof value}`;
}

/** A value as a string; as in Terraform, numbers and bools are converted. */
export function toText(value: Value, place: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new ExpressionError(place, `expected a string, found ${typeName(value)}`);
}

export function toNumber(value: Value, place: string): number {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number === 'number' && Number.isFinite(number)) return number;
  throw new ExpressionError(place, `expected a number, found ${describeValue(value)}`);
}

export function toBoolean(value: Value, place: string): boolean {
  if (typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw new ExpressionError(place, `expected true or false, found ${describeValue(value)}`);
}

export function toList(value: Value, place: string): readonly Value[] {
  if (isList(value)) return value;
  throw new ExpressionError(place, `expected a list, found ${typeName(value)}`);
}

export function toMap(value: Value, place: string): ValueMap {
  if (isMap(value)) return value;
  throw new ExpressionError(place, `expected an object, found ${typeName(value)}`);
}

function describeValue(value: Value): string {
  return typeof value === 'string' ? JSON.stringify(value) : typeName(value);
}
