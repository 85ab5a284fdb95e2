import { objectOf } from '../../asl/graph';
import { examplesOf } from './documents';
import { jsonataReferences } from './jsonata-references';
import type { Needs } from './needs';
import { isPath, jsonPathReferences, MISSING, type Path, type Reference } from './references';

/** Merges two objects: either may have what is needed of the result. */
const MERGE = /^\s*States\.JsonMerge\(/;
/** Parse the text at a path, and nothing else. */
const PARSED = /^\s*States\.StringToJson\(\s*\$[^,()]*\)\s*$/;
const PARSED_EXPRESSION = /^\{%\s*\$parse\(\s*(\$[\w.[\]'"-]+)\s*\)\s*%\}$/;

/**
 * What is needed of the documents that a payload template reads, for what is needed of its value: a member that is
 * nothing but a path passes its needs on.
 */
export function passedReferences(template: unknown, root: 'input' | 'result', needs: Needs): Reference[] {
  return Object.entries(objectOf(template) ?? {}).flatMap(([name, value]) => {
    const { inside } = needs.split([name.replace(/\.\$$/, '')]);
    if (!name.endsWith('.$')) return passedReferences(value, root, inside);
    if (typeof value !== 'string') return [];
    if (PARSED.test(value)) return parsed(jsonPathReferences(value, root), inside);
    if (!isPath(value) && !MERGE.test(value)) return [];
    return jsonPathReferences(value, root).flatMap(({ of, path }) =>
      [...inside].map((need) => ({
        of,
        path: path.includes('*') ? [...path, ...ofItem(need.path)] : [...path, ...need.path],
        // The template fails without the value itself.
        values: need.path.length === 0 ? need.values.filter((each) => each !== MISSING) : need.values,
      })),
    );
  });
}

/** A path with `*` finds items: what is needed of an item of its list is needed of each. */
const ofItem = (path: Path): Path => (/^(?:\*|\d+)$/.test(path[0] ?? '') ? path.slice(1) : path);

/** What is needed of parsed JSON, as texts. */
function parsed(references: readonly Reference[], needs: Needs): Reference[] {
  return needs.size === 0 ? [] : references.map(({ of, path }) => ({ of, path, values: examplesOf(needs) }));
}

/** The same for a value with JSONata expressions: one that is nothing but a reference passes its needs on. */
export function passedExpressions(value: unknown, needs: Needs): Reference[] {
  const members = objectOf(value);
  if (members !== undefined) {
    return Object.entries(members).flatMap(([name, member]) =>
      passedExpressions(member, needs.split([name]).inside),
    );
  }
  const [, text] = (typeof value === 'string' && PARSED_EXPRESSION.exec(value)) || [];
  if (text !== undefined) return parsed(jsonataReferences(text), needs);
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

/** Whether an Output merges something into the input of its state. */
export const mergesInput = (output: unknown): boolean =>
  typeof output === 'string' && /\$merge\(\s*\[\s*\$states\.input\b/.test(output);
