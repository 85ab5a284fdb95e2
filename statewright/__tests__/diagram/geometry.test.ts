import fc from 'fast-check';
import { layoutWorkflow } from '../../src/diagram/layout';
import { readWorkflow } from '../../src/diagram/workflow';
import { arbitraryDiagram } from './arbitrary-diagram';
import { faults } from './geometry';

/** `DIAGRAMS=1000 npx jest geometry` looks at more. */
const numRuns = Number(process.env.DIAGRAMS ?? 60);

test('in no drawing does anything lie over anything else', () => {
  fc.assert(
    fc.property(arbitraryDiagram, (definition) => {
      expect(faults(layoutWorkflow(readWorkflow(definition), 24))).toEqual([]);
    }),
    { numRuns, seed: 17 },
  );
});

test('a scope that is drawn as one column has no such fault either', () => {
  fc.assert(
    fc.property(arbitraryDiagram, (definition) => {
      const limit = { states: 0, transitions: 0 };
      expect(faults(layoutWorkflow(readWorkflow(definition), 24, limit))).toEqual([]);
    }),
    { numRuns: numRuns / 4, seed: 17 },
  );
});
