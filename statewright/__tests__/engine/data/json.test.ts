import fc from 'fast-check';
import {
  isNumber,
  isObject,
  type Json,
  JsonNumber,
  parseJson,
  stringifyJson,
} from '../../../src/engine/data';
import { jsonDouble, memberOf, withMember } from '../../../src/engine/data/json';

describe('numbers print as Step Functions prints them', () => {
  test.each([
    ['0', '0'],
    ['-0', '0'],
    ['0.0', '0.0'],
    ['-0.0', '-0.0'],
    ['1.50', '1.5'],
    ['1e3', '1000.0'],
    ['1E10', '1.0E10'],
    ['0.001', '0.001'],
    ['0.0001', '1.0E-4'],
    ['12345678.5', '1.23456785E7'],
    ['9999999.5', '9999999.5'],
    ['9007199254740993', '9007199254740993'],
    ['-123456789012345678901234567890', '-123456789012345678901234567890'],
    ['1e400', '1e400'],
  ])('%s becomes %s', (text, printed) => {
    expect(stringifyJson(parseJson(text))).toBe(printed);
    expect(stringifyJson(parseJson(`{"a":[1, ${text}]}`))).toBe(`{"a":[1,${printed}]}`);
  });

  test('a number that JavaScript prints unchanged is a JavaScript number', () => {
    expect(parseJson('[1, 2.5, "1.0"]')).toEqual([1, 2.5, '1.0']);
    expect(parseJson('1.0')).toEqual(new JsonNumber('1.0'));
  });

  test('an exact number counts as a number', () => {
    const value = parseJson('2.0');
    expect(isNumber(value)).toBe(true);
    expect(isObject(value)).toBe(false);
    expect(Number(value)).toBe(2);
    expect(JSON.stringify({ value })).toBe('{"value":2}');
  });

  test('a computed double prints as a double', () => {
    expect(stringifyJson([jsonDouble(1e21), jsonDouble(0.25)])).toBe('[1.0E21,0.25]');
  });
});

test('members keep the order of the text, and the last of two equal names counts', () => {
  expect(stringifyJson(parseJson('{"b": 1.0, "a": 2, "b": 3}'))).toBe('{"b":3,"a":2}');
});

test.each(['', '{', '{"a":01}', '[1.0,]', "{'a':1.0}", 'nope', '1.0 2'])('%s is not JSON', (text) => {
  expect(() => parseJson(text)).toThrow(SyntaxError);
});

test('a member named __proto__ is an ordinary member', () => {
  const value = parseJson('{"__proto__":{"a":1.0}}');
  expect(stringifyJson(value)).toBe('{"__proto__":{"a":1.0}}');
  expect(memberOf(value, 'a')).toBeUndefined();
  expect(stringifyJson(withMember({ b: 1 }, '__proto__', 2))).toBe('{"b":1,"__proto__":2}');
});

test('only own members are found', () => {
  expect(memberOf({ a: 1 }, 'a')).toBe(1);
  expect(memberOf({ a: 1 }, 'toString')).toBeUndefined();
  expect(memberOf('text', 'length')).toBeUndefined();
  expect(memberOf([1], 'length')).toBeUndefined();
});

test('written text parses to the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
      const text = stringifyJson(parseJson(JSON.stringify(value)));
      expect(stringifyJson(parseJson(text))).toBe(text);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)) as Json);
    }),
  );
});

test.each([5000, 50_000])('JSON that is nested %i deep is written as it was read', (depth) => {
  const objects = `${'{"a":1,"b":'.repeat(depth)}{"c":[],"d":{}}${'}'.repeat(depth)}`;
  const lists = `${'['.repeat(depth)}"\\n",null,true${']'.repeat(depth)}`;
  expect(stringifyJson(parseJson(objects)) === objects).toBe(true);
  expect(stringifyJson(parseJson(lists)) === lists).toBe(true);
});
