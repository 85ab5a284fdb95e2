/**
 * Dagre's order within ranks, with less work and the same result. In a long diagram, most ranks only repeat the one above:
 * each line leads from one node to one node. Dagre orders a graph without them, and they follow.
 */
import { graphlib } from '@dagrejs/dagre';

type Graph = graphlib.Graph;

/** For dagre's option `customOrder`. @param order dagre's own */
export function orderRanks(graph: Graph, order: (graph: Graph) => void): void {
  const ranks: string[][] = [];
  for (const id of graph.nodes()) {
    const rank = graph.node(id).rank ?? 0;
    ranks[rank] ??= [];
    ranks[rank].push(id);
  }
  // The node in an earlier rank, or the node itself, whose place in the order it has.
  const leaders = new Map<string, string>();
  const leader = (id: string) => leaders.get(id) ?? id;
  const smaller = new graphlib.Graph({ multigraph: true, compound: true }).setGraph({});
  const newRanks = new Map<string, number>();
  let kept = 0;
  let above: readonly string[] = [];
  for (const rank of Array.from(ranks, (nodes) => nodes ?? [])) {
    const isRepeated = repeats(graph, above, rank);
    for (const id of rank) {
      const [from] = isRepeated ? (graph.predecessors(id) ?? []) : [];
      if (from === undefined) newRanks.set(id, kept);
      else leaders.set(id, leader(String(from)));
    }
    if (!isRepeated) kept += 1;
    above = rank;
  }
  // Dagre decides between equals by the order of nodes and edges: it stays.
  for (const id of graph.nodes()) {
    const rank = newRanks.get(id);
    if (rank !== undefined) smaller.setNode(id, { ...graph.node(id), rank });
  }
  for (const edge of graph.edges()) {
    if (leaders.has(edge.w)) continue;
    smaller.setEdge(leader(edge.v), edge.w, graph.edge(edge), edge.name);
  }
  order(smaller);
  for (const id of graph.nodes()) graph.node(id).order = smaller.node(leader(id)).order;
}

/** Whether each node of a rank has one line from the rank above, which has no others, and one to a node of its own. */
function repeats(graph: Graph, above: readonly string[], rank: readonly string[]): boolean {
  const targets = new Set(rank.flatMap((id) => graph.successors(id) ?? []));
  return (
    rank.length === above.length &&
    targets.size === rank.length &&
    above.every((id) => graph.outEdges(id)?.length === 1) &&
    rank.every((id) => graph.inEdges(id)?.length === 1 && graph.outEdges(id)?.length === 1)
  );
}
