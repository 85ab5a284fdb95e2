/** How many results are kept: more than a server has clients at a time. */
const LIMIT = 1000;

/** A function of a text whose last results are kept, where the same few texts come with every request. */
export function remembered<T>(make: (text: string) => T): (text: string) => T {
  const made = new Map<string, { readonly value: T }>();
  return (text) => {
    const known = made.get(text);
    if (known) return known.value;
    const value = make(text);
    if (made.size >= LIMIT) made.clear();
    made.set(text, { value });
    return value;
  };
}
