import { isList, isMap, toBoolean, toList, toMap, toNumber, toText, Unknown, type Value } from '../value';
import { setOf } from './collections';
import { type Functions, ofOneType } from './function';

/** Keeps null, and what is not known here: it gets its type where one is needed. */
const orKept =
  (convert: (value: Value, place: string) => Value) =>
  ([value = null]: readonly Value[], place: string): Value =>
    value === null || value instanceof Unknown ? value : convert(value, place);

/** Terraform documentation, "Type Conversion Functions". `try` and `can` are in evaluate.ts. */
export const typeFunctions: Functions = {
  ephemeralasnull: ([value = null]) => value,
  issensitive: () => false,
  nonsensitive: ([value = null]) => value,
  sensitive: ([value = null]) => value,
  tobool: orKept(toBoolean),
  tolist: orKept((value, place) => ofOneType(toList(value, place), place)),
  tomap: orKept((value, place) => {
    const entries = Object.entries(toMap(value, place));
    const values = ofOneType(
      entries.map(([, inner]) => inner),
      place,
    );
    return Object.fromEntries(entries.map(([key], index) => [key, values[index] ?? null]));
  }),
  tonumber: orKept(toNumber),
  toset: orKept((value, place) => {
    const items = toList(value, place);
    return items.some((item) => isList(item) || isMap(item)) ? items : setOf(items, place);
  }),
  tostring: orKept(toText),
};
