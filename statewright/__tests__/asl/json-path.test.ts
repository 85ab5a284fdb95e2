import fc from 'fast-check';
import {
  isDefinitePath,
  isReferencePath,
  JsonPathSyntaxError,
  parseJsonPath,
  printJsonPath,
} from '../../src/asl/json-path';

describe('a valid path', () => {
  test.each([
    ['$', '$'],
    ['$$', '$$'],
    ['$$.Execution.Id', "$$['Execution']['Id']"],
    ['$order', '$order'],
    ['$order.lines[0]', "$order['lines'][0]"],
    ['$.größe', "$['größe']"],
    ['$.delivery-date', "$['delivery-date']"],
    ['$.@type', "$['@type']"],
    ['$.a.b', "$['a']['b']"],
    ["$['a b']", "$['a b']"],
    ['$["a b"]', "$['a b']"],
    ["$.a.['b c']", "$['a']['b c']"],
    ['$.orders[0]id', "$['orders'][0]['id']"],
    ["$['a','b']", "$['a','b']"],
    ["$['it\\'s']", "$['it\\'s']"],
    ["$['back\\slash']", "$['back\\slash']"],
    ['$[3]', '$[3]'],
    ['$[-1]', '$[-1]'],
    ['$[0, 2]', '$[0,2]'],
    ['$[1:3]', '$[1:3]'],
    ['$[:2]', '$[:2]'],
    ['$[-2:]', '$[-2:]'],
    ['$[(@.length-1)]', '$[(@.length-1)]'],
    ['$.*', '$[*]'],
    ['$[*].id', "$[*]['id']"],
    ['$..id', "$..['id']"],
    ['$..[0]', '$..[0]'],
    ['$..*', '$..[*]'],
    ['$.lines.length()', "$['lines'].length()"],
    ['$.lines.sum()', "$['lines']['sum()']"],
    ['$[?(@.price > 10)]', "$[?(@['price'] > 10)]"],
    [
      "$[?(@.a == 'x' && !@.b || @.c =~ /x.*/i)]",
      "$[?(((@['a'] == 'x') && (!(@['b']))) || (@['c'] =~ /x.*/i))]",
    ],
    ['$[?(@.kind in [\'a\', "b", 1, true, null])]', "$[?(@['kind'] in ['a', 'b', 1, true, null])]"],
    ['$[?(@.limit <= $.max)]', "$[?(@['limit'] <= $['max'])]"],
  ])('%s is %s', (text, printed) => {
    const path = parseJsonPath(text);
    expect(printJsonPath(path)).toBe(printed);
    expect(parseJsonPath(printed).segments).toEqual(path.segments);
  });
});

describe('an invalid path', () => {
  test.each([
    ['', 0, 'Expected "$"'],
    ['name', 0, 'Expected "$"'],
    ['$.', 2, 'Expected a field name'],
    ['$.a.', 4, 'Expected a field name'],
    ['$.a b', 3, 'Unexpected " "'],
    ['$[', 2, 'Expected an index, a quoted name'],
    ['$[]', 2, 'Expected an index, a quoted name'],
    ['$[1', 3, 'Expected "]"'],
    ['$[:]', 3, 'Expected a number on a side of ":"'],
    ['$[0,]', 4, 'Expected an index'],
    ["$['a", 4, "Missing closing '"],
    ["$['a',]", 6, 'Expected a quoted name'],
    ['$[(@.length-0)]', 13, 'Expected a number above 0'],
    ['$[?(@.a ==)]', 10, 'Expected a path or a literal'],
    ['$[?(@.a like 1)]', 8, 'Unknown operator "like"'],
    ['$[?(1)]', 5, 'Expected a comparison'],
    ["$[?(@.a == 'x)]", 15, "Missing closing '"],
  ])('%s fails at %i: %s', (text, position, reason) => {
    const parse = () => parseJsonPath(text);
    expect(parse).toThrow(JsonPathSyntaxError);
    expect(parse).toThrow(
      expect.objectContaining({ position, text, message: expect.stringContaining(reason) }),
    );
  });

  test('the message names the path, the reason and the place', () => {
    expect(() => parseJsonPath('$.a[')).toThrow(
      `Invalid JSONPath '$.a[': Expected an index, a quoted name, "*" or "?(", found the end at character 5.`,
    );
  });
});

test.each([
  ['$.a.b[0]', true],
  ["$['a','b']", true],
  ["$['a','b'].c", false],
  ['$.lines.length()', true],
  ['$[(@.length-1)]', true],
  ['$[*]', false],
  ['$[0,1]', false],
  ['$[0:1]', false],
  ['$..a', false],
  ['$[?(@.a)]', false],
])('%s names one place: %s', (text, definite) => {
  expect(isDefinitePath(parseJsonPath(text))).toBe(definite);
});

test.each([
  ['$', true],
  ['$.a[0].b', true],
  ['$.a[-1]', false],
  ['$.a[*]', false],
  ["$['a','b']", false],
  ['$.a.length()', false],
])('%s is a Reference Path: %s', (text, reference) => {
  expect(isReferencePath(parseJsonPath(text))).toBe(reference);
});

test('a printed path parses to the same path', () => {
  const name = fc.string({ minLength: 1 }).filter((text) => !/['"\\]/.test(text));
  const segment = fc.oneof(
    fc.array(name, { minLength: 1, maxLength: 3 }).map((names) => ({ kind: 'child', names }) as const),
    fc
      .array(fc.integer(), { minLength: 1, maxLength: 3 })
      .map((indexes) => ({ kind: 'index', indexes }) as const),
    fc.integer().map((start) => ({ kind: 'slice', start }) as const),
    fc.constant({ kind: 'wildcard' } as const),
    fc.constant({ kind: 'descendants', step: { kind: 'wildcard' } } as const),
  );
  fc.assert(
    fc.property(fc.array(segment), (segments) => {
      const text = printJsonPath({ root: { kind: 'input' }, segments });
      expect(parseJsonPath(text).segments).toEqual(segments);
    }),
  );
});

test('any text is a path, or has a syntax error with its place', () => {
  const tokens = fc.constantFrom(
    '$',
    '$$',
    '.',
    '..',
    '[',
    ']',
    '*',
    "'",
    '"',
    '?(',
    '@',
    ')',
    '==',
    '&&',
    ',',
    ':',
    'a',
    '1',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(tokens).map((parts) => `$${parts.join('')}`),
      ),
      (text) => {
        try {
          parseJsonPath(text);
        } catch (error) {
          expect(error).toBeInstanceOf(JsonPathSyntaxError);
          expect((error as JsonPathSyntaxError).position).toBeLessThanOrEqual(text.length);
        }
      },
    ),
  );
});
