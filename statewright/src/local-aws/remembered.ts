/** What was found out about a text. It may forget any value, which can then be found out again. */
export class Remembered<V> {
  readonly #values = new Map<string, V>();

  /** @param most how many values are kept */
  constructor(readonly most: number) {}

  get(key: string): V | undefined {
    return this.#values.get(key);
  }

  set(key: string, value: V): V {
    if (this.#values.size >= this.most) this.#values.clear();
    this.#values.set(key, value);
    return value;
  }
}

/** A function of a text that remembers its results: for texts that come again with each request of a client. */
export function remembering<V extends {}>(find: (text: string) => V): (text: string) => V {
  const known = new Remembered<V>(1000);
  return (text) => known.get(text) ?? known.set(text, find(text));
}
