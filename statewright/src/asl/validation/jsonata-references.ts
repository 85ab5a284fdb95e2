import type { ExprNode } from 'jsonata';

/** Nodes that evaluate their parts in another context, where a bare name is a field of that context. */
const OWN_CONTEXT = new Set<string>(['lambda', 'transform']);

/**
 * The names in an expression that Step Functions does not define. An expression of a state machine has no context
 * item: a bare name at its top level reads nothing, nor does `$$`, and `$states.errorOutput` exists only in a catcher
 * (Developer Guide, "Transforming data with JSONata in Step Functions").
 */
export function topLevelReferences(tree: ExprNode): Set<string> {
  const names = new Set<string>();
  visit(tree, names);
  return names;
}

function visit(node: unknown, names: Set<string>): void {
  if (Array.isArray(node)) {
    for (const part of node) visit(part, names);
  } else if (isNode(node)) {
    if (node.type === 'path') visitPath(node.steps ?? [], names);
    else if (node.type === 'name') names.add(String(node.value));
    else if (node.type === 'variable' && node.value === '$') names.add('$$');
    else if (!OWN_CONTEXT.has(node.type)) visitParts(node, names);
  }
}

/** Only the first step of a path is read at the top level; its later steps and predicates have a context. */
function visitPath(steps: readonly Node[], names: Set<string>): void {
  const [first, second] = steps;
  visit(first, names);
  if (first?.type === 'variable' && first.value === 'states' && second?.value === 'errorOutput') {
    names.add('$states.errorOutput');
  }
}

function visitParts(node: Node, names: Set<string>): void {
  for (const [part, content] of Object.entries(node)) {
    if (!HAS_CONTEXT.has(part)) visit(content, names);
  }
}

/** Predicates, filters and groupings have the value before them as their context. */
const HAS_CONTEXT = new Set(['stages', 'predicate', 'group', 'value', 'position']);

/** The package's own type leaves `path` out. */
interface Node extends Omit<ExprNode, 'type' | 'steps'> {
  readonly type: ExprNode['type'] | 'path';
  readonly steps?: readonly Node[];
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}
