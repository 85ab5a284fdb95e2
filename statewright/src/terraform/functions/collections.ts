import { compareText } from '../../compare-text';
import { ExpressionError } from '../errors';
import {
  entriesOf,
  isList,
  isMap,
  toBoolean,
  toList,
  toMap,
  toNumber,
  toText,
  Unknown,
  type Value,
} from '../value';
import { type Functions, identity, listIn, ofOneType } from './function';
import { charactersOf } from './text';

const unique = (items: readonly Value[]): Value[] => [
  ...new Map(items.map((item) => [identity(item), item])).values(),
];

/** The elements of a set, sorted as Terraform does. */
export function setOf(items: readonly Value[], place: string): Value[] {
  const texts = unique(ofOneType(items, place));
  const isNumeric = texts.every((item) => typeof item === 'number');
  return texts.sort((a, b) =>
    isNumeric ? Number(a) - Number(b) : compareText(sortKey(a, place), sortKey(b, place)),
  );
}

const sortKey = (value: Value, place: string) =>
  typeof value === 'object' && !(value instanceof Unknown) ? identity(value) : toText(value, place);

const includes = (list: readonly Value[], item: Value) =>
  list.some((each) => identity(each) === identity(item));

/** The lists and the items inside items that are lists, at any depth. */
const flatten = (list: readonly Value[], place: string): readonly Value[] =>
  list.flatMap((item) => {
    const inner = listIn(item, place);
    return inner ? flatten(inner, place) : [item];
  });

/** Each combination of one element of each list, in the order of the lists. */
const product = (lists: readonly (readonly Value[])[]): Value[][] =>
  lists.reduce<Value[][]>((rows, list) => rows.flatMap((row) => list.map((item) => [...row, item])), [[]]);

/** Terraform documentation, "Collection Functions". */
export const collectionFunctions: Functions = {
  alltrue: ([list = null], place) =>
    toList(list, place).every((item) => item !== null && toBoolean(item, place)),
  anytrue: ([list = null], place) =>
    toList(list, place).some((item) => item !== null && toBoolean(item, place)),
  chunklist: ([list = null, size = null], place) => {
    const items = toList(list, place);
    const length = toNumber(size, place) || Math.max(1, items.length);
    return Array.from({ length: Math.ceil(items.length / length) }, (_, index) =>
      items.slice(index * length, (index + 1) * length),
    );
  },
  coalesce: (values, place) => {
    const found = values.find((value) => value !== null && value !== '');
    if (found === undefined) throw new ExpressionError(place, 'coalesce() found only null and ""');
    return found;
  },
  coalescelist: (lists, place) => {
    const found = lists.find((list) => list !== null && toList(list, place).length > 0);
    if (found === undefined) throw new ExpressionError(place, 'coalescelist() found only empty lists');
    return found;
  },
  compact: ([list = null], place) => toList(list, place).filter((item) => item !== null && item !== ''),
  concat: (lists, place) => lists.flatMap((list) => toList(list, place)),
  contains: ([list = null, item = null], place) => includes(toList(list, place), item),
  distinct: ([list = null], place) => unique(ofOneType(toList(list, place), place)),
  element: ([list = null, index = null], place) => {
    const items = toList(list, place);
    const item = items[toNumber(index, place) % items.length];
    if (item !== undefined) return item;
    throw new ExpressionError(place, 'element() needs a list that is not empty, and an index from 0');
  },
  flatten: ([list = null], place) => flatten(toList(list, place), place),
  index: ([list = null, item = null], place) => {
    const found = toList(list, place).findIndex((each) => identity(each) === identity(item));
    if (found < 0) throw new ExpressionError(place, 'index() did not find the item');
    return found;
  },
  keys: ([map = null], place) => entriesOf(toMap(map, place)).map(([key]) => key),
  length: ([value = null], place) => {
    const plain = value instanceof Unknown ? value.plain(place) : value;
    if (isList(plain)) return plain.length;
    return isMap(plain) ? Object.keys(plain).length : charactersOf(toText(plain, place)).length;
  },
  lookup: ([map = null, key = null, otherwise], place) => {
    const name = toText(key, place);
    const found = map instanceof Unknown ? map.member(name) : toMap(map, place)[name];
    const value = found === undefined ? otherwise : found;
    if (value !== undefined) return value;
    throw new ExpressionError(place, `lookup() did not find the key ${JSON.stringify(key)}`);
  },
  matchkeys: ([values = null, keys = null, search = null], place) => {
    const names = toList(keys, place);
    const wanted = toList(search, place);
    return toList(values, place).filter((_, index) => includes(wanted, names[index] ?? null));
  },
  merge: (maps, place) =>
    Object.assign({}, ...maps.filter((map) => map !== null).map((map) => toMap(map, place))),
  one: ([list = null], place) => {
    const [only = null, ...more] = toList(list, place);
    if (more.length > 0) throw new ExpressionError(place, 'one() needs a list of at most one item');
    return only;
  },
  range: (values, place) => {
    const [first = 0, second, step] = values.map((value) => toNumber(value, place));
    const [start, limit] = second === undefined ? [0, first] : [first, second];
    const by = step ?? (limit < start ? -1 : 1);
    if (by === 0) throw new ExpressionError(place, 'range() needs a step that is not 0');
    const length = Math.max(0, Math.ceil((limit - start) / by));
    // Terraform documentation, "range Function".
    if (length > 1024) throw new ExpressionError(place, 'range() makes at most 1024 numbers');
    return Array.from({ length }, (_, index) => start + index * by);
  },
  reverse: ([list = null], place) => [...toList(list, place)].reverse(),
  setintersection: ([first = null, ...sets], place) =>
    setOf(toList(first, place), place).filter((item) =>
      sets.every((set) => includes(toList(set, place), item)),
    ),
  setproduct: (sets, place) => product(sets.map((set) => toList(set, place))),
  setsubtract: ([first = null, second = null], place) =>
    setOf(toList(first, place), place).filter((item) => !includes(toList(second, place), item)),
  setunion: (sets, place) =>
    setOf(
      sets.flatMap((set) => toList(set, place)),
      place,
    ),
  slice: ([list = null, start = null, end = null], place) => {
    const items = toList(list, place);
    const [from, to] = [toNumber(start, place), toNumber(end, place)];
    if (from < 0 || to > items.length || from > to)
      throw new ExpressionError(
        place,
        `slice() from ${from} to ${to} is outside of a list of ${items.length}`,
      );
    return items.slice(from, to);
  },
  sort: ([list = null], place) =>
    toList(list, place)
      .map((item) => toText(item, place))
      .sort(compareText),
  transpose: ([map = null], place) => {
    const result: Record<string, string[]> = {};
    for (const [key, list] of entriesOf(toMap(map, place))) {
      for (const item of toList(list, place)) {
        const name = toText(item, place);
        result[name] = [...(result[name] ?? []), key];
      }
    }
    return result;
  },
  values: ([map = null], place) => entriesOf(toMap(map, place)).map(([, value]) => value),
  zipmap: ([keys = null, values = null], place) => {
    const items = toList(values, place);
    return Object.fromEntries(
      toList(keys, place).map((key, index) => [toText(key, place), items[index] ?? null]),
    );
  },
};
