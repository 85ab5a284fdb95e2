import { fieldAt, itemAt } from '../../../asl/location';
import { isArray, isObject, type Json, type JsonObject, setMember } from '../json';
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
 * @throws JsonataSyntaxError
 */
export function compileJsonata(value: Json, location: string, expected?: JsonType): JsonataEvaluator {
  const source = expressionOf(value);
  if (source !== undefined && expected !== undefined) return compileTyped(source, location, expected);
  return compilePart(value, location) ?? (() => value);
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
function compilePart(value: Json, location: string): JsonataEvaluator | undefined {
  const source = expressionOf(value);
  if (source !== undefined) return compileExpression(source, location);
  if (isArray(value)) {
    const items = value.map((item, index) => compilePart(item, itemAt(location, index)));
    return items.some(Boolean) ? (scope) => settle(value, items, scope, (values) => values) : undefined;
  }
  return isObject(value) ? compileMembers(value, location) : undefined;
}

function compileMembers(value: JsonObject, location: string): JsonataEvaluator | undefined {
  const keys = Object.keys(value);
  const members = keys.map((key) => compilePart(value[key] as Json, fieldAt(location, key)));
  if (!members.some(Boolean)) return undefined;
  const constants = Object.values(value);
  return (scope) =>
    settle(constants, members, scope, (values) => {
      const result: Record<string, Json> = {};
      for (const [index, key] of keys.entries()) setMember(result, key, values[index] as Json);
      return result;
    });
}

/** Evaluates the parts one after the other; synchronous until the first part that returns a promise. */
function settle(
  constants: readonly Json[],
  parts: readonly (JsonataEvaluator | undefined)[],
  scope: JsonataScope,
  build: (values: readonly Json[]) => Json,
): Json | Promise<Json> {
  const evaluate = (index: number) => parts[index]?.(scope);
  const values: Json[] = [];
  for (let index = 0; index < parts.length; index++) {
    const value = evaluate(index);
    if (value instanceof Promise) return finish(value, index);
    values.push(value === undefined ? (constants[index] as Json) : value);
  }
  return build(values);

  async function finish(pending: Promise<Json>, from: number): Promise<Json> {
    values.push(await pending);
    for (let index = from + 1; index < parts.length; index++) {
      const value = await evaluate(index);
      values.push(value === undefined ? (constants[index] as Json) : value);
    }
    return build(values);
  }
}
