import { resolve } from 'node:path';

/** Where a state machine was read. */
interface Read {
  /** The file that a command found; undefined for a stack. */
  readonly source?: string | undefined;
  /** The file that has its definition: the same one, or one that a template refers to. */
  readonly file?: string;
  /** The file of the template that has it: the same one, or that of a nested stack. */
  readonly template?: string | undefined;
}

/** State machines of files, each once: a definition or a nested stack of a template is a part of the template. */
export function withoutParts<M extends Read>(machines: readonly M[]): M[] {
  const parts = new Set(
    machines.flatMap(({ source, file, template }) =>
      [file, template].flatMap((part) => (part === undefined || part === source ? [] : [resolve(part)])),
    ),
  );
  return machines.filter(({ source }) => source === undefined || !parts.has(resolve(source)));
}
