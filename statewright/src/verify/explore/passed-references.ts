import { objectOf } from '../../asl/graph';
import type { Needs } from './needs';
import { isPath, jsonPathReferences, MISSING, type Reference } from './references';

/**
 * What is needed of the documents that a payload template reads, for what is needed of its value: a member that is
 * nothing but a path passes its needs on.
 */
export function passedReferences(template: unknown, root: 'input' | 'result', needs: Needs): Reference[] {
  return Object.entries(objectOf(template) ?? {}).flatMap(([name, value]) => {
    const { inside } = needs.split([name.replace(/\.\$$/, '')]);
    if (!name.endsWith('.$')) return passedReferences(value, root, inside);
    if (typeof value !== 'string' || !isPath(value)) return [];
    return jsonPathReferences(value, root).flatMap(({ of, path }) =>
      [...inside].map((need) => ({
        of,
        path: [...path, ...need.path],
        // The template fails without it.
        values: need.values.filter((each) => each !== MISSING),
      })),
    );
  });
}
