import fc from 'fast-check';
import { duplicateKeys } from '../src/duplicate-keys';

test.each<[string, { key: string; path: (string | number)[]; position: number; firstPosition: number }[]]>([
  ['{"a": 1, "b": {"a": 2}}', []],
  ['["a", "a", {"a": "a"}]', []],
  ['{"a": 1, "a": 2}', [{ key: 'a', path: [], position: 9, firstPosition: 1 }]],
  ['{"x": [[], {"a": ":", "a": 2}]}', [{ key: 'a', path: ['x', 1], position: 22, firstPosition: 12 }]],
  ['{"\\u0061": 1, "a": "{\\"a\\""}', [{ key: 'a', path: [], position: 14, firstPosition: 1 }]],
  [
    '{"a":1,"a":2,"a":3}',
    [
      { key: 'a', path: [], position: 7, firstPosition: 1 },
      { key: 'a', path: [], position: 13, firstPosition: 1 },
    ],
  ],
])('%s', (text, duplicates) => {
  expect([...duplicateKeys(text)]).toEqual(duplicates);
});

test('what JSON.stringify writes has none', () => {
  fc.assert(fc.property(fc.json(), (text) => expect([...duplicateKeys(text)]).toEqual([])));
});

test('a long string fills no stack', () => {
  expect([...duplicateKeys(JSON.stringify({ a: 'x\n'.repeat(3_000_000) }))]).toEqual([]);
});
