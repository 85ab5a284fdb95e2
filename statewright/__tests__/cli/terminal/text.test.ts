import fc from 'fast-check';
import {
  counted,
  pad,
  plainText,
  textWidth,
  truncate,
  truncateMiddle,
  wrap,
} from '../../../src/cli/terminal/text';

describe('textWidth', () => {
  test.each([
    ['plain', 5],
    ['é', 1],
    ['e\u0301', 1],
    ['日本語', 6],
    ['한글', 4],
    ['✅', 2],
    ['👩‍💻', 2],
    ['→ ✓ …', 5],
    ['\u001b[31mred\u001b[39m', 3],
    ['', 0],
  ])('%j takes %i columns', (text, width) => {
    expect(textWidth(text)).toBe(width);
  });
});

describe('plainText', () => {
  test('removes what would control the terminal', () => {
    expect(plainText('\u001b[2J\u001b]0;title\u0007a\u0008b\tc\u202ed')).toBe('a�b  c�d');
  });
});

describe('truncate', () => {
  test.each([
    ['short', 10, 'short'],
    ['HandleError', 8, 'HandleE…'],
    ['日本語', 4, '日…'],
    ['anything', 1, '…'],
    ['anything', 0, ''],
    ['cafe\u0301 noir', 5, 'cafe\u0301…'],
  ])('%j to %i columns', (text, columns, expected) => {
    expect(truncate(text, columns)).toBe(expected);
  });

  test('truncateMiddle keeps both ends', () => {
    expect(truncateMiddle('LambdaFunctionSucceeded', 15)).toBe('LambdaF…cceeded');
    expect(truncateMiddle('TaskStateExited', 15)).toBe('TaskStateExited');
  });

  test('neither result is ever too wide', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 40 }), (raw, columns) => {
        const text = plainText(raw);
        expect(textWidth(truncate(text, columns))).toBeLessThanOrEqual(columns);
        expect(textWidth(truncateMiddle(text, columns))).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

describe('wrap', () => {
  test('breaks between words', () => {
    expect(wrap('the quick brown fox jumps', 10)).toEqual(['the quick', 'brown fox', 'jumps']);
  });

  test('breaks before a word that takes a line of its own, and within one that no line holds', () => {
    expect(wrap('in SuccessState', 12)).toEqual(['in', 'SuccessState']);
    expect(wrap('at /var/task/index.js', 12)).toEqual(['at /var/task', '/index.js']);
  });

  test('breaks within a word that is longer than the line', () => {
    expect(wrap('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
  });

  test('loses nothing but white space at the breaks', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: 3, max: 30 }), (raw, columns) => {
        const text = plainText(raw);
        const lines = wrap(text, columns);
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(columns);
      }),
    );
  });
});

test('pad counts columns, not characters', () => {
  expect(pad('日本', 6)).toBe('日本  ');
  expect(pad('12', 4, 'right')).toBe('  12');
});

test('counted uses the singular for one alone', () => {
  expect([0, 1, 2].map((count) => counted(count, 'child execution'))).toEqual([
    '0 child executions',
    '1 child execution',
    '2 child executions',
  ]);
  expect(counted(2, 'history', 'histories')).toBe('2 histories');
});
