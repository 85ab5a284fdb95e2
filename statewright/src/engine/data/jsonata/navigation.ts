import { isArray, type Json, memberOf } from '../json';
import type { JsonataScope } from '../scope';
import { exactValue } from './values';

/** Where a walk ended; not final where only jsonata knows how to continue, such as through an array. */
export type Found =
  | { readonly isFinal: true; readonly value: Json | undefined }
  | { readonly isFinal: false };

const UNFINISHED: Found = { isFinal: false };

/** A node of jsonata's tree: the members that are read here. */
interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly steps?: readonly Node[];
}

/**
 * Most expressions only walk from a variable from field to field, as `$states.input.order.id` does: those need no
 * evaluation. Undefined for any other.
 */
export function compileNavigation(ast: unknown): ((scope: JsonataScope) => Found) | undefined {
  const node = ast as Node;
  const steps = node.type === 'path' && isPlain(node, ['type', 'steps']) ? (node.steps ?? []) : [node];
  const [start, ...fields] = steps;
  if (start?.type !== 'variable' || !isPlainStep(start) || start.value === '' || start.value === '$')
    return undefined;
  if (!fields.every((field) => field.type === 'name' && isPlainStep(field))) return undefined;
  const keys = fields.map((field) => String(field.value));
  const name = String(start.value);
  if (name === 'states')
    return keys.length === 0 ? undefined : (scope) => walk(scope.states[keys[0] as 'input'], keys, 1);
  return (scope) => {
    const value = scope.variables.get(name);
    // It can also be the name of a function.
    return value === undefined ? UNFINISHED : walk(value, keys, 0);
  };
}

function isPlainStep(node: Node): boolean {
  return isPlain(node, ['type', 'value', 'position']);
}

/** Whether the node has only these members, and no predicate, for example. */
function isPlain(node: Node, members: readonly string[]): boolean {
  return Object.keys(node).every((key) => members.includes(key));
}

function walk(start: Json | undefined, keys: readonly string[], from: number): Found {
  let value = start;
  for (let position = from; position < keys.length; position++) {
    if (isArray(value)) return UNFINISHED;
    value = memberOf(value, keys[position] as string);
  }
  return { isFinal: true, value: value === undefined ? undefined : exactValue(value) };
}
