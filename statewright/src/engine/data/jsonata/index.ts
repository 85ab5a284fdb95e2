import { fieldAt, itemAt } from '../../../asl/location';
import { isArray, isObject, type Json, type JsonObject, setMember } from '../json';
import { compiledNow, evaluateParts, type Lazily } from '../parts';
import type { JsonataScope } from '../scope';
import { checkType, type JsonType } from './check-type';
import { compileExpression } from './expression';

export type { JsonType } from './check-type';

/** Evaluates a field. It returns the value itself, not a promise, when no real evaluation is needed. */
export type JsonataEvaluator = (scope: JsonataScope) => Json | Promise<Json>;

/**
 * Compiles a field of a JSONata state: every string `{% … %}` in its value, however deep, is an expression. The
 * evaluator throws, or rejects with, a `QueryEvaluationError`.
 * @param location the field, such as `Arguments` or `Choices[0]/Condition`; parts of it are named `Arguments/list[0]`
 * @param expected checked when the whole field is one expression
 * @param lazily how the expressions inside are compiled (default: now)
 * @throws JsonataSyntaxError
 */
export function compileJsonata(
  value: Json,
  location: string,
  expected?: JsonType,
  lazily: Lazily = compiledNow,
): JsonataEvaluator {
  const source = expressionOf(value);
  if (source !== undefined && expected !== undefined) return compileTyped(source, location, expected);
  return compilePart(value, location, lazily) ?? (() => value);
}

/** The text between `{%` and `%}`, if the value is an expression. */
function expressionOf(value: Json): string | undefined {
  if (typeof value !== 'string' || !value.startsWith('{%') || !value.endsWith('%}')) return undefined;
  return value.slice(2, -2).trim();
}

function compileTyped(source: string, location: string, expected: JsonType): JsonataEvaluator {
  const evaluate = compileExpression(source, location);
  const checked = (value: Json) => checkType(value, expected, source, location);
  return (scope) => {
    const value = evaluate(scope);
    return value instanceof Promise ? value.then(checked) : checked(value);
  };
}

/** Undefined for a part without an expression. */
function compilePart(value: Json, location: string, lazily: Lazily): JsonataEvaluator | undefined {
  const source = expressionOf(value);
  if (source !== undefined) {
    const evaluator = lazily(() => compileExpression(source, location));
    return (scope) => evaluator()(scope);
  }
  if (isArray(value)) {
    const items = value.map((item, index) => compilePart(item, itemAt(location, index), lazily));
    return items.some(Boolean)
      ? (scope) => evaluateParts(value, items, scope, (values) => values)
      : undefined;
  }
  return isObject(value) ? compileMembers(value, location, lazily) : undefined;
}

function compileMembers(value: JsonObject, location: string, lazily: Lazily): JsonataEvaluator | undefined {
  const keys = Object.keys(value);
  const members = keys.map((key) => compilePart(value[key] as Json, fieldAt(location, key), lazily));
  if (!members.some(Boolean)) return undefined;
  const constants = Object.values(value);
  return (scope) =>
    evaluateParts(constants, members, scope, (values) => {
      const result: Record<string, Json> = {};
      for (const [index, key] of keys.entries()) setMember(result, key, values[index] as Json);
      return result;
    });
}
