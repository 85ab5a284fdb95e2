import { isObject } from '../../is-object';
import type { Needs } from './needs';
import { ANY_JSON, MISSING, type Path } from './references';

/** The most examples of one input or result: each one more takes another way through a Choice. */
const MAX_EXAMPLES = 8;

/** Documents with the members that are needed, as JSON text: the usual one, and others with one other value each. */
export function examplesOf(needs: Needs): string[] {
  const others = othersOf(needs).map((other) => documentOf(needs, [other]));
  return [...new Set([documentOf(needs), ...others])].slice(0, MAX_EXAMPLES);
}

/**
 * Two items in each list, since JSONata makes one item of a list of one; then the same as above without a limit, and
 * documents with two other values.
 */
export function* moreExamplesOf(needs: Needs): Iterable<string> {
  yield JSON.stringify(
    JSON.parse(documentOf(needs), (_, value) => (Array.isArray(value) ? [...value, ...value] : value)),
  );
  const others = othersOf(needs);
  for (const other of others) yield documentOf(needs, [other]);
  for (const [index, first] of others.entries()) {
    for (const second of others.slice(index + 1))
      if (!samePath(first.path, second.path)) yield documentOf(needs, [first, second]);
  }
}

/** A member with another value than the usual one. */
interface Other {
  readonly path: Path;
  readonly value: unknown;
}

const othersOf = (needs: Needs): Other[] =>
  [...needs].flatMap(({ path, values }) =>
    values
      .filter((value) => value !== usualOf(values) && value !== ANY_JSON)
      .map((value) => ({ path, value })),
  );

function documentOf(needs: Needs, others: readonly Other[] = []): string {
  let document: unknown = {};
  const sorted = [...needs].sort((a, b) => a.path.length - b.path.length);
  const parents = new Set(sorted.flatMap(({ path }) => path.map((_, i) => JSON.stringify(path.slice(0, i)))));
  for (const { path, values } of sorted) {
    const other = others.find((each) => samePath(path, each.path));
    const usual = usualOf(values);
    const isObjectOrList = path.at(-1) === '*' || path.length === 0 || parents.has(JSON.stringify(path));
    const fallback = isObjectOrList ? {} : 'example';
    const value = other ? other.value : usual === undefined ? fallback : usual;
    if (value !== MISSING) document = withValue(document, path, value);
  }
  return JSON.stringify(document);
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
