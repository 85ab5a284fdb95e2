import { isObject } from '../../is-object';

/** What takes the place of a number, a boolean or a text; a text has one of its own, so that texts stay comparable. */
export type Replacement = (value: unknown) => unknown;

/** A shorter text or number is replaced where a path names it, but not wherever else it occurs. */
const SHORTEST = 4;
const SHORTEST_IN_NAME = 8;

/** The values that must not be written. */
export class Secrets {
  readonly #texts = new Map<string, string>();
  readonly #numbers = new Set<number>();
  #sorted: readonly (readonly [string, string])[] | undefined;

  add(value: unknown): void {
    this.#sorted = undefined;
    for (const leaf of leavesOf(value)) {
      if (typeof leaf === 'string' && !this.#texts.has(leaf)) {
        this.#texts.set(leaf, `redacted-${this.#texts.size + 1}`);
      }
      if (typeof leaf === 'number') this.#numbers.add(leaf);
    }
  }

  /** The value with each of its texts, numbers and booleans replaced: its shape stays. */
  readonly replacement: Replacement = (value) =>
    mapLeaves(value, (leaf) => {
      if (typeof leaf === 'string') return this.#texts.get(leaf) ?? leaf;
      if (typeof leaf === 'number') return 0;
      return typeof leaf === 'boolean' ? false : leaf;
    });

  /** Every occurrence in a value, also in JSON texts inside it. */
  hideEverywhere(value: unknown): unknown {
    if (Array.isArray(value)) return value.map((item) => this.hideEverywhere(item));
    if (isObject(value)) {
      const members = Object.entries(value);
      return Object.fromEntries(
        members.map(([name, member]) => [this.#hideInName(name), this.hideEverywhere(member)]),
      );
    }
    if (typeof value === 'number') return this.#isLong(value) ? 0 : value;
    return typeof value === 'string' ? this.hideIn(value) : value;
  }

  /** A member's name may be data, such as an address. A short text is more likely to be the name of a field. */
  #hideInName(name: string): string {
    let hidden = name;
    for (const [secret, replacement] of this.#longestFirst) {
      if (secret.length >= SHORTEST_IN_NAME) hidden = hidden.replaceAll(secret, replacement);
    }
    return hidden;
  }

  /** Every occurrence in a text. */
  hideIn(text: string): string {
    const nested = /^\s*[[{]/.test(text) ? parsed(text) : undefined;
    if (nested) {
      const hidden = JSON.stringify(this.hideEverywhere(nested.value));
      if (hidden !== JSON.stringify(nested.value)) return hidden;
    }
    let hidden = text;
    for (const [secret, replacement] of this.#longestFirst) {
      if (secret.length >= SHORTEST) hidden = hidden.replaceAll(secret, replacement);
      else if (hidden === secret) hidden = replacement;
    }
    for (const number of this.#numbers) {
      if (this.#isLong(number)) hidden = hidden.replaceAll(String(number), '0');
    }
    return hidden;
  }

  /** One text may be a part of another one. */
  get #longestFirst(): readonly (readonly [secret: string, replacement: string])[] {
    this.#sorted ??= [...this.#texts].sort(([a], [b]) => b.length - a.length);
    return this.#sorted;
  }

  #isLong(value: number): boolean {
    return this.#numbers.has(value) && String(value).length >= SHORTEST;
  }
}

export function mapMembers(
  value: unknown,
  isNamed: (key: string | number) => boolean,
  map: (member: unknown) => unknown,
): unknown {
  if (Array.isArray(value)) return value.map((item, index) => (isNamed(index) ? map(item) : item));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, isNamed(name) ? map(member) : member]),
  );
}

function mapLeaves(value: unknown, map: Replacement): unknown {
  if (Array.isArray(value) || isObject(value)) {
    return mapMembers(
      value,
      () => true,
      (member) => mapLeaves(member, map),
    );
  }
  return map(value);
}

function leavesOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  return isObject(value) ? Object.values(value).flatMap(leavesOf) : [value];
}

export function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
