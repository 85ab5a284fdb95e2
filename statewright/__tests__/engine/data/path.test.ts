import fc from 'fast-check';
import {
  compileLookup,
  compilePath,
  PathEvaluationError,
  ReferencePathConflictError,
  stringifyJson,
} from '../../../src/engine/data';
import { scopeOf } from './scope';

const SHOP = JSON.stringify({
  name: 'shop',
  empty: null,
  lines: [
    { sku: 'pen', price: 2, tags: ['blue', 'ink'], stock: { left: 5 } },
    { sku: 'cup', price: 12.5, tags: [] },
    { sku: 'mat', price: 30, tags: ['blue'], stock: { left: 0 } },
  ],
  limit: 12.5,
  'odd name': 1,
  nested: [[1, 2], [3]],
});

const found = (path: string, input = SHOP) => compileLookup(path)(scopeOf(input));

describe('what a path finds', () => {
  test.each([
    ['$.name', 'shop'],
    ['$.empty', null],
    ["$['odd name']", 1],
    ['$.lines[0].sku', 'pen'],
    ['$.lines[(@.length-1)].sku', 'mat'],
    ['$.lines.length()', 3],
    ['$.lines[0].length()', 4],
    ["$.lines[0]['sku','price','none']", { sku: 'pen', price: 2 }],
    ['$.lines[*].sku', ['pen', 'cup', 'mat']],
    ['$.lines[0,2].sku', ['pen', 'mat']],
    ['$.lines[1:].sku', ['cup', 'mat']],
    ['$.lines[:1].sku', ['pen']],
    ['$.lines[-2:].sku', ['cup', 'mat']],
    ['$.lines[0:2].sku', ['pen', 'cup']],
    ['$.lines[*].price[0:1]', []],
    [' $.name ', 'shop'],
    ['$.lines[0].*', ['pen', 2, ['blue', 'ink'], { left: 5 }]],
    ['$.nested[*][0]', [1, 3]],
    ['$..left', [5, 0]],
    ['$..tags[0]', ['blue', 'blue']],
    ['$..lines[1].sku', ['cup']],
    ['$.nested..[0]', [[1, 2], 1, 3]],
    ['$.lines[*].none', []],
    ['$.none[*]', []],
    ['$.none.deeper[0:1]', []],
    ['$.name[*]', []],
  ])('%s is %j', (path, value) => {
    expect(found(path)).toEqual(value);
  });

  test.each([
    ['[2,4,6]', '$.min()', 2],
    ['[2,4,6]', '$.max()', 6],
    ['[2,4,6]', '$.avg()', 4],
    ['[2,4,4,4,5,5,7,9]', '$.stddev()', 2],
    ['[]', '$.length()', 0],
    ['[]', '$.max()', undefined],
    [`[${'1,'.repeat(130_000)}2]`, '$.max()', 2],
    [`[${'1,'.repeat(130_000)}0]`, '$.min()', 0],
    ['"text"', '$.length()', undefined],
  ])('of %.20s, %s is %j', (input, path, value) => {
    expect(found(path, input)).toBe(value);
  });

  test.each([
    '$.none',
    '$.name.none',
    '$.lines.sku',
    '$.lines[3]',
    '$.lines[-1]',
    '$.lines[0].tags[9].x',
    '$.name[0]',
    '$.name[0:1]',
    '$.name[0,1]',
    '$.name.length()',
    '$.lines.sum()',
    '$.toString',
    '$none',
    '$$.none',
  ])('%s finds nothing', (path) => {
    expect(found(path)).toBeUndefined();
  });

  test('several names can only be the last step', () => {
    const message = "Multi properties can only be used as path leafs: $['lines'][0]['sku', 'price']";
    expect(() => found("$.lines[0]['sku','price'].none")).toThrow(message);
    expect(found("$.name['sku','price'].none")).toEqual([]);
  });

  test('the context object and variables are roots too', () => {
    const scope = scopeOf('{}', { context: { State: { Name: 'A' } }, variables: { order: { id: [7] } } });
    expect(compileLookup('$$.State.Name')(scope)).toBe('A');
    expect(compileLookup('$order.id[0]')(scope)).toBe(7);
  });

  test('numbers stay unchanged', () => {
    expect(stringifyJson(found('$[*].a', '[{"a":1.0},{"a":2.50}]') ?? null)).toBe('[1.0,2.5]');
  });
});

