import { isPromise, type MaybePromise } from '../maybe-promise';
import type { Json } from './json';
import type { Sources } from './scope';

/** Evaluates a part of a template; undefined for a constant part. */
export type PartEvaluator<S> = ((scope: S) => MaybePromise<Json>) | undefined;

/** Compiles an expression now, or when it is first used: a template may have thousands. */
export type Lazily = <T>(compile: () => T) => () => T;

export const compiledNow: Lazily = (compile) => {
  const compiled = compile();
  return () => compiled;
};

/**
 * Evaluates the parts of a template one after the other: synchronous until the first part that returns a promise, or until
 * others must have their turn.
 */
export function evaluateParts<S extends Sources>(
  constants: readonly Json[],
  parts: readonly PartEvaluator<S>[],
  scope: S,
  build: (values: readonly Json[]) => Json,
): MaybePromise<Json> {
  const values: Json[] = [];
  for (let index = 0; index < parts.length; index++) {
    const evaluate = parts[index];
    if (evaluate === undefined) values.push(constants[index] as Json);
    else {
      const pause = scope.nextTurn?.();
      if (pause) return finish(pause, index);
      const value = evaluate(scope);
      if (isPromise(value)) return finish(value.then(add), index + 1);
      values.push(value);
    }
  }
  return build(values);

  function add(value: Json): void {
    values.push(value);
  }

  async function finish(pending: Promise<void>, from: number): Promise<Json> {
    await pending;
    for (let index = from; index < parts.length; index++) {
      const evaluate = parts[index];
      const pause = scope.nextTurn?.();
      if (pause) await pause;
      values.push(evaluate === undefined ? (constants[index] as Json) : await evaluate(scope));
    }
    return build(values);
  }
}
