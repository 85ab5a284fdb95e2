import fc from 'fast-check';
import { layOutJson } from '../../src/console/json-text';

test.each([
  ['{}', '{}'],
  ['[ ]', '[]'],
  ['"a"', '"a"'],
  ['{"a":1.0,"b":[1,{}]}', '{\n  "a": 1.0,\n  "b": [\n    1,\n    {}\n  ]\n}'],
  ['{"a" : 12345678901234567890}', '{\n  "a": 12345678901234567890\n}'],
  ['"{\\"a\\": [1,2]}"', '"{\\"a\\": [1,2]}"'],
  ['not JSON {', 'not JSON {'],
  ['', ''],
])('%j', (text, expected) => {
  expect(layOutJson(text)).toBe(expected);
});

test('equals the output of JSON.stringify for any value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(layOutJson(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
    }),
  );
});
