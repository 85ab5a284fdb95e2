import { InvalidTemplateError } from './errors';
import { hashOfString, inHashMapOrder } from './java';
import { isArray, isObject, type Json, type JsonArray, type JsonObject, setMember } from './json';
import type { Evaluator } from './lookup';
import { compileTemplatePath } from './path';

/**
 * Compiles a payload template (Parameters, ItemSelector, ResultSelector and Assign of a JSONPath state): a member whose
 * name ends in `.$` takes the value of its path or intrinsic function. A part without such members stays unchanged.
 * @throws InvalidTemplateError, JsonPathSyntaxError, IntrinsicSyntaxError
 */
export function compileTemplate(template: Json): Evaluator {
  const dynamic = compileDynamic(template);
  return dynamic ?? (() => template);
}

/** Undefined for a constant part. */
function compileDynamic(template: Json): Evaluator | undefined {
  if (isArray(template)) return compileArray(template);
  return isObject(template) ? compileObject(template) : undefined;
}

function compileArray(template: JsonArray): Evaluator | undefined {
  const items = template.map(compileDynamic);
  if (items.every((item) => item === undefined)) return undefined;
  return (scope) =>
    template.map((item, index) => {
      const evaluate = items[index];
      return evaluate === undefined ? item : evaluate(scope);
    });
}

/** A member of the result: its name, and its value or how to evaluate it. */
interface Member {
  readonly name: string;
  readonly value: Json;
  readonly evaluate: Evaluator | undefined;
}

function compileObject(template: JsonObject): Evaluator | undefined {
  const members = membersInOrder(template);
  if (members.every(({ evaluate }) => evaluate === undefined)) return undefined;
  return (scope) => {
    const result: Record<string, Json> = {};
    for (const { name, value, evaluate } of members) {
      setMember(result, name, evaluate === undefined ? value : evaluate(scope));
    }
    return result;
  };
}

/** AWS writes the constant members first, in the template's order, then the others in the order of a hash table. */
function membersInOrder(template: JsonObject): Member[] {
  const entries = Object.entries(template);
  const constant = entries
    .filter(([key]) => !key.endsWith('.$'))
    .map(([name, value]) => ({ name, value, evaluate: compileDynamic(value) }));
  const paths = entries
    .filter(([key]) => key.endsWith('.$'))
    .map(([key, value]) => ({ name: key.slice(0, -2), value, evaluate: compileMember(key, value) }));
  return [...constant, ...inHashMapOrder(paths, ({ name }) => hashOfString(name))];
}

function compileMember(key: string, value: Json): Evaluator {
  if (typeof value !== 'string') {
    throw new InvalidTemplateError(
      `The value for the field '${key}' must be a STRING that contains a JSONPath but was ${typeName(value)}`,
    );
  }
  return compileTemplatePath(value, key);
}

/** The name of a JSON type as AWS's diagnostics write it. */
function typeName(value: Json): string {
  if (value === null) return 'NULL';
  if (isArray(value)) return 'an ARRAY';
  if (isObject(value)) return 'an OBJECT';
  return typeof value === 'boolean' ? 'a BOOLEAN' : 'a NUMBER';
}
