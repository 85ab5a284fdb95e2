import { isIntrinsic, parseIntrinsic } from '../../asl/intrinsic';
import { type JsonPath, parseJsonPath } from '../../asl/json-path';
import { PathEvaluationError, pathIntoNullError, ReferencePathConflictError } from './errors';
import { compileIntrinsic } from './intrinsics';
import { isArray } from './json';
import { compilePathLookup, documentOf, type Evaluator, type Lookup } from './lookup';
import { explainMiss, isPathIntoNull, quotedDocument } from './miss';
import type { EvaluationScope } from './scope';

/**
 * Compiles a path (`$.a`, `$$.Execution.Id`, `$variable.b`) or an intrinsic function into a lookup: for the fields and
 * the Choice rules that have their own message for a missing value.
 * @throws JsonPathSyntaxError, IntrinsicSyntaxError
 */
export function compileLookup(text: string): Lookup {
  return isIntrinsic(text)
    ? compileIntrinsic(parseIntrinsic(text), text)
    : compilePathLookup(parseJsonPath(text));
}

/**
 * Compiles the path or the intrinsic function of a field. The evaluator throws a `PathEvaluationError` (or, for
 * `ItemsPath`, a `ReferencePathConflictError`) in AWS's words for that field when the path finds nothing, and an
 * `IntrinsicError` when the function's arguments are invalid.
 * @throws JsonPathSyntaxError, IntrinsicSyntaxError
 */
export function compilePath(text: string, field: string): Evaluator {
  if (isIntrinsic(text)) return compileIntrinsic(parseIntrinsic(text), text);
  const path = parseJsonPath(text);
  const lookup = compilePathLookup(path);
  return (scope) => {
    const value = lookup(scope);
    if (value === undefined) throw missError(path, field, scope);
    return value;
  };
}

function missError(path: JsonPath, field: string, scope: EvaluationScope): Error {
  if (field === 'ItemsPath') return conflictError(path, scope);
  if (isPathIntoNull(path, scope)) return pathIntoNullError();
  if (field === 'InputPath' || field === 'OutputPath') {
    return new PathEvaluationError(
      `Invalid path '${path.text}' : ${explainMiss(path, documentOf(path.root, scope))}`,
    );
  }
  return new PathEvaluationError(
    `The JSONPath '${path.text}' specified for the field '${field}' could not be found in the input '${quotedDocument(path, scope)}'`,
  );
}

/** For a reference path, the error names the step that does not fit. */
function conflictError(path: JsonPath, scope: EvaluationScope): Error {
  const step = path.segments.at(-1);
  const name = step?.kind === 'child' ? step.names[0] : step?.kind === 'index' ? step.indexes[0] : path.text;
  return new ReferencePathConflictError(
    `Unable to apply step "${name}" to input ${quotedDocument(path, scope)}`,
  );
}

/**
 * Compiles the path of a payload template's field. It differs from other fields when an index is beyond an array's
 * end: AWS returns null.
 */
export function compileTemplatePath(text: string, field: string): Evaluator {
  if (isIntrinsic(text)) return compileIntrinsic(parseIntrinsic(text), text);
  const path = parseJsonPath(text);
  if (path.segments.at(-1)?.kind !== 'index') return compilePath(text, field);
  const lookup = compilePathLookup(path);
  const array = compilePathLookup({ ...path, segments: path.segments.slice(0, -1) });
  return (scope) => {
    const value = lookup(scope);
    if (value !== undefined) return value;
    if (isArray(array(scope))) return null;
    throw missError(path, field, scope);
  };
}
