/**
 * What a value may come to, in characters and members together. AWS states no number. Its payloads have 262,144 bytes:
 * this is much more than a state can use of one, and little for a process.
 */
export const LARGEST_VALUE = 4_194_304;

/** How large values are, however little memory they take by having the same part many times. */
export class Sizes {
  /** Of objects and arrays, so that what is in several places is counted there but looked through once. */
  readonly #sizes = new WeakMap<object, number>();
  readonly #isOpaque: (value: object) => boolean;

  /** @param isOpaque whether a value counts as one, whatever is in it (default: none does) */
  constructor(isOpaque: (value: object) => boolean = () => false) {
    this.#isOpaque = isOpaque;
  }

  /** In characters and members together. */
  of(value: unknown): number {
    if (typeof value === 'string') return value.length;
    if (typeof value !== 'object' || value === null) return 1;
    const known = this.#sizes.get(value);
    if (known !== undefined) return known;
    if (this.#isOpaque(value)) return 1;
    let size = 1;
    for (const item of Array.isArray(value) ? value : Object.values(value)) size += this.of(item);
    this.#sizes.set(value, size);
    return size;
  }
}
