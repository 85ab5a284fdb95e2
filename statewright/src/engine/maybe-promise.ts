/** A value, or a promise only when waiting is needed: most states never wait. */
export type MaybePromise<T> = T | Promise<T>;

/** Checks `then`, not the class: Node.js's own promises have another class inside a test's sandbox. */
export function isPromise<T>(value: MaybePromise<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && typeof (value as Promise<T>).then === 'function';
}

/** Continues with a value, synchronously when it is not a promise. */
export function then<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return isPromise(value) ? value.then(next) : next(value);
}
