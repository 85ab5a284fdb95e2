import type { MaybePromise } from '../maybe-promise';
import { InvalidTemplateError } from './errors';
import { hashOfString, inHashMapOrder } from './java';
import { isArray, isObject, type Json, type JsonArray, type JsonObject, setMember } from './json';
import type { Evaluator } from './lookup';
import { compiledNow, evaluateParts, type Lazily, type PartEvaluator } from './parts';
import { compileTemplatePath } from './path';
import type { EvaluationScope } from './scope';

/** Fills a template. A promise only where others must have their turn in between. */
export type TemplateEvaluator = (scope: EvaluationScope) => MaybePromise<Json>;

/**
 * Compiles a payload template (Parameters, ItemSelector, ResultSelector and Assign of a JSONPath state): a member whose
 * name ends in `.$` takes the value of its path or intrinsic function. A part without such members stays unchanged.
 * @param lazily how the paths are compiled (default: now)
 * @throws InvalidTemplateError, JsonPathSyntaxError, IntrinsicSyntaxError
 */
export function compileTemplate(template: Json, lazily: Lazily = compiledNow): TemplateEvaluator {
  return compileDynamic(template, lazily) ?? (() => template);
}

type Part = PartEvaluator<EvaluationScope>;

/** Undefined for a constant part. */
function compileDynamic(template: Json, lazily: Lazily): Part {
  if (isArray(template)) return compileArray(template, lazily);
  return isObject(template) ? compileObject(template, lazily) : undefined;
}

function compileArray(template: JsonArray, lazily: Lazily): Part {
  const items = template.map((item) => compileDynamic(item, lazily));
  if (items.every((item) => item === undefined)) return undefined;
  return (scope) => evaluateParts(template, items, scope, (values) => values);
}

/** A member of the result: its name, and its value or how to evaluate it. */
interface Member {
  readonly name: string;
  readonly value: Json;
  readonly evaluate: Part;
}

function compileObject(template: JsonObject, lazily: Lazily): Part {
  const members = membersInOrder(template, lazily);
  const parts = members.map(({ evaluate }) => evaluate);
  if (parts.every((part) => part === undefined)) return undefined;
  const constants = members.map(({ value }) => value);
  return (scope) =>
    evaluateParts(constants, parts, scope, (values) => {
      const result: Record<string, Json> = {};
      for (const [index, { name }] of members.entries()) setMember(result, name, values[index] as Json);
      return result;
    });
}

/** AWS writes the constant members first, in the template's order, then the others in the order of a hash table. */
function membersInOrder(template: JsonObject, lazily: Lazily): Member[] {
  const constant: Member[] = [];
  const paths: Member[] = [];
  for (const [key, value] of Object.entries(template)) {
    if (!key.endsWith('.$')) constant.push({ name: key, value, evaluate: compileDynamic(value, lazily) });
    else paths.push({ name: key.slice(0, -2), value, evaluate: compileMember(key, value, lazily) });
  }
  return [...constant, ...inHashMapOrder(paths, ({ name }) => hashOfString(name))];
}

function compileMember(key: string, value: Json, lazily: Lazily): Evaluator {
  if (typeof value !== 'string') {
    throw new InvalidTemplateError(
      `The value for the field '${key}' must be a STRING that contains a JSONPath but was ${typeName(value)}`,
    );
  }
  const evaluator = lazily(() => compileTemplatePath(value, key));
  return (scope) => evaluator()(scope);
}

/** The name of a JSON type as AWS's diagnostics write it. */
function typeName(value: Json): string {
  if (value === null) return 'NULL';
  if (isArray(value)) return 'an ARRAY';
  if (isObject(value)) return 'an OBJECT';
  return typeof value === 'boolean' ? 'a BOOLEAN' : 'a NUMBER';
}
