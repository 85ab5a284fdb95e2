import type { Path, Reference } from './references';

interface Need {
  readonly path: Path;
  /** The values that it may need to have, by their JSON text. */
  readonly byText: Map<string, unknown>;
  readonly values: readonly unknown[];
}

/** The longest path: a loop that reads `$.next` of `$.next` needs one more in each turn. */
const MAX_DEPTH = 12;

/** The members of a document that are read. */
export class Needs implements Iterable<Need> {
  readonly #needs = new Map<string, Need>();

  get size(): number {
    return [...this].reduce((sum, { byText }) => sum + 1 + byText.size, 0);
  }

  [Symbol.iterator](): Iterator<Need> {
    return this.#needs.values();
  }

  add(path: Path, values: Iterable<unknown> = []): this {
    if (path.length > MAX_DEPTH) return this;
    const key = JSON.stringify(path);
    const byText = this.#needs.get(key)?.byText ?? new Map<string, unknown>();
    for (const value of values) byText.set(JSON.stringify(value) ?? 'missing', value);
    this.#needs.set(key, { path, byText, values: [...byText.values()] });
    return this;
  }

  /** Adds those of another document, which is a member of this one. */
  addAll(others: Needs, prefix: Path = []): this {
    for (const { path, values } of [...others]) this.add([...prefix, ...path], values);
    return this;
  }

  addReferences(references: readonly Reference[], of: Reference['of'], prefix: Path = []): this {
    for (const each of references) if (each.of === of) this.add([...prefix, ...each.path], each.values);
    return this;
  }

  /** The needs of the member at a path, and those outside of it. An empty path is the document itself. */
  split(prefix: Path): { readonly inside: Needs; readonly outside: Needs } {
    const inside = new Needs();
    const outside = new Needs();
    for (const { path, values } of this) {
      if (prefix.every((name, i) => path[i] === name)) inside.add(path.slice(prefix.length), values);
      else outside.add(path, values);
    }
    return { inside, outside };
  }

  /** Those whose first name is accepted. */
  filter(accepts: (first: string | undefined) => boolean): Needs {
    const kept = new Needs();
    for (const { path, values } of this) if (accepts(path[0])) kept.add(path, values);
    return kept;
  }

  /** The needs of the items of a list: those without their first name. */
  ofItems(): Needs {
    const inner = new Needs();
    for (const { path, values } of this) if (path.length > 0) inner.add(path.slice(1), values);
    return inner;
  }
}
