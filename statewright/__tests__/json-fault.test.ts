import fc from 'fast-check';
import { invalidJson, jsonFault } from '../src/json-fault';

test.each([
  ['', 1, 1, 'expected a value, found the end of the text'],
  ['not', 1, 1, "expected a value, found 'not'"],
  ['{', 1, 2, 'expected a field name in double quotes, found the end of the text'],
  ["{'a': 1}", 1, 2, 'expected a field name in double quotes, found a single quote'],
  ['{"a" 1}', 1, 6, "expected a colon, found '1'"],
  ['{\n  "a": 1\n  "b": 2\n}', 3, 3, `expected a comma or }, found '"'`],
  ['{"a": 1,}', 1, 9, "expected a field name in double quotes, found '}'"],
  ['[1 2]', 1, 4, "expected a comma or ], found '2'"],
  ['[1,\n]', 2, 1, "expected a value, found ']'"],
  ['["a\n"]', 1, 4, 'expected a closing quote, found a line break'],
  ['"\\x"', 1, 2, "expected a closing quote, found '\\'"],
  ['{} {}', 1, 4, "expected the end of the text, found '{'"],
  ['01', 1, 2, "expected the end of the text, found '1'"],
  ['\ufeff{}', 1, 1, 'expected a value, found a byte order mark'],
  ['[\u200b]', 1, 2, 'expected a value, found the character U+200B'],
  ['[😀]', 1, 2, "expected a value, found '😀'"],
])('%j', (text, line, column, reason) => {
  expect(invalidJson('The input', text)).toBe(
    `The input is not valid JSON: line ${line}, column ${column}: ${reason}`,
  );
});

test('a deeply nested fault is found without a stack overflow', () => {
  expect(jsonFault(`${'['.repeat(200_000)}x`)).toMatchObject({ found: 'x', position: 200_000 });
});

test('valid JSON has no fault; a fault is found at the start of its word or escape', () => {
  fc.assert(
    fc.property(fc.json(), fc.nat(), (text, at) => {
      expect(jsonFault(text)).toBeUndefined();
      const position = at % (text.length + 1);
      const broken = `${text.slice(0, position)}\u0001${text.slice(position)}`;
      const fault = jsonFault(broken);
      expect(fault?.position).toBeLessThanOrEqual(position);
      expect(fault?.position).toBeGreaterThan(position - '\\u0000'.length);
    }),
  );
});
