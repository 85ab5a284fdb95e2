import fc from 'fast-check';
import { pageLength } from '../../../src/local-aws/step-functions/history-pieces';

/** A history whose pieces have so many events each, and whose last events are not in a piece. */
const historyOf = (sizes: readonly number[], more: number) => {
  let end = 0;
  const pieces = sizes.map((size) => {
    end += size;
    return end;
  });
  return { history: { pieces, events: Array(more).fill({}) }, length: end + more };
};

test('a page shows the events of eight pieces at most, from its first or its last event on', () => {
  const { history, length } = historyOf(Array(20).fill(10), 5);
  expect(pageLength(history, 0, length, false)).toBe(80);
  expect(pageLength(history, 15, length, false)).toBe(75);
  expect(pageLength(history, 190, length, false)).toBe(15);
  expect(pageLength(history, 0, length, true)).toBe(75);
  expect(pageLength(history, 0, 100, true)).toBe(80);
  expect(pageLength(history, 95, 100, true)).toBe(5);
});

test('pages show all events', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 40 });
  fc.assert(
    fc.property(sizes, fc.nat({ max: 5 }), fc.boolean(), (pieces, more, reverse) => {
      const { history, length } = historyOf(pieces, more);
      let [from, to] = [0, length];
      while (from < to) {
        const shown = pageLength(history, from, to, reverse);
        expect(shown).toBeGreaterThan(0);
        if (reverse) to -= shown;
        else from += shown;
      }
      expect(from).toBe(to);
    }),
  );
});
