import { resolve } from 'node:path';

/** Where a state machine was read. */
interface Read {
  /** The file that a command found; undefined for a stack. */
  readonly source?: string | undefined;
  /** The file that has its definition: the same one, or one that a template refers to. */
  readonly file?: string;
}

/** State machines of files, each once: a definition that a template refers to is a part of the template. */
export function withoutParts<M extends Read>(machines: readonly M[]): M[] {
  const parts = new Set(
    machines.flatMap(({ source, file }) => (file === undefined || file === source ? [] : [resolve(file)])),
  );
  return machines.filter(({ source }) => source === undefined || !parts.has(resolve(source)));
}
