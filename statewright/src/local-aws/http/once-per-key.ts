/** A function that makes a value once for each key, such as a region's operations. */
export function oncePerKey<K extends object, V>(make: (key: K) => V): (key: K) => V {
  const made = new WeakMap<K, V>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value as V);
    return value;
  };
}
