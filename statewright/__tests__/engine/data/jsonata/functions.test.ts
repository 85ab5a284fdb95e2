import { evaluate, failureOf } from './evaluate';

const signature = (position: number, name: string) =>
  `threw an error during evaluation. T0410: Argument ${position} of function "${name}" does not match function signature`;
const custom = (message: string) => `threw an error during evaluation. D3137: ${message}`;
const NOTHING = 'returned nothing (undefined).';

const value = (expression: string) => evaluate(`{% ${expression} %}`);

describe('$partition', () => {
  test.each([
    ['[1,2,3,4], 2', '[[1,2],[3,4]]'],
    ['[1,2,3], 2.9', '[[1,2],[3]]'],
    ['[1], 5', '[[1]]'],
    ['[1,2]', '[[1,2]]'],
  ])('(%s) is %s', async (values, result) => {
    expect(await value(`$partition(${values})`)).toBe(result);
  });

  test.each([
    ['[], 2', NOTHING],
    ['[1], 0', NOTHING],
    ['[1], -0.5', NOTHING],
    ['$nope, 1', NOTHING],
    ['[1], -2', custom('Second argument must be zero or greater')],
    ['[1], "2"', signature(2, 'partition')],
    ['[1], 1, 1', signature(3, 'partition')],
    [
      '"a", 1',
      'threw an error during evaluation. T0412: Argument 1 of function "partition" must be an array of undefined',
    ],
  ])('(%s) fails: %s', async (values, failure) => {
    expect(await failureOf(`$partition(${values})`)).toBe(failure);
  });
});

describe('$range', () => {
  test.each([
    ['0, 6, 2', '[0,2,4,6]'],
    ['0, 5, 2', '[0,2,4]'],
    ['3, 1, -1', '[3,2,1]'],
    ['-1.7, 1, 1', '[-1,0,1]'],
    ['3, 3, 1', '3'],
  ])('(%s) is %s', async (values, result) => {
    expect(await value(`$range(${values})`)).toBe(result);
  });

  test.each([
    ['1, 5', NOTHING],
    ['1, 5, 0', NOTHING],
    ['1, 5, -1', NOTHING],
    ['5, 1, 1', NOTHING],
    ['"1", 5, 1', signature(1, 'range')],
    ['1, $nope, 1', signature(2, 'range')],
    ['1, 5, 1, 1', signature(4, 'range')],
    [
      '1, 360146, 1',
      'threw an error during evaluation: Expression evaluation memory limit exceeded: Check for excessive memory usage',
    ],
  ])('(%s) fails: %s', async (values, failure) => {
    expect(await failureOf(`$range(${values})`)).toBe(failure);
  });
});

describe('$hash', () => {
  test.each([
    ['"abc", "MD5"', '"900150983cd24fb0d6963f7d28e17f72"'],
    ['"abc", "SHA-1"', '"a9993e364706816aba3e25717850c26c9cd0d89d"'],
  ])('(%s) is %s', async (values, digest) => {
    expect(await value(`$hash(${values})`)).toBe(digest);
  });

  test.each([
    ['"abc"', NOTHING],
    ['', signature(1, 'hash')],
    ['1, "MD5"', signature(1, 'hash')],
    ['"abc", 1', signature(2, 'hash')],
    ['"abc", "md5"', custom("Hash algorithm 'md5' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5")],
  ])('(%s) fails: %s', async (values, failure) => {
    expect(await failureOf(`$hash(${values})`)).toBe(failure);
  });
});

describe('$parse', () => {
  test.each([
    ['\'{"a":[1,null]}\'', '{"a":[1,null]}'],
    ["'1.0'", '1'],
    ["'null'", 'null'],
  ])('(%s) is %s', async (text, result) => {
    expect(await value(`$parse(${text})`)).toBe(result);
  });

  test.each([
    ['"{"', custom('Invalid JSON')],
    ['""', custom('Invalid JSON')],
    ['1', signature(1, 'parse')],
    ['$nope', NOTHING],
    ['"1", 2', signature(2, 'parse')],
  ])('(%s) fails: %s', async (text, failure) => {
    expect(await failureOf(`$parse(${text})`)).toBe(failure);
  });

  test('works in $map', async () => {
    expect(await value(`$map(["1", "[2]"], $parse)`)).toBe('[1,[2]]');
  });
});

test('$random reads the source of randomness, or uses a seed', async () => {
  expect(await value('$random()')).toBe('0.25');
  expect(await value('$random(42)')).toBe('0.7275636800328681');
  expect(await failureOf('$random("seed")')).toBe(signature(1, 'random'));
  expect(await failureOf('$random(1, 2)')).toBe(signature(2, 'random'));
});

test('$uuid reads the source of ids', async () => {
  expect(await value('$uuid()')).toBe('"11111111-2222-4333-8444-555555555555"');
  expect(await failureOf('$uuid(1)')).toBe(signature(1, 'uuid'));
});

test.each([
  ['$now()', '"2030-01-02T03:04:05.678Z"'],
  ["$now('[Y0001]-[M01]')", '"2030-01"'],
  ["$now('[H01]:[m01]', '+0200')", '"05:04"'],
  ['$millis()', '1893553445678'],
])('the time is the source of time: %s', async (expression, time) => {
  expect(await value(expression)).toBe(time);
});
