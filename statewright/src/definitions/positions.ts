import { isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import type { Position, ValuePath } from './source-text';
import { readYaml } from './yaml-document';

/**
 * Finds positions in a text, which is read once: the position of the value at a path, or of the nearest value around it
 * if it is not found.
 */
export function positionsIn(text: string): (path: ValuePath) => Position {
  // JSON is read as YAML, since only YAML's parser has positions.
  const { document, lines } = readYaml(text, { uniqueKeys: false });
  return (path) => {
    const { offset } = nodeAt(document.contents as ParsedNode | null, path);
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  };
}

/** The node at a path, or the nearest around it, with the offset of its key. */
function nodeAt(
  root: ParsedNode | null,
  path: ValuePath,
): { readonly node: ParsedNode | null; readonly offset: number } {
  let node = root;
  let offset = node?.range[0] ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step));
      if (!pair) break;
      offset = (pair.key as ParsedNode).range[0];
      node = pair.value as ParsedNode | null;
    } else if (isSeq(node) && node.items[Number(step)]) {
      node = node.items[Number(step)] as ParsedNode;
      offset = node.range[0];
    } else break;
  }
  return { node, offset };
}

/**
 * The text of a literal block scalar (`|`) at a path, also as the text of `Fn::Sub`: how many lines it has, and where a
 * position of it is in the file; undefined for any other text, which has not the same lines as the file.
 */
export function blockTextAt(
  text: string,
  path: ValuePath,
): { readonly lines: number; positionOf(position: Position): Position } | undefined {
  const { document, lines } = readYaml(text, { uniqueKeys: false });
  let { node } = nodeAt(document.contents as ParsedNode | null, path);
  if (isMap(node)) node = (node.get('Fn::Sub', true) ?? null) as ParsedNode | null;
  if (isSeq(node)) node = (node.items[0] ?? null) as ParsedNode | null;
  if (!isScalar(node) || node.type !== 'BLOCK_LITERAL' || typeof node.value !== 'string') return undefined;
  const first = lines.linePos(node.range[0]).line + 1;
  const written = text.split('\n')[first - 1] ?? '';
  const [own = ''] = node.value.split('\n');
  const indentation = written.trimEnd().length - own.trimEnd().length;
  return {
    lines: node.value.trimEnd().split('\n').length,
    positionOf: ({ line, column }) => ({ line: first + line - 1, column: column + indentation }),
  };
}
