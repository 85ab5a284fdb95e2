import { isMap, isScalar, isSeq, type ParsedNode } from 'yaml';
import type { Position, ValuePath } from './source-text';
import { readYaml } from './yaml-document';

/** Finds positions in a text, which is read once, and only when a position is asked for. */
export class Positions {
  readonly #text: string;
  #read: ReturnType<typeof readYaml> | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  get #yaml(): ReturnType<typeof readYaml> {
    // JSON is read as YAML, since only YAML's parser has positions.
    this.#read ??= readYaml(this.#text, { uniqueKeys: false });
    return this.#read;
  }

  #nodeAt(path: ValuePath): ReturnType<typeof nodeAt> {
    return nodeAt(this.#yaml.document.contents as ParsedNode | null, path);
  }

  /** The position of the value at a path, or of the nearest value around it if it is not found. */
  at(path: ValuePath): Position {
    const { line, col } = this.#yaml.lines.linePos(this.#nodeAt(path).offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  /**
   * The text of a literal block scalar (`|`) at a path, also as the text of `Fn::Sub`; undefined for any other text,
   * which does not have the same lines as the file.
   */
  blockTextAt(path: ValuePath): BlockText | undefined {
    let { node } = this.#nodeAt(path);
    if (isMap(node)) node = (node.get('Fn::Sub', true) ?? null) as ParsedNode | null;
    if (isSeq(node)) node = (node.items[0] ?? null) as ParsedNode | null;
    if (!isScalar(node) || node.type !== 'BLOCK_LITERAL' || typeof node.value !== 'string') return undefined;
    const first = this.#yaml.lines.linePos(node.range[0]).line + 1;
    const written = this.#text.split('\n')[first - 1] ?? '';
    const [own = ''] = node.value.split('\n');
    const indentation = written.trimEnd().length - own.trimEnd().length;
    return {
      lines: node.value.trimEnd().split('\n').length,
      positionOf: ({ line, column }) => ({ line: first + line - 1, column: column + indentation }),
    };
  }
}

/** A text in a file. */
interface BlockText {
  /** How many lines it has. */
  readonly lines: number;
  /** Where a position of the text is in the file. */
  positionOf(position: Position): Position;
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
