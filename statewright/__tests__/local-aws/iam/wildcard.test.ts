import { matchesWildcard } from '../../../src/local-aws/iam/wildcard';

test.each([
  ['a*', 'a', true],
  ['a*b*c', 'abc', true],
  ['a*b*c', 'a-b-b-c-c', true],
  ['ab*ba', 'aba', false],
  ['*a?c*', 'xxabc', true],
  ['*a?c*', 'xxac', false],
  ['a**b', 'a:b', true],
  ['*', '', true],
  ['*1*1', '1-11', true],
  ['(a|b)*.é\\', '(a|b)-.é\\', true],
  [`\${*}\${?}\${$}`, '*?$', true],
  [`\${*}`, 'x', false],
])('%s and %s', (pattern, value, expected) => {
  expect(matchesWildcard(pattern, value)).toBe(expected);
});

test('many wildcards without a match finish in time', () => {
  expect(matchesWildcard(`${'*a'.repeat(20)}*!`, 'a'.repeat(2000))).toBe(false);
});
