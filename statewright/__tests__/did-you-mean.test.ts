import { didYouMean, didYouMeanOneOf, nearest, quoted } from '../src/did-you-mean';

const states = ['Test', 'HandleError', 'SuccessState', 'FailState'];

test.each([
  ['HandelError', 'HandleError'],
  ['Handle', undefined],
  ['failstate', 'FailState'],
  ['HANDLEERROR', 'HandleError'],
  ['Tests', 'Test'],
  ['Tset', 'Test'],
  ['Next', undefined],
  ['X', undefined],
  ['', undefined],
])('%s: %s', (word, expected) => {
  expect(nearest(word, states)).toBe(expected);
});

test('without candidates none is close', () => {
  expect(nearest('Test', [])).toBeUndefined();
});

test.each([
  ['a near one', 'Tset', states, 'Did you mean "Test"?'],
  ['all of them when none is near', 'X', ['a', 'b', 'a'], 'Choose one of: "a", "b".'],
  ['the only one', 'X', ['a'], 'The only one is "a".'],
  ['nothing to choose from', 'X', [], 'There are none.'],
  [
    'the nearest of many',
    'x13',
    Array.from({ length: 30 }, (_, i) => `a ${i}`),
    'There are 30, such as "a 3", "a 13", "a 0", "a 1", "a 2".',
  ],
])('a hint names %s', (_, word, candidates, hint) => {
  expect(didYouMeanOneOf(word, candidates, quoted)).toBe(hint);
});

test('without a close candidate the hint is undefined', () => {
  expect(didYouMean('X', states)).toBeUndefined();
  expect(didYouMean('Tset', states)).toBe('Did you mean Test?');
});
