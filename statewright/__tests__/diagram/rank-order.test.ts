import { graphlib, layout } from '@dagrejs/dagre';
import fc from 'fast-check';
import { orderRanks } from '../../src/diagram/rank-order';

interface Drawn {
  readonly size: number;
  /** Lines from one node to another, in addition to those of a chain. */
  readonly lines: readonly (readonly [number, number])[];
}

const SIZE = 14;
const node = fc.nat({ max: SIZE - 1 });
const drawn: fc.Arbitrary<Drawn> = fc.record({
  size: fc.integer({ min: 2, max: SIZE }),
  lines: fc.array(fc.tuple(node, node), { maxLength: 8 }),
});

function laidOut({ size, lines }: Drawn, options: Parameters<typeof layout>[1]): object {
  const graph = new graphlib.Graph({ multigraph: true });
  graph.setGraph({});
  for (let i = 0; i < size; i++) graph.setNode(`${i}`, { width: 100 + i, height: 50 });
  for (let i = 1; i < size; i++) graph.setEdge(`${i - 1}`, `${i}`, { weight: 4 }, 'next');
  lines.forEach(([from, to], i) => {
    const label = i % 2 === 0 ? { width: 70, height: 19, labelpos: 'c' } : {};
    graph.setEdge(`${from % size}`, `${to % size}`, label, `${i}`);
  });
  layout(graph, options);
  return {
    nodes: graph.nodes().map((id) => graph.node(id)),
    edges: graph.edges().map((edge) => graph.edge(edge)),
  };
}

test('a layout is the same as with the order that dagre finds in the whole graph', () => {
  let saved = 0;
  fc.assert(
    fc.property(drawn, (graph) => {
      const customOrder: typeof orderRanks = (whole, order) =>
        orderRanks(whole, (smaller) => {
          saved += whole.nodeCount() - smaller.nodeCount();
          order(smaller);
        });
      expect(laidOut(graph, { customOrder })).toEqual(laidOut(graph, {}));
    }),
    { numRuns: 60, seed: 17 },
  );
  expect(saved).toBeGreaterThan(0);
});
