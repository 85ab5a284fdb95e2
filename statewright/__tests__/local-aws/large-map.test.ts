import fc from 'fast-check';
import { LargeMap } from '../../src/local-aws/large-map';

test('does what a Map does', () => {
  const change = fc.tuple(fc.constantFrom('set', 'delete'), fc.string({ maxLength: 4 }), fc.nat());
  fc.assert(
    fc.property(fc.array(change), (changes) => {
      const [map, expected] = [new LargeMap<number>(), new Map<string, number>()];
      for (const [kind, key, value] of changes) {
        if (kind === 'set') {
          map.set(key, value);
          expected.set(key, value);
        } else expect(map.delete(key)).toBe(expected.delete(key));
        expect(map.get(key)).toBe(expected.get(key));
      }
      expect(new Map(map.entries())).toEqual(expected);
      expect(map.size).toBe(expected.size);
    }),
  );
});
