import { createHash } from 'node:crypto';
import { basename, dirname } from 'node:path';
import { invalidJson } from '../json-fault';
import { ExpressionError } from './errors';
import { isList, isMap, toBoolean, toList, toMap, toNumber, toText, typeName, type Value } from './value';

/** The context of functions that read files. */
export interface FunctionContext {
  /** The bytes of a file, by its path from the stack's folder; undefined when it does not exist. */
  readonly readFile: (path: string) => Uint8Array | undefined;
}

type Function = (values: readonly Value[], place: string, context: FunctionContext) => Value;

/** A function of one text. */
const ofText =
  (compute: (text: string) => Value): Function =>
  ([value = null], place) =>
    compute(toText(value, place));

/** A function of the bytes of a file, by its path. */
const ofFile =
  (compute: (bytes: Uint8Array) => Value): Function =>
  ([path = null], place, { readFile }) => {
    const bytes = readFile(toText(path, place));
    if (!bytes) throw new ExpressionError(place, `the file ${path} does not exist`);
    return compute(bytes);
  };

const hash =
  (algorithm: string, encoding: 'hex' | 'base64') =>
  (data: string | Uint8Array): string =>
    createHash(algorithm).update(data).digest(encoding);

const base64 = (data: string | Uint8Array) => Buffer.from(data).toString('base64');
const utf8 = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8');

/** The supported functions of Terraform by name (Terraform documentation, "Built-in Functions"). */
export const functions: Readonly<Record<string, Function>> = {
  // Text
  format: ([template = null, ...values], place) => format(toText(template, place), values, place),
  join: ([separator = null, ...lists], place) =>
    lists
      .flatMap((list) => toList(list, place))
      .map((item) => toText(item, place))
      .join(toText(separator, place)),
  lower: ofText((text) => text.toLowerCase()),
  replace: ([text = null, search = null, replacement = null], place) => {
    if (/^\/.*\/$/.test(toText(search, place)))
      throw new ExpressionError(place, 'replace() does not support a /pattern/ here');
    return toText(text, place).replaceAll(toText(search, place), () => toText(replacement, place));
  },
  split: ([separator = null, text = null], place) => toText(text, place).split(toText(separator, place)),
  trimprefix: ([text = null, prefix = null], place) => {
    const [whole, start] = [toText(text, place), toText(prefix, place)];
    return whole.startsWith(start) ? whole.slice(start.length) : whole;
  },
  trimspace: ofText((text) => text.trim()),
  trimsuffix: ([text = null, suffix = null], place) => {
    const [whole, end] = [toText(text, place), toText(suffix, place)];
    return end && whole.endsWith(end) ? whole.slice(0, -end.length) : whole;
  },
  upper: ofText((text) => text.toUpperCase()),

  // Collections
  concat: (lists, place) => lists.flatMap((list) => toList(list, place)),
  contains: ([list = null, item = null], place) => toList(list, place).includes(item),
  element: ([list = null, index = null], place) => {
    const items = toList(list, place);
    const item = items[toNumber(index, place) % items.length];
    if (item === undefined) throw new ExpressionError(place, 'element() needs a list that is not empty');
    return item;
  },
  keys: ([map = null], place) => Object.keys(toMap(map, place)).sort(),
  length: ([value = null], place) => {
    if (isList(value)) return value.length;
    return isMap(value) ? Object.keys(value).length : [...toText(value, place)].length;
  },
  lookup: ([map = null, key = null, otherwise], place) => {
    const found = toMap(map, place)[toText(key, place)] ?? otherwise;
    if (found === undefined)
      throw new ExpressionError(place, `lookup() did not find the key ${JSON.stringify(key)}`);
    return found;
  },
  merge: (maps, place) =>
    Object.assign({}, ...maps.filter((map) => map !== null).map((map) => toMap(map, place))),
  values: ([map = null], place) =>
    Object.entries(toMap(map, place))
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([, value]) => value),

  // Types
  coalesce: (values, place) => {
    const found = values.find((value) => value !== null && value !== '');
    if (found === undefined) throw new ExpressionError(place, 'coalesce() found only null and ""');
    return found;
  },
  tobool: ([value = null], place) => value && toBoolean(value, place),
  tolist: ([value = null], place) => toList(value, place),
  tomap: ([value = null], place) => toMap(value, place),
  tonumber: ([value = null], place) => (value === null ? null : toNumber(value, place)),
  toset: ([value = null], place) => [...new Set(toList(value, place))].sort(),
  tostring: ([value = null], place) => (value === null ? null : toText(value, place)),
  nonsensitive: ([value = null]) => value,
  sensitive: ([value = null]) => value,

  // Encoding
  base64decode: ofText((text) => Buffer.from(text, 'base64').toString('utf8')),
  base64encode: ofText(base64),
  base64sha256: ofText(hash('sha256', 'base64')),
  jsondecode: ([text = null], place) => {
    const json = toText(text, place);
    const problem = invalidJson('the argument of jsondecode()', json);
    if (problem) throw new ExpressionError(place, problem);
    return JSON.parse(json);
  },
  jsonencode: ([value = null]) => jsonEncode(value),
  md5: ofText(hash('md5', 'hex')),
  sha256: ofText(hash('sha256', 'hex')),

  // Files
  basename: ofText((path) => basename(path)),
  dirname: ofText((path) => dirname(path)),
  file: ofFile(utf8),
  filebase64: ofFile(base64),
  filebase64sha256: ofFile(hash('sha256', 'base64')),
  filemd5: ofFile(hash('md5', 'hex')),
  filesha256: ofFile(hash('sha256', 'hex')),
};

/** As Terraform does it: sorted, without white space, and with HTML's special characters escaped. */
function jsonEncode(value: Value): string {
  const sorted = (inner: Value): Value =>
    isList(inner)
      ? inner.map(sorted)
      : isMap(inner)
        ? Object.fromEntries(
            Object.entries(inner)
              .sort(([a], [b]) => (a < b ? -1 : 1))
              .map(([k, v]) => [k, sorted(v)]),
          )
        : inner;
  return JSON.stringify(sorted(value)).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Supports the verbs %s, %d, %v and %%. */
function format(template: string, values: readonly Value[], place: string): string {
  const rest = [...values];
  return template.replace(/%(.?)/g, (verb, letter) => {
    if (letter === '%') return '%';
    const value = rest.shift();
    if (value === undefined) throw new ExpressionError(place, `format() has no value for ${verb}`);
    if (letter === 'd') return String(toNumber(value, place));
    if (letter === 's' || (letter === 'v' && !isList(value) && !isMap(value))) return toText(value, place);
    throw new ExpressionError(place, `format() does not support ${verb} for ${typeName(value)} here`);
  });
}
