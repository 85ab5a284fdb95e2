import { nearest } from '../../src/asl';

const states = ['Test', 'HandleError', 'SuccessState', 'FailState'];

test.each([
  ['HandelError', 'HandleError'],
  ['Handle', undefined],
  ['failstate', 'FailState'],
  ['Tests', 'Test'],
  ['Tset', 'Test'],
  ['Next', undefined],
  ['X', undefined],
  ['', undefined],
])('%s: %s', (word, expected) => {
  expect(nearest(word, states)).toBe(expected);
});

test('of no candidates none is near', () => {
  expect(nearest('Test', [])).toBeUndefined();
});
