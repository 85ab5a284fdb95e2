/**
 * A Map that grows is copied as a whole: with a million keys, that takes a tenth of a second in which nothing else happens.
 * So the keys are spread over many of them.
 */
const MAPS = 64;

/** A Map for millions of keys. It has them in no order. */
export class LargeMap<V> {
  /** Made when they are needed: most tables are small. */
  readonly #maps: (Map<string, V> | undefined)[] = Array(MAPS).fill(undefined);

  get size(): number {
    return this.#maps.reduce((sum, map) => sum + (map?.size ?? 0), 0);
  }

  get(key: string): V | undefined {
    return this.#maps[placeOf(key)]?.get(key);
  }

  set(key: string, value: V): void {
    const place = placeOf(key);
    const map = this.#maps[place] ?? new Map<string, V>();
    map.set(key, value);
    this.#maps[place] = map;
  }

  delete(key: string): boolean {
    return this.#maps[placeOf(key)]?.delete(key) ?? false;
  }

  *entries(): Generator<[string, V]> {
    for (const map of this.#maps) if (map) yield* map;
  }
}

/** By the last characters, which differ most in ids, in ARNs and in names with numbers. */
function placeOf(key: string): number {
  const { length } = key;
  const hash = key.charCodeAt(length - 1) + 7 * key.charCodeAt(length - 2) + 53 * key.charCodeAt(length - 3);
  // Of a shorter key, it is not a number.
  return hash % MAPS || 0;
}
