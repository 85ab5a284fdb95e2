/** Keys that an object in a JSON text has twice: JSON.parse keeps only the last of them, and what the first one had is lost. */

export interface DuplicateKey {
  readonly key: string;
  /** The keys and indexes of the objects and arrays around it. */
  readonly path: readonly (string | number)[];
  /** The index in the text where the key begins, and where it began the first time. */
  readonly position: number;
  readonly firstPosition: number;
}

/** An object or an array that has begun. */
interface Open {
  /** Of an object: where each key begins. */
  readonly keys: Map<string, number> | undefined;
  /** The key or the index of the value that is read. */
  at: string | number;
}

/** What gives JSON its structure: a value that is none of these has no keys. */
const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\]:,]/gs;

/** @param text valid JSON */
export function* duplicateKeys(text: string): Generator<DuplicateKey, void> {
  const open: Open[] = [];
  let string: RegExpExecArray | undefined;
  for (const token of text.matchAll(TOKEN)) {
    const inside = open.at(-1);
    switch (token[0]) {
      case '{':
        open.push({ keys: new Map(), at: '' });
        break;
      case '[':
        open.push({ keys: undefined, at: 0 });
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case ',':
        if (typeof inside?.at === 'number') inside.at++;
        break;
      case ':': {
        if (inside?.keys === undefined || string === undefined) break;
        const key: string = JSON.parse(string[0]);
        const firstPosition = inside.keys.get(key);
        const position = string.index;
        inside.at = key;
        inside.keys.set(key, firstPosition ?? position);
        if (firstPosition === undefined) break;
        yield { key, path: open.slice(0, -1).map(({ at }) => at), position, firstPosition };
        break;
      }
      default:
        string = token;
    }
  }
}
