/** Converts JSON values for jsonata, which knows only JavaScript's numbers, and back. */
import { isArray, type Json, JsonNumber, type JsonObject, jsonDouble, setMember } from '../json';

/** An expression returned something that JSON cannot represent, such as a function. */
export class UnsupportedResult extends Error {
  override readonly name = 'UnsupportedResult';
}

const MAX_LONG = 2 ** 63;

/** The value with JavaScript numbers. */
export const toJsonata = numberMapper(Number);

/** The value as AWS passes it when no expression computed with it: exact up to a long, and 1.0 as 1. */
export const exactValue = numberMapper(exactNumber);

function exactNumber(number: JsonNumber): Json {
  const isInteger = /^-?\d+$/.test(number.text);
  const isLong = isInteger && BigInt.asIntN(64, BigInt(number.text)).toString() === number.text;
  return isLong ? number : fromNumber(Number(number));
}

/**
 * Replaces each `JsonNumber` in a value; returns the value itself when it has none. Documents are searched only
 * once: a state's input is read by many expressions.
 */
function numberMapper(map: (number: JsonNumber) => Json): (value: Json) => Json {
  const seen = new WeakMap<object, Json>();
  return (value) => {
    if (typeof value !== 'object' || value === null) return value;
    const known = seen.get(value);
    if (known !== undefined) return known;
    const mapped = mapAll(value, map);
    seen.set(value, mapped);
    return mapped;
  };
}

function mapAll(value: Json, map: (number: JsonNumber) => Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof JsonNumber) return map(value);
  if (isArray(value)) {
    const items = value.map((item) => mapAll(item, map));
    return items.every((item, index) => item === value[index]) ? value : items;
  }
  let copy: Record<string, Json> | undefined;
  for (const [key, item] of Object.entries(value as JsonObject)) {
    const mapped = mapAll(item, map);
    if (mapped === item) continue;
    copy ??= { ...(value as JsonObject) };
    setMember(copy, key, mapped);
  }
  return copy ?? value;
}

/** The result of an expression as a plain value: jsonata's arrays have extra properties. @throws UnsupportedResult */
export function fromJsonata(result: unknown): Json | undefined {
  if (result === undefined || result === null || typeof result === 'string' || typeof result === 'boolean') {
    return result;
  }
  if (typeof result === 'number') return fromNumber(result);
  if (Array.isArray(result)) return result.map((item) => fromJsonata(item) ?? null);
  if (isFunction(result)) throw new UnsupportedResult();
  const object: Record<string, Json> = {};
  for (const [key, item] of Object.entries(result)) {
    const value = fromJsonata(item);
    if (value !== undefined) setMember(object, key, value);
  }
  return object;
}

/** A function of JavaScript, or one that jsonata describes by an object. */
export function isFunction(value: object): boolean {
  return typeof value === 'function' || '_jsonata_lambda' in value || '_jsonata_function' in value;
}

/** AWS writes whole numbers as a long when they fit, others as a double, and NaN and infinity by their names. */
function fromNumber(value: number): Json {
  if (!Number.isFinite(value)) return String(value);
  if (Number.isSafeInteger(value)) return value + 0;
  if (Number.isInteger(value) && Math.abs(value) < MAX_LONG) return new JsonNumber(BigInt(value).toString());
  return jsonDouble(value);
}
