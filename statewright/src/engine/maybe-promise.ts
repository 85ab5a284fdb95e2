/** A value that is there at once wherever no waiting is needed: most states of most machines never wait. */
export type MaybePromise<T> = T | Promise<T>;

/** Asks for `then`, not for the class: promises of Node.js itself are of another class inside a test's sandbox. */
export function isPromise<T>(value: MaybePromise<T>): value is Promise<T> {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

/** Goes on with a value, at once when it is there. */
export function then<T, R>(value: MaybePromise<T>, next: (value: T) => MaybePromise<R>): MaybePromise<R> {
  return isPromise(value) ? value.then(next) : next(value);
}
