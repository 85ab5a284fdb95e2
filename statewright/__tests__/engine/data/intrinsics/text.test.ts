import { call, refusal } from './call';

describe('States.Format', () => {
  test.each([
    ["'no placeholder'", '"no placeholder"'],
    ["'{} and {}', $.text, $.number", '"word and 7"'],
    ["'{}{}', 1, 2", '"12"'],
    ["'{}|{}|{}', null, true, 1.5", '"null|true|1.5"'],
    ["'{}', $.exact", '"1.0"'],
    ["'{}', $.object", '"{a=1, b=[x, {c=null}]}"'],
    ["'it\\'s {}', 'so'", '"it\'s so"'],
    ["'\\{\\} {}', 1", '"{} 1"'],
    ["'back\\\\slash'", '"back\\\\slash"'],
    ['$.template, 1, 2', '"1 then {} 2"'],
    ["'{}', '{}'", '"{}"'],
    ["States.Format('{}', '\\{\\}'), 1", '"1"'],
  ])('of %s is %s', (values, text) => {
    const input =
      '{"text":"word","number":7,"exact":1.0,"object":{"a":1,"b":["x",{"c":null}]},"template":"{} then \\\\{\\\\} {}"}';
    expect(call(`States.Format(${values})`, input)).toBe(text);
  });

  test.each([
    [
      "'{} {}', 1",
      'Invalid arguments in States.Format: number of arguments do not match the occurrences of {}.',
    ],
    [
      "'{}', 1, 2",
      'Invalid arguments in States.Format: number of arguments do not match the occurrences of {}.',
    ],
    ["'{', 1", "Invalid template in States.Format: matching '}' not found for '{'."],
    ["'{{}}', 1", "Invalid template in States.Format: matching '}' not found for '{'."],
    ["'}'", "Invalid template in States.Format: matching '{' not found for '}'."],
  ])('rejects %s', (values, reason) => {
    expect(refusal(`States.Format(${values})`)).toBe(reason);
  });
});

describe('States.StringSplit', () => {
  test.each([
    ['a,b,c', ',', ['a', 'b', 'c']],
    ['1+2,3.4', '.+,', ['1', '2', '3', '4']],
    [',,a,,b,', ',', ['a', 'b']],
    [', ,', ',', [' ']],
    [',', ',', []],
    ['', ',', []],
    ['abc', '', ['abc']],
    ['a😀b😁c', '😀', ['a', 'b😁c']],
    ['a\nb', '\n', ['a', 'b']],
  ])('of %j by %j is %j', (text, delimiter, pieces) => {
    expect(call('States.StringSplit($[0], $[1])', JSON.stringify([text, delimiter]))).toBe(
      JSON.stringify(pieces),
    );
  });

  test.each(["1, ','", "'a', 1", "null, ','", "States.Array(), ','"])('rejects %s', (values) => {
    expect(refusal(`States.StringSplit(${values})`)).toBe('Invalid arguments in States.StringSplit');
  });
});

describe('States.StringToJson', () => {
  test.each([
    ['{"a": [1.0, null]}', '{"a":[1.0,null]}'],
    [' "text" ', '"text"'],
    ['-0', '0'],
    ['', 'null'],
    [' ', 'null'],
  ])('of %j is %s', (text, value) => {
    expect(call('States.StringToJson($)', JSON.stringify(text))).toBe(value);
  });

  test.each(['"{bad}"', '"undefined"', '1', '{"a":1}', 'null'])('rejects %s', (input) => {
    expect(refusal('States.StringToJson($)', input)).toBe('Invalid arguments in States.StringToJson');
  });
});

test.each([
  ['{"b": 1.0, "a": [ ]}', '{"b":1.0,"a":[]}'],
  ['"text"', '"text"'],
  ['null', 'null'],
])('States.JsonToString of %s', (input, text) => {
  expect(call('States.JsonToString($)', input)).toBe(JSON.stringify(text));
});

describe('States.JsonMerge', () => {
  test.each([
    ['{"x":1,"y":2}', '{"y":3,"z":4}', '{"x":1,"y":3,"z":4}'],
    ['{"n":{"a":1}}', '{"n":{"b":2}}', '{"n":{"b":2}}'],
    ['{"n":1}', '{"n":null}', '{"n":null}'],
    ['{"__proto__":1}', '{"a":2}', '{"__proto__":1,"a":2}'],
  ])('of %s and %s is %s', (left, right, merged) => {
    expect(call('States.JsonMerge($[0], $[1], false)', `[${left},${right}]`)).toBe(merged);
  });

  test('merges shallowly for any third argument except true', () => {
    expect(call("States.JsonMerge($, $, 'false')", '{"a":1}')).toBe('{"a":1}');
    expect(refusal('States.JsonMerge($, $, true)', '{"a":1}')).toBe('Invalid arguments in States.JsonMerge');
  });

  test.each(['null', '[]', '"text"', '1'])('rejects %s', (input) => {
    expect(refusal('States.JsonMerge($, $, false)', input)).toBe('Invalid arguments in States.JsonMerge');
  });
});
