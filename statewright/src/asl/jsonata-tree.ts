import jsonata from 'jsonata';

/** A node of jsonata's syntax tree, with the parts that are read here. */
export interface JsonataNode {
  readonly type?: string;
  readonly value?: unknown;
  readonly steps?: readonly JsonataNode[];
  readonly procedure?: JsonataNode;
  readonly lhs?: unknown;
  readonly arguments?: unknown;
  /** The variables of `@$v` and `#$i`. */
  readonly focus?: unknown;
  readonly index?: unknown;
}

/**
 * Every node of an expression, `{% … %}`. A list, not a recursion: an expression can be nested deep.
 * @throws an error of jsonata for one that cannot be parsed
 */
export function* jsonataNodes(text: string): Generator<JsonataNode, void> {
  const seen = new Set<unknown>();
  const ahead: unknown[] = [jsonata(text.slice('{%'.length, -'%}'.length)).ast()];
  for (let node = ahead.pop(); node !== undefined; node = ahead.pop()) {
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    if (!Array.isArray(node)) yield node;
    ahead.push(
      ...Object.values(node)
        .filter((part) => part !== undefined)
        .reverse(),
    );
  }
}