describe('what a filter matches', () => {
  test.each([
    ['@.price < 12.5', ['pen']],
    ['@.price <= 12.5', ['pen', 'cup']],
    ['@.price > $.limit', ['mat']],
    ['@.price >= 12.5', ['cup', 'mat']],
    ["@.sku == 'cup'", ['cup']],
    ["@.sku != 'cup'", ['pen', 'mat']],
    ["'cup' == @.sku", ['cup']],
    ['@.sku==cup', ['cup']],
    ['@.sku in [pen, cup]', ['pen', 'cup']],
    ['@.sku == not-true', []],
    ["@.sku > 'mat'", ['pen']],
    ["@.price == '2'", ['pen']],
    ["'2' == @.price", ['pen']],
    ["@.price < 'a'", []],
    ['@.stock', ['pen', 'mat']],
    ['!@.stock', ['cup']],
    ['!(@.stock)', ['cup']],
    ['@.stock.left == 0', ['mat']],
    ['@.none == 0', []],
    ['@.none != 0', ['pen', 'cup', 'mat']],
    ["@.stock && @.price > 10 || @.sku == 'cup'", ['cup', 'mat']],
    ["@.stock && (@.price > 10 || @.sku == 'pen')", ['pen', 'mat']],
    ['@.sku =~ /[PM].*/i', ['pen', 'mat']],
    ['@.sku =~ /p/', []],
    ['/.*t/ =~ @.sku', ['mat']],
    ['@.tags =~ /.*/', []],
    ["@.sku in ['pen','cup']", ['pen', 'cup']],
    ["@.sku nin ['pen']", ['cup', 'mat']],
    ["@.tags subsetof ['blue']", ['cup', 'mat']],
    ["@.tags anyof ['ink','red']", ['pen']],
    ["@.tags noneof ['ink']", ['cup', 'mat']],
    ["@.tags contains 'blue'", ['pen', 'mat']],
    ["@.sku contains 'u'", ['cup']],
    ['@.tags size 2', ['pen']],
    ['@.tags empty true', ['cup']],
    ["@.tags == ['blue']", ['mat']],
    ['@.stock == null', []],
  ])('%s: %j', (condition, skus) => {
    expect(found(`$.lines[?(${condition})].sku`)).toEqual(skus);
  });

  test('an object is itself the candidate', () => {
    expect(found("$[?(@.name == 'shop')].limit")).toEqual([12.5]);
    expect(found("$.name[?(@ == 'shop')]")).toEqual([]);
  });
});

describe('a field whose path finds nothing fails in the words of AWS', () => {
  const input = '{"a": {"b": "text"}, "list": [1]}';
  const context = { State: { Name: 'A' } };

  test.each([
    ['InputPath', '$.x', "Invalid path '$.x' : No results for path: $['x']"],
    ['OutputPath', '$.x.y', "Invalid path '$.x.y' : Missing property in path $['x']"],
    ['OutputPath', '$.a.x', "Invalid path '$.a.x' : No results for path: $['a']['x']"],
    ['OutputPath', '$.a.b.c', "Invalid path '$.a.b.c' : Property ['c'] not found in path $['a']['b']"],
    [
      'OutputPath',
      '$.list.length',
      "Invalid path '$.list.length' : Property ['length'] not found in path $['list']",
    ],
    ['OutputPath', '$.list[2]', "Invalid path '$.list[2]' : No results for path: $['list'][2]"],
    [
      'OutputPath',
      '$.a[0]',
      'Invalid path \'$.a[0]\' : Filter: [0] can only be applied to arrays. Current context is: {"b":"text"}',
    ],
    [
      'ErrorPath',
      '$.x',
      `The JSONPath '$.x' specified for the field 'ErrorPath' could not be found in the input '${input}'`,
    ],
    [
      'CausePath',
      '$$.x',
      `The JSONPath '$$.x' specified for the field 'CausePath' could not be found in the input '{"State":{"Name":"A"}}'`,
    ],
  ])('%s %s', (field, path, message) => {
    const evaluate = compilePath(path, field);
    expect(() => evaluate(scopeOf(input, { context }))).toThrow(PathEvaluationError);
    expect(() => evaluate(scopeOf(input, { context }))).toThrow(
      expect.objectContaining({ message, error: 'States.Runtime' }),
    );
  });

  test('ItemsPath names the step', () => {
    const evaluate = compilePath('$.a.items', 'ItemsPath');
    expect(() => evaluate(scopeOf(input))).toThrow(ReferencePathConflictError);
    expect(() => evaluate(scopeOf(input))).toThrow(`Unable to apply step "items" to input ${input}`);
  });

  test('a path into null is an error', () => {
    expect(() => compilePath('$.a', 'InputPath')(scopeOf('null'))).toThrow(
      'Unable to apply Path transformation to null or empty input.',
    );
    expect(compilePath('$', 'InputPath')(scopeOf('null'))).toBeNull();
  });
});

test('a field may hold a function instead', () => {
  const scope = scopeOf('{"a":"b"}');
  expect(compilePath("States.Format('<{}>', $.a)", 'CausePath')(scope)).toBe('<b>');
  expect(compileLookup('States.Array($.a)')(scope)).toEqual(['b']);
});

test('for any input, a path returns a value or fails with a path error', () => {
  const paths = [
    '$.a.b',
    '$.a[0]',
    '$[0].a',
    '$..a',
    '$[*]',
    '$.a[?(@.b > 1)]',
    "$['a','b']",
    '$.a.length()',
    '$[1:]',
  ];
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.jsonValue({ depthSize: 'small' }), (path, value) => {
      const input = JSON.stringify({ a: value, b: value });
      try {
        expect(compilePath(path, 'InputPath')(scopeOf(input))).toBeDefined();
      } catch (error) {
        expect(error).toBeInstanceOf(PathEvaluationError);
      }
    }),
  );
});

describe('a path that would take all time or memory', () => {
  const deep = '['.repeat(900) + ']'.repeat(900);
  const wide = JSON.stringify(Array.from({ length: 1100 }, (_, a) => ({ a })));

  test.each([
    ['$..*..*', deep, 'finds more than 4194304 characters and members'],
    ['$..*..*..*..nothing', deep, 'goes through more than 1000000 values'],
    ['$[?(@.a == $[?(@.a < 0)])]', wide, 'goes through more than 1000000 values'],
  ])('%s', (path, input, reason) => {
    expect(() => found(path, input)).toThrow(
      expect.objectContaining({ error: 'States.Runtime', message: `The JSONPath ${reason}` }),
    );
  });

  test('the next path has its own limit', () => {
    expect(found('$..a', '{"a":1,"b":{"a":2}}')).toEqual([1, 2]);
    expect(found('$..*', deep)).toHaveLength(899);
  });
});
