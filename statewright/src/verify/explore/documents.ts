import { isObject } from '../../is-object';
import type { Needs } from './needs';
import { ANY_JSON, MISSING, type Path } from './references';

/** The most examples of one input or result: each one more takes another way through a Choice. */
const MAX_EXAMPLES = 8;

/** Documents with the members that are needed, as JSON text: the usual one, and others with one other value each. */
export function examplesOf(needs: Needs): string[] {
  const usual = JSON.stringify(documentOf(needs));
  const others = [...needs].flatMap(({ path, values }) =>
    values
      .filter((value) => value !== usualOf(values) && value !== ANY_JSON)
      .map((value) => JSON.stringify(documentOf(needs, { path, value }))),
  );
  return [...new Set([usual, ...others])].slice(0, MAX_EXAMPLES);
}

function documentOf(needs: Needs, other?: { readonly path: Path; readonly value: unknown }): unknown {
  let document: unknown = {};
  const sorted = [...needs].sort((a, b) => a.path.length - b.path.length);
  const parents = new Set(sorted.flatMap(({ path }) => path.map((_, i) => JSON.stringify(path.slice(0, i)))));
  for (const { path, values } of sorted) {
    const isOther = other !== undefined && samePath(path, other.path);
    const usual = usualOf(values);
    const isObjectOrList = path.at(-1) === '*' || path.length === 0 || parents.has(JSON.stringify(path));
    const fallback = isObjectOrList ? {} : 'example';
    const value = isOther ? other.value : usual === undefined ? fallback : usual;
    if (value !== MISSING) document = withValue(document, path, value);
  }
  return document;
}

/** The first value: a member is left out only in another example. */
const usualOf = (values: readonly unknown[]): unknown =>
  values.find((value) => value !== MISSING && value !== ANY_JSON) ??
  values.find((value) => value !== MISSING);

const samePath = (a: Path, b: Path): boolean => a.length === b.length && a.every((name, i) => b[i] === name);

/** The document with a value at a path; an object or a list that is already there stays. */
function withValue(document: unknown, path: Path, value: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) {
    const hasMembers = typeof document === 'object' && document !== null;
    return value === undefined ||
      (hasMembers && Object.keys(document).length > 0 && typeof value !== 'object')
      ? (document ?? {})
      : value;
  }
  const isList = first === '*' || /^\d$/.test(first);
  // Another state reads members of it: an example is an object or a list, not both.
  if (isList && isObject(document) && Object.keys(document).length > 0) return document;
  if (isList) {
    const list = Array.isArray(document) ? [...document] : [];
    const index = first === '*' ? 0 : Number(first);
    for (let i = 0; i < index; i++) list[i] ??= {};
    list[index] = withValue(list[index], rest, value);
    return list;
  }
  const members =
    typeof document === 'object' && document !== null && !Array.isArray(document) ? document : {};
  return { ...members, [first]: withValue((members as Record<string, unknown>)[first], rest, value) };
}
