import { parseJson } from '../../../src/engine/data';
import {
  hashOfString,
  hashOfValue,
  inHashMapOrder,
  javaText,
  seededRandom,
} from '../../../src/engine/data/java';

test.each([
  ['', 0],
  ['a', 97],
  ['hello', 99162322],
  ['polygenelubricants', -2147483648],
])('the hash code of the string %j', (text, code) => {
  expect(hashOfString(text)).toBe(code);
});

// hashCode as in java.util and java.lang.
test.each([
  ['null', 0],
  ['true', 1231],
  ['false', 1237],
  ['-5', -5],
  ['4294967296', 1],
  ['1.0', 1072693248],
  ['[]', 1],
  ['[1,2]', 994],
  ['{"a":1}', 96],
  ['{"a":1,"b":2}', 192],
])('the hash code of %s', (text, code) => {
  expect(hashOfValue(parseJson(text))).toBe(code);
});

test('the upper half of a hash code also determines the bucket', () => {
  const codes = [0x10000, 0, 2];
  expect(inHashMapOrder(codes, (code) => code)).toEqual([0, 0x10000, 2]);
});

test('a table made for more items has more buckets', () => {
  const codes = [17, 16, 1];
  expect(inHashMapOrder(codes, (code) => code)).toEqual([16, 17, 1]);
  expect(inHashMapOrder(codes, (code) => code, 20)).toEqual([1, 16, 17]);
});

test.each([
  [0, 0.730967787376657],
  [42, 0.7275636800328681],
])('java.util.Random(%i) begins with %d', (seed, number) => {
  expect(seededRandom(seed)).toBe(number);
});

test('a seed is truncated to an integer, and may be negative', () => {
  expect(seededRandom(42.9)).toBe(seededRandom(42));
  expect(seededRandom(-42.9)).toBe(seededRandom(-42));
  expect(seededRandom(-42)).not.toBe(seededRandom(42));
});

test('maps and lists as strings', () => {
  expect(javaText(parseJson('{"a":"x","b":[1.0,null,{}]}'))).toBe('{a=x, b=[1.0, null, {}]}');
});
