/** Says why a path found nothing, in AWS's words. */
import { isDefinitePath, type JsonPath, printJsonPath, printSegment } from '../../asl/json-path';
import { isArray, isObject, type Json, stringifyJson } from './json';
import type { EvaluationScope } from './scope';
import { compileSelector } from './select';

/** The text that errors quote as the input: `$` unchanged; for `$$` the context object. */
export function quotedDocument(path: JsonPath, scope: EvaluationScope): string {
  return path.root.kind === 'context' ? stringifyJson(scope.context) : scope.input.text;
}

/** AWS rejects a path into `null` before it evaluates the path. */
export function isPathIntoNull(path: JsonPath, scope: EvaluationScope): boolean {
  return path.root.kind === 'input' && path.segments.length > 0 && scope.input.value === null;
}

/** The step at which a definite path fails in `document`, as Jayway JsonPath reports it. */
export function explainMiss(path: JsonPath, document: Json | undefined): string {
  const whole = printJsonPath({ ...path, root: { kind: 'input' } });
  let value = document;
  let at = '$';
  for (const [position, segment] of path.segments.entries()) {
    const fragment = printSegment(segment);
    if (segment.kind === 'child' && !isObject(value)) return `Property ${fragment} not found in path ${at}`;
    if ((segment.kind === 'index' || segment.kind === 'slice') && !isArray(value))
      return nonArrayMessage(fragment, value);
    const next: Json | undefined = compileSelector({ segments: [segment] })(value);
    at += fragment;
    if (next === undefined) {
      const isInner = segment.kind === 'child' && position < path.segments.length - 1;
      return isInner ? `Missing property in path ${at}` : `No results for path: ${whole}`;
    }
    value = next;
  }
  return `No results for path: ${whole}`;
}

function nonArrayMessage(fragment: string, value: Json | undefined): string {
  const context = value === undefined ? 'null' : stringifyJson(value);
  return `Filter: ${fragment} can only be applied to arrays. Current context is: ${context}`;
}

/** Whether a definite path fails because it indexes something that is not an array. */
export function indexesNonArray(path: JsonPath, document: Json | undefined): boolean {
  return isDefinitePath(path) && explainMiss(path, document).startsWith('Filter: ');
}
