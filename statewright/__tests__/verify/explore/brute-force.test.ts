import fc from 'fast-check';
import { exploreDefinition, type Row } from '../../../src/verify/explore';
import { arbitraryMachine } from './arbitrary-machine';
import { bruteForce } from './brute-force';

const INPUT = { kept: 1, items: [1, 2] };

/** The end of a row, as the brute force writes it. */
function endOf({ end, steps }: Row): string {
  if (end.status !== 'FAILED') return `${end.status} in ${end.state}`;
  const own = steps.at(-1)?.outcome ?? '';
  const error = end.error ?? (/^any /.test(own) ? 'UnexpectedError' : own);
  return `FAILED in ${end.state} with ${error}`;
}

async function explored(
  machine: object,
): Promise<{ readonly ends: ReadonlySet<string>; readonly limits: number }> {
  const { rows, limits } = await exploreDefinition(machine, {
    inputs: [INPUT],
    samples: () => [{ result: {} }],
  });
  return { ends: new Set(rows.map(endOf)), limits: limits.length };
}

test('finds exactly the ends that every outcome of every call leads to', async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(arbitraryMachine(false), async (machine) => {
      const expected = await bruteForce(machine, INPUT, 12, 3000);
      if (!expected.isComplete) return;
      compared++;
      const { ends, limits } = await explored(machine);
      expect({ ends: [...ends].sort(), limits }).toEqual({ ends: [...expected.ends].sort(), limits: 0 });
    }),
    { numRuns: 80 },
  );
  expect(compared).toBeGreaterThan(50);
});

test('with loops: finds every end that a few calls lead to, and itself always ends', async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryMachine(true), async (machine) => {
      const expected = await bruteForce(machine, INPUT, 4, 400);
      const { ends, limits } = await explored(machine);
      expect(limits).toBe(0);
      expect([...expected.ends].filter((end) => !ends.has(end))).toEqual([]);
    }),
    { numRuns: 40 },
  );
});
