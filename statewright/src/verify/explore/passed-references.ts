import { objectOf } from '../../asl/graph';
import type { Needs } from './needs';
import { isPath, jsonataReferences, jsonPathReferences, MISSING, type Reference } from './references';

/** What is needed of the merged object, each of the two may have. */
const MERGE = /^\s*States\.JsonMerge\(/;

/**
 * What is needed of the documents that a payload template reads, for what is needed of its value: a member that is
 * nothing but a path passes its needs on.
 */
export function passedReferences(template: unknown, root: 'input' | 'result', needs: Needs): Reference[] {
  return Object.entries(objectOf(template) ?? {}).flatMap(([name, value]) => {
    const { inside } = needs.split([name.replace(/\.\$$/, '')]);
    if (!name.endsWith('.$')) return passedReferences(value, root, inside);
    if (typeof value !== 'string' || !(isPath(value) || MERGE.test(value))) return [];
    return jsonPathReferences(value, root).flatMap(({ of, path }) =>
      [...inside].map((need) => ({
        of,
        path: [...path, ...need.path],
        // The template fails without the value itself.
        values: need.path.length === 0 ? need.values.filter((each) => each !== MISSING) : need.values,
      })),
    );
  });
}

/** The same for a value with JSONata expressions: one that is nothing but a reference passes its needs on. */
export function passedExpressions(value: unknown, needs: Needs): Reference[] {
  const members = objectOf(value);
  if (members !== undefined) {
    return Object.entries(members).flatMap(([name, member]) =>
      passedExpressions(member, needs.split([name]).inside),
    );
  }
  const whole = wholeReference(value);
  if (whole === undefined) return [];
  return [...needs].map(({ path, values }) => ({ of: whole.of, path: [...whole.path, ...path], values }));
}

/** A JSONata expression that is nothing but a reference. */
export function wholeReference(value: unknown): Pick<Reference, 'of' | 'path'> | undefined {
  if (typeof value !== 'string') return undefined;
  const [, inner = ''] = /^\{%\s*(\$\w[\w.[\]'"-]*)\s*%\}$/.exec(value) ?? [];
  return jsonataReferences(inner)[0];
}
