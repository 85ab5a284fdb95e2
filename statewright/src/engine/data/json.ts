import { parse, stringify } from 'lossless-json';
import { isObject as isAnyObject } from '../../is-object';

/**
 * A number that a JavaScript number does not print back as Step Functions does: `0.0`, `1.0E10` or an integer of more
 * than 53 bits. `text` is how Step Functions writes it.
 */
export class JsonNumber {
  constructor(readonly text: string) {}

  valueOf(): number {
    return Number(this.text);
  }

  toString(): string {
    return this.text;
  }

  /** Lets JSON.stringify write a near number, and signals to `stringifyJson` that its text is not exact. */
  toJSON(): number {
    metExactNumber = true;
    return Number(this.text);
  }
}

/** Any JSON value. Values are immutable: a change makes a new value. */
export type Json = null | boolean | number | JsonNumber | string | JsonArray | JsonObject;
export type JsonArray = readonly Json[];
export interface JsonObject {
  readonly [key: string]: Json;
}

/** A number that JSON.parse might not keep exactly: with a point, an exponent or 16 digits. */
const NUMBER_TO_KEEP = /(?:^|[\s:,[])-?\d+(?:[.eE]|(?<=\d{16}))/;

/** Parses JSON text, exactly. @throws SyntaxError when it is not valid JSON */
export function parseJson(text: string): Json {
  if (!NUMBER_TO_KEEP.test(text)) return JSON.parse(text) as Json;
  const value = parse(text, undefined, {
    parseNumber: jsonNumber,
    onDuplicateKey: ({ newValue }) => newValue,
  });
  return value as Json;
}

/** The value of a number's JSON text: Step Functions parses integers exactly and anything else as a Java double. */
export function jsonNumber(text: string): number | JsonNumber {
  const value = Number(text);
  if (/^-?\d+$/.test(text)) return Number.isSafeInteger(value) ? value + 0 : new JsonNumber(text);
  return Number.isFinite(value) ? jsonDouble(value) : new JsonNumber(text);
}

/** A value that prints as Java prints this double. */
export function jsonDouble(value: number): number | JsonNumber {
  const text = formatDouble(value);
  return text === String(value) ? value : new JsonNumber(text);
}

/** The text of Java's Double.toString: `1.0`, `1.0E10`, `1.0E-4`. */
function formatDouble(value: number): string {
  const magnitude = Math.abs(value);
  if (magnitude === 0) return Object.is(value, -0) ? '-0.0' : '0.0';
  if (magnitude >= 1e-3 && magnitude < 1e7) return Number.isInteger(value) ? `${value}.0` : String(value);
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}E${Number(exponent)}`;
}

let metExactNumber = false;
const EXACT_NUMBERS = [
  {
    test: (value: unknown) => value instanceof JsonNumber,
    stringify: (value: unknown) => (value as JsonNumber).text,
  },
];

/** Writes compact JSON text, exactly. */
export function stringifyJson(value: Json): string {
  metExactNumber = false;
  try {
    const text = JSON.stringify(value);
    return metExactNumber ? (stringify(value, undefined, undefined, EXACT_NUMBERS) as string) : text;
  } catch (error) {
    // Neither knows values that are nested some thousands deep, as a payload may be.
    if (error instanceof RangeError) return stringifyDeep(value);
    throw error;
  }
}

/** A call with that many arguments would be too much for the stack. */
function pushAll<T>(list: T[], items: readonly T[]): void {
  for (const item of items) list.push(item);
}

/** The same as `stringifyJson`, for any depth, slowly. */
function stringifyDeep(root: Json): string {
  const written: string[] = [];
  /** What is still to be written, the next last. */
  const left: ({ readonly value: Json } | string)[] = [{ value: root }];
  for (let next = left.pop(); next !== undefined; next = left.pop()) {
    if (typeof next === 'string') written.push(next);
    else if (isArray(next.value)) {
      const parts = next.value.flatMap((value, index) => [index === 0 ? '[' : ',', { value }]);
      pushAll(left, [...(parts.length === 0 ? ['['] : parts), ']'].reverse());
    } else if (isObject(next.value)) {
      const parts = Object.entries(next.value).flatMap(([key, value], index) => [
        `${index === 0 ? '{' : ','}${JSON.stringify(key)}:`,
        { value },
      ]);
      pushAll(left, [...(parts.length === 0 ? ['{'] : parts), '}'].reverse());
    } else written.push(next.value instanceof JsonNumber ? next.value.text : JSON.stringify(next.value));
  }
  return written.join('');
}

export function isNumber(value: Json | undefined): value is number | JsonNumber {
  return typeof value === 'number' || value instanceof JsonNumber;
}

export function isArray(value: Json | undefined): value is JsonArray {
  return Array.isArray(value);
}

export function isObject(value: Json | undefined): value is JsonObject {
  return isAnyObject(value) && !(value instanceof JsonNumber);
}

/** The own member of an object, or undefined for anything else. Paths spend most of their time here. */
export function memberOf(value: Json | undefined, key: string): Json | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !Object.hasOwn(value, key))
    return undefined;
  return value instanceof JsonNumber ? undefined : (value as JsonObject)[key];
}

/** Adds a member to an object under construction, even one named `__proto__`. */
export function setMember(object: Record<string, Json>, key: string, value: Json): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  } else {
    object[key] = value;
  }
}

/** A copy of `object` with `key` set to `value`. */
export function withMember(object: JsonObject, key: string, value: Json): JsonObject {
  const copy: Record<string, Json> = { ...object };
  setMember(copy, key, value);
  return copy;
}
