import { ExpressionError } from './errors';
import {
  entriesOf,
  isList,
  isMap,
  toNumber,
  toText,
  typeName,
  Unknown,
  type Value,
  type ValueMap,
} from './value';

/** An instance of a block: what its expressions can refer to. */
export interface Instance {
  /** In the block's address: `["a"]` or `[0]`. Undefined for the only one of a block without `for_each` and `count`. */
  readonly key?: string | number;
  /** `each` or `count`. */
  readonly names: ValueMap;
}

/**
 * The instances of a block with `for_each` or `count`; undefined when AWS decides how many there are.
 *
 * @throws ExpressionError
 */
export function instancesOf(
  { forEach, count }: { readonly forEach?: Value | undefined; readonly count?: Value | undefined },
  place: string,
): Instance[] | undefined {
  if (forEach !== undefined) {
    return eachOf(forEach, `${place}.for_each`)?.map(([key, value]) => ({
      key,
      names: { each: { key, value } },
    }));
  }
  if (count === undefined) return [{ names: {} }];
  if (count instanceof Unknown) return undefined;
  const number = toNumber(count, `${place}.count`);
  return Array.from({ length: number }, (_, index) => ({ key: index, names: { count: { index } } }));
}

/** The keys and values of an object; in a set, each text is both. Undefined when they are not known. */
function eachOf(value: Value, place: string): [key: string, value: Value][] | undefined {
  if (value instanceof Unknown) return undefined;
  if (isMap(value)) return entriesOf(value);
  if (!isList(value)) throw new ExpressionError(place, `expected a map or a set, found ${typeName(value)}`);
  if (value.some((item) => item instanceof Unknown)) return undefined;
  return value.map((item) => [toText(item, place), item]);
}
