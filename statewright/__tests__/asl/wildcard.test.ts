import { matchesParts } from '../../src/asl/wildcard';

test.each([
  [['abc'], 'abc', true],
  [['abc'], 'abcd', false],
  [['a', 'c'], 'ac', true],
  [['a', 'c'], 'a\nbc', true],
  [['', 'b', ''], 'abc', true],
  [['', 'b', ''], 'ac', false],
  [['ab', 'ba'], 'aba', false],
  [['', 'ab', 'b'], 'ab', false],
  [['', ''], '', true],
])('%j around wildcards, and %j', (parts, text, expected) => {
  expect(matchesParts(parts, text)).toBe(expected);
});

test('many wildcards without a match finish fast', () => {
  expect(matchesParts([...'aaaaaaaa'.split(''), 'b'], 'a'.repeat(100_000))).toBe(false);
});
