import {
  isReferencePath,
  type JsonPath,
  JsonPathSyntaxError,
  type PathSegment,
  parseJsonPath,
} from '../../asl/json-path';
import { ReferencePathConflictError } from './errors';
import { isArray, isObject, type Json, memberOf, stringifyJson, withMember } from './json';

/** Returns `document` with `value` at the path; neither is changed. */
export type Writer = (document: Json, value: Json) => Json;

/**
 * Compiles a reference path for writing (`ResultPath`). `$` replaces the document; missing fields along the path
 * are created. The writer throws a `ReferencePathConflictError` when the path does not fit the document.
 * @throws JsonPathSyntaxError also when the path is not a reference path
 */
export function compileReferencePath(text: string): Writer {
  const path = parseJsonPath(text);
  if (!isReferencePath(path) || path.root.kind !== 'input') {
    throw new JsonPathSyntaxError('Not a Reference Path, which has only field names and indexes,', text, 0);
  }
  const keys = path.segments.map(keyOf);
  return (document, value) => {
    const written = writeAt(document, keys, 0, value);
    if (written === undefined) throw conflict(path, document);
    return written;
  };
}

function keyOf(segment: PathSegment): string | number {
  const key =
    segment.kind === 'child' ? segment.names[0] : segment.kind === 'index' ? segment.indexes[0] : undefined;
  return key as string | number;
}

function writeAt(
  document: Json | undefined,
  keys: readonly (string | number)[],
  depth: number,
  value: Json,
): Json | undefined {
  const key = keys[depth];
  if (key === undefined) return value;
  if (typeof key === 'number') {
    if (!isArray(document) || key >= document.length) return undefined;
    const item = writeAt(document[key], keys, depth + 1, value);
    return item === undefined ? undefined : document.with(key, item);
  }
  if (document !== undefined && !isObject(document)) return undefined;
  const member = writeAt(memberOf(document, key), keys, depth + 1, value);
  return member === undefined ? undefined : withMember(document ?? {}, key, member);
}

function conflict(path: JsonPath, document: Json): ReferencePathConflictError {
  return new ReferencePathConflictError(
    `Unable to apply ReferencePath ${path.text} to input ${stringifyJson(document)}`,
  );
}
