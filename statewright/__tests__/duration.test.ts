import { formatDuration } from '../src/duration';

test.each([
  [0, '0 ms'],
  [999.4, '999 ms'],
  [999.6, '1 s'],
  [1_250, '1.25 s'],
  [59_999, '59.99 s'],
  [184_000, '3 min 4 s'],
  [7_500_000, '2 h 5 min'],
  [90_000_000, '1 d 1 h'],
  [-5, '0 ms'],
])('%d milliseconds are %s', (milliseconds, expected) => {
  expect(formatDuration(milliseconds)).toBe(expected);
});
