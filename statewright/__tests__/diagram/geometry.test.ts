import fc from 'fast-check';
import { layoutWorkflow } from '../../src/diagram/layout';
import { readWorkflow } from '../../src/diagram/workflow';
import { wrap } from '../../src/diagram/wrap';
import { arbitraryDiagram } from './arbitrary-diagram';
import { faults } from './geometry';

/** `DIAGRAMS=1000 npx jest geometry` looks at more. */
const numRuns = Number(process.env.DIAGRAMS ?? 60);

test('in no drawing does anything lie over anything else, nor in one that is wrapped into columns', () => {
  let wrapped = 0;
  fc.assert(
    fc.property(arbitraryDiagram, (definition) => {
      const drawing = layoutWorkflow(readWorkflow(definition), 24);
      expect(faults(drawing)).toEqual([]);
      const inColumns = wrap(drawing, 3);
      expect(faults(inColumns)).toEqual([]);
      if (inColumns !== drawing) wrapped += 1;
    }),
    { numRuns, seed: 17 },
  );
  expect(wrapped).toBeGreaterThan(numRuns / 3);
});

test('a scope that is drawn as one column has no such fault either', () => {
  fc.assert(
    fc.property(arbitraryDiagram, (definition) => {
      const limit = { states: 0, transitions: 0 };
      expect(faults(layoutWorkflow(readWorkflow(definition), 24, { limit }))).toEqual([]);
    }),
    { numRuns: numRuns / 4, seed: 17 },
  );
});
