import fc from 'fast-check';
import {
  IntrinsicSyntaxError,
  isIntrinsic,
  parseIntrinsic,
  unescapeIntrinsicString,
} from '../../src/asl/intrinsic';
import { parseJsonPath } from '../../src/asl/json-path';

const path = (text: string) => ({ kind: 'path', path: parseJsonPath(text) });

test('reads arguments of every kind', () => {
  expect(
    parseIntrinsic("States.Array($.a[0], $$.State.Name, $v, 'it\\'s', -1.5e3, true, null, States.UUID())"),
  ).toEqual({
    kind: 'call',
    name: 'States.Array',
    arguments: [
      path('$.a[0]'),
      path('$$.State.Name'),
      path('$v'),
      { kind: 'string', raw: "it\\'s" },
      { kind: 'number', text: '-1.5e3' },
      { kind: 'literal', value: true },
      { kind: 'literal', value: null },
      { kind: 'call', name: 'States.UUID', arguments: [] },
    ],
  });
});

test.each([' States.UUID( ) ', 'States.UUID ()', "States.Array( 'a' ,1 )"])(
  'takes white space: %s',
  (text) => {
    expect(parseIntrinsic(text).kind).toBe('call');
  },
);

test.each([
  ["it\\'s", "it's"],
  ['\\{\\}', '{}'],
  ['a\\\\b', 'a\\b'],
  ['plain', 'plain'],
])('the string %s means %s', (raw, value) => {
  expect(unescapeIntrinsicString(raw)).toBe(value);
});

describe('an invalid call', () => {
  test.each([
    ['States.Formt(1)', 0, "Unknown function 'States.Formt' (Did you mean 'States.Format'?)"],
    ['States.Quite.Another()', 0, "Unknown function 'States.Quite.Another'"],
    ['States.UUID', 11, 'Expected "("'],
    ['States.UUID() x', 14, 'Unexpected "x"'],
    ['States.Array(1,)', 15, 'Expected an argument'],
    ['States.Array(1 2)', 15, 'Expected ")"'],
    ["States.Array('a)", 16, "Missing closing '"],
    ["States.Array('a\\n')", 16, "Only ' { } and \\ can follow a backslash"],
    ['States.Array($.a[)', 17, 'Expected an index'],
    ['States.Hash($.a, "MD5")', 17, 'Expected a text in single quotes'],
    ["States.Format('it's')", 18, 'Expected ")", found "s" (a quote inside a text is written \\\')'],
    ['States.Array(yes)', 13, "Unknown function 'yes'"],
  ])('%s fails at %i: %s', (text, position, reason) => {
    const parse = () => parseIntrinsic(text);
    expect(parse).toThrow(IntrinsicSyntaxError);
    expect(parse).toThrow(
      expect.objectContaining({ position, text, message: expect.stringContaining(reason) }),
    );
  });

  test('ten functions can be nested, eleven cannot', () => {
    const nested = (depth: number) => `${'States.Array('.repeat(depth)}${')'.repeat(depth)}`;
    expect(parseIntrinsic(nested(10)).name).toBe('States.Array');
    expect(() => parseIntrinsic(nested(11))).toThrow('More than 10 nested functions');
  });
});

test('a field has a function or a path', () => {
  expect(isIntrinsic('States.UUID()')).toBe(true);
  expect(isIntrinsic('$.States.UUID')).toBe(false);
});

test('any text is a call, or has a syntax error with its place', () => {
  const tokens = fc.constantFrom(
    'States.Array',
    '(',
    ')',
    ',',
    "'",
    '\\',
    '{}',
    '$',
    '.a',
    '[0]',
    '1',
    'true',
    ' ',
  );
  fc.assert(
    fc.property(fc.array(tokens), (parts) => {
      const text = `States.Array(${parts.join('')}`;
      try {
        parseIntrinsic(text);
      } catch (error) {
        expect(error).toBeInstanceOf(IntrinsicSyntaxError);
        expect((error as IntrinsicSyntaxError).position).toBeLessThanOrEqual(text.length);
      }
    }),
  );
});
