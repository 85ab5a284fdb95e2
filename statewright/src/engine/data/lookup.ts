import type { JsonPath, PathRoot } from '../../asl/json-path';
import type { Json } from './json';
import type { EvaluationScope } from './scope';
import { compileSelector } from './select';

/** Evaluates a field in a scope. */
export type Evaluator = (scope: EvaluationScope) => Json;

/** As `Evaluator`; `undefined` means that nothing was found. */
export type Lookup = (scope: EvaluationScope) => Json | undefined;

/** The document that a path starts from. */
export function documentOf(root: PathRoot, scope: EvaluationScope): Json | undefined {
  if (root.kind === 'input') return scope.input.value;
  return root.kind === 'context' ? scope.context : scope.variables.get(root.name);
}

/** Compiles a parsed path. */
export function compilePathLookup(path: JsonPath): Lookup {
  const select = compileSelector(path);
  const { root } = path;
  if (root.kind === 'input') return (scope) => select(scope.input.value);
  return (scope) => select(documentOf(root, scope));
}
