/**
 * What Step Functions shows of its implementation in Java: the order of its hash tables and its text of values.
 */
import { isArray, isNumber, isObject, type Json } from './json';

/** Java's String.hashCode. */
export function hashOfString(text: string): number {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(31, hash) + text.charCodeAt(i)) | 0;
  return hash;
}

/** The hashCode of the Java object for a JSON value: Integer, Long, Double, String, List, Map, null. */
export function hashOfValue(value: Json): number {
  if (value === null) return 0;
  if (typeof value === 'boolean') return value ? 1231 : 1237;
  if (typeof value === 'string') return hashOfString(value);
  if (isNumber(value)) return hashOfNumber(String(value));
  if (isArray(value))
    return value.reduce<number>((hash, item) => (Math.imul(31, hash) + hashOfValue(item)) | 0, 1);
  return Object.entries(value).reduce(
    (hash, [key, item]) => (hash + (hashOfString(key) ^ hashOfValue(item))) | 0,
    0,
  );
}

function hashOfNumber(text: string): number {
  const bits = new DataView(new ArrayBuffer(8));
  if (/^-?\d+$/.test(text)) {
    const integer = BigInt(text);
    if (BigInt.asIntN(32, integer) === integer) return Number(integer);
    bits.setBigInt64(0, integer);
  } else {
    bits.setFloat64(0, Number(text));
  }
  return bits.getInt32(0) ^ bits.getInt32(4);
}

/**
 * The items in the order in which a java.util.HashMap iterates over them after they were put into it one by one:
 * by bucket, and in a bucket by insertion. The table doubles when it is more than three quarters full.
 */
export function inHashMapOrder<T>(items: readonly T[], hash: (item: T) => number, capacity = 16): T[] {
  let buckets = 16;
  while (buckets < capacity || items.length > buckets * 0.75) buckets *= 2;
  const bucketOf = (item: T): number => {
    const code = hash(item);
    return (code ^ (code >>> 16)) & (buckets - 1);
  };
  // A place in the table as one number: the bucket, then the insertion.
  const places = Float64Array.from(items, (item, index) => bucketOf(item) * items.length + index).sort();
  return Array.from(places, (place) => items[place % items.length] as T);
}

/** What Java's String.valueOf returns for a value: strings without quotes, maps and lists as `{a=1, b=[x, y]}`. */
export function javaText(value: Json): string {
  if (isArray(value)) return `[${value.map(javaText).join(', ')}]`;
  if (!isObject(value)) return String(value);
  return `{${Object.entries(value)
    .map(([key, item]) => `${key}=${javaText(item)}`)
    .join(', ')}}`;
}

/** The first number of `new java.util.Random(seed).nextDouble()`; the seed is a long. */
export function seededRandom(seed: number): number {
  const modulus = (1n << 48n) - 1n;
  let state = (BigInt(Math.trunc(seed)) ^ 0x5deece66dn) & modulus;
  const next = (bits: bigint): bigint => {
    state = (state * 0x5deece66dn + 0xbn) & modulus;
    return state >> (48n - bits);
  };
  return Number((next(26n) << 27n) + next(27n)) / 2 ** 53;
}
