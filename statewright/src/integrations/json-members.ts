import { compareText } from '../compare-text';
import { isObject, type Json, type JsonObject } from '../engine/data';

/** The members of an object by their names. */
export const sorted = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).sort(([a], [b]) => compareText(a, b)));

/** The member of a JSON object at a path of names and positions; undefined when it does not exist. */
export function at(value: Json | undefined, ...path: readonly (string | number)[]): Json | undefined {
  return path.reduce<Json | undefined>(
    (inner, step) =>
      typeof step === 'number'
        ? Array.isArray(inner)
          ? (inner[step] as Json)
          : undefined
        : isObject(inner)
          ? inner[step]
          : undefined,
    value,
  );
}
