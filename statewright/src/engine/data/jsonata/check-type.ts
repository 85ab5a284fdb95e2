import { QueryEvaluationError } from '../errors';
import { isArray, isNumber, type Json, stringifyJson } from '../json';

/** The type that a field expects of its expression's result. */
export type JsonType = 'array' | 'object' | 'string' | 'number' | 'integer' | 'boolean';

/** Returns the value. @throws QueryEvaluationError when it has another type */
export function checkType(value: Json, expected: JsonType, source: string, location: string): Json {
  const actual = typeOf(value);
  if (actual === expected) return value;
  if (expected === 'integer' && isNumber(value) && Number.isInteger(Number(value))) return value;
  throw new QueryEvaluationError(
    `The JSONata expression '${source}' specified for the field '${location}' returned an unexpected result type. Expected '${expected}', but was '${actual}' for value: ${stringifyJson(value)}`,
    location,
  );
}

function typeOf(value: Json): string {
  if (value === null) return 'null';
  if (isArray(value)) return 'array';
  return isNumber(value) ? 'number' : typeof value;
}
