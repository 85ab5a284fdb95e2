import {
  compileFind,
  compileMatchesWhole,
  RegularExpressionTimeout,
} from '../../../src/engine/data/regular-expression';

const hostile = `${'a'.repeat(50)}!`;

test('finds a match with its groups and its place', () => {
  const find = compileFind('(b+)(x)?', 'i');
  const match = find('😀 a BB', 0);
  expect([...(match ?? [])]).toEqual(['BB', 'BB', undefined]);
  expect(match?.index).toBe(5);
  expect(find('😀 a BB', 7)).toBeUndefined();
});

test.each([
  ['(?<=a)b(?=c)', 'abc', true],
  ['(\\w)\\1', 'hello', true],
  ['(\\w)\\1', 'helo', false],
  ['x{1001}', 'x'.repeat(1001), true],
])('%s, which RE2 does not have, still works', (source, text, found) => {
  expect(compileFind(source)(text, 0) !== undefined).toBe(found);
});

test('matches the whole text', () => {
  expect(compileMatchesWhole('a|ab')('ab')).toBe(true);
  expect(compileMatchesWhole('(?=a)a|ab')('abc')).toBe(false);
});

test.each(['^(a+)+$', '^(a|aa)+$', '^(.*a){20}$'])('%s needs no more than linear time', (source) => {
  expect(compileFind(source)(hostile, 0)).toBeUndefined();
  expect(compileMatchesWhole(source)(hostile)).toBe(false);
});

test('an expression that only backtracking can decide is interrupted', () => {
  expect(() => compileFind('^(?=(a+)+$)')(hostile, 0)).toThrow(RegularExpressionTimeout);
  expect(() => compileMatchesWhole('(?=.)(a+)+')(hostile)).toThrow('/^(?:(?=.)(a+)+)$/ took longer than 1 s');
});

test('a wrong expression is a syntax error', () => {
  expect(() => compileFind('(a')).toThrow(SyntaxError);
});
