import { call, refusal } from './call';

test.each([
  ['States.Array()', '[]'],
  ["States.Array('a', 1, null)", '["a",1,null]'],
  ['States.Array($.a, States.Array($.b))', '[1.0,[{"c":2}]]'],
])('%s is %s', (expression, result) => {
  expect(call(expression, '{"a":1.0,"b":{"c":2}}')).toBe(result);
});

describe('States.ArrayPartition', () => {
  test.each([
    ['[1,2,3,4,5]', '2', '[[1,2],[3,4],[5]]'],
    ['[1,2,3,4]', '2', '[[1,2],[3,4]]'],
    ['[1,2]', '9', '[[1,2]]'],
    ['[]', '3', '[]'],
    ['[1,2,3]', '2.4', '[[1,2],[3]]'],
    ['[1,2,3]', '1.5', '[[1,2],[3]]'],
    ['[1,2]', '0.5', '[[1],[2]]'],
    ['[[1],[2]]', '1', '[[[1]],[[2]]]'],
  ])('of %s by %s is %s', (list, size, result) => {
    expect(call(`States.ArrayPartition($, ${size})`, list)).toBe(result);
  });

  test.each([
    ['[1]', '0'],
    ['[1]', '0.4'],
    ['[1]', '-1'],
    ['[1]', "'1'"],
    ['[1]', 'null'],
    ['"text"', '1'],
  ])('rejects %s by %s', (list, size) => {
    expect(refusal(`States.ArrayPartition($, ${size})`, list)).toBe(
      'Invalid arguments in States.ArrayPartition',
    );
  });
});

describe('States.ArrayContains', () => {
  test.each([
    ['[1,2,3]', '2', true],
    ['[1,2,3]', '4', false],
    ['[null]', 'null', true],
    ['[]', 'null', false],
    ['["a","b"]', "'b'", true],
    ['[[1,2]]', 'States.Array(1, 2)', true],
    ['[0]', 'false', false],
    ['["true"]', 'true', true],
    ['["7"]', '7', true],
  ])('finds in %s %s: %s', (list, value, found) => {
    expect(call(`States.ArrayContains($, ${value})`, list)).toBe(String(found));
  });

  test('compares objects by the order of their members', () => {
    const input = '{"list":[{"a":1,"b":[2]}],"same":{"a":1,"b":[2]},"turned":{"b":[2],"a":1}}';
    expect(call('States.ArrayContains($.list, $.same)', input)).toBe('true');
    expect(call('States.ArrayContains($.list, $.turned)', input)).toBe('false');
  });

  test('rejects a value that is not an array', () => {
    expect(refusal("States.ArrayContains('a', 'a')")).toBe('Invalid arguments in States.ArrayContains');
  });
});

describe('States.ArrayRange', () => {
  test.each([
    ['1, 9, 2', '[1,3,5,7,9]'],
    ['0, 5, 2', '[0,2,4]'],
    ['-2, 2, 2', '[-2,0,2]'],
    ['5, 1, -2', '[5,3,1]'],
    ['3, 3, 1', '[3]'],
    ['3, 3, -1', '[3]'],
    ['5, 1, 1', '[]'],
    ['1, 5, -1', '[]'],
    ['1.9, 3.9, 1.9', '[1,2,3]'],
    ['-0.9, 1, 1', '[0,1]'],
  ])('of %s is %s', (values, result) => {
    expect(call(`States.ArrayRange(${values})`)).toBe(result);
  });

  test('returns at most a thousand items', () => {
    expect(JSON.parse(call('States.ArrayRange(1, 1000, 1)'))).toHaveLength(1000);
    expect(refusal('States.ArrayRange(1, 1001, 1)')).toBe('Invalid arguments in States.ArrayRange');
    expect(refusal('States.ArrayRange(1001, 1, -1)')).toBe('Invalid arguments in States.ArrayRange');
  });

  test.each(['1, 9, 0', '1, 9, 0.5', "'1', 9, 1", '1, null, 1', '1, 9, true'])('rejects %s', (values) => {
    expect(refusal(`States.ArrayRange(${values})`)).toBe('Invalid arguments in States.ArrayRange');
  });
});

describe('States.ArrayGetItem', () => {
  test.each([
    ['["a","b"]', '0', '"a"'],
    ['["a","b"]', '1.7', '"b"'],
    ['[null]', '0', 'null'],
    ['[]', '4', 'null'],
  ])('takes from %s item %s: %s', (list, index, item) => {
    expect(call(`States.ArrayGetItem($, ${index})`, list)).toBe(item);
  });

  test.each([
    ['["a","b"]', '2'],
    ['["a","b"]', '-1'],
    ['["a","b"]', "'0'"],
    ['"ab"', '0'],
  ])('rejects %s item %s', (list, index) => {
    expect(refusal(`States.ArrayGetItem($, ${index})`, list)).toBe(
      'Invalid arguments in States.ArrayGetItem',
    );
  });
});

test('States.ArrayLength counts items', () => {
  expect(call('States.ArrayLength($)', '[1,[2,3],null]')).toBe('3');
  expect(refusal("States.ArrayLength('abc')")).toBe('Invalid arguments in States.ArrayLength');
});

describe('States.ArrayUnique', () => {
  test.each([
    ['[]', '[]'],
    ['[1,2,2,1,3]', '[1,2,3]'],
    ['["b","a","b"]', '["a","b"]'],
    // A number and a string with different hash codes share one bucket, in the order of insertion.
    ['[1,"1",1]', '[1,"1"]'],
    ['[true,false,true]', '[false,true]'],
    ['[3,null,null]', '[null,3]'],
    ['[1,1.0,1]', '[1.0,1]'],
    ['[[1,2],[1,2],[2,1]]', '[[2,1],[1,2]]'],
    ['[{"a":1,"b":2},{"b":2,"a":1}]', '[{"a":1,"b":2}]'],
    ['[{"a":1},{"a":"1"}]', '[{"a":1},{"a":"1"}]'],
  ])('of %s is %s', (list, result) => {
    expect(call('States.ArrayUnique($)', list)).toBe(result);
  });

  test('rejects a value that is not an array', () => {
    expect(refusal('States.ArrayUnique($)', '{"a":1}')).toBe('Invalid arguments in States.ArrayUnique');
  });
});
