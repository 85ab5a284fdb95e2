import type { ExprNode } from 'jsonata';

/** What jsonata throws for text that is not an expression. */
interface SyntaxFailure {
  readonly code: string;
  readonly message: string;
  /** Where the token ends, in characters from the start of the expression. */
  readonly position: number;
}

/**
 * Refuses the operators `??` and `?:` of JSONata 2.1, in the words of JSONata 2.0.6, which Step Functions has
 * (Developer Guide, "Transforming data with JSONata in Step Functions"). The version of the package is newer: it has
 * limits of time and memory, and reads only an object's own members.
 * @param tree the tree that jsonata made of the source
 * @throws SyntaxFailure
 */
export function refuseNewerOperators(tree: ExprNode, source: string): void {
  const seen = new Set<unknown>();
  // A list, not a recursion: an expression can be nested deep. jsonata's tree has some nodes in two places.
  const ahead: unknown[] = [tree];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    ahead.push(...Object.values(node).filter((part) => part !== undefined));
    const { type, position } = node as Partial<ExprNode>;
    if (type === 'condition' && position !== undefined) refuseOperatorBefore(position, source);
  }
}

function refuseOperatorBefore(position: number, source: string): void {
  const operator = source.slice(position - 2, position);
  if (operator !== '??' && operator !== '?:') return;
  const failure: SyntaxFailure = {
    code: 'S0211',
    message: `The symbol "${operator[1]}" cannot be used as a unary operator`,
    position,
  };
  throw failure;
}
