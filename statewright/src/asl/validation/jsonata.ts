/** JSONata: expressions are strings `{% … %}`, alone or anywhere in a JSON value. */
import jsonata from 'jsonata';
import { isObject } from '../../is-object';
import { refuseNewerOperators } from '../jsonata-syntax';
import { isToken } from '../token';
import { type Check, described, named, schemaOf } from './checks';
import type { JsonSchema, SchemaPlace } from './json-schema';
import { topLevelReferences } from './jsonata-references';
import { byLanguage } from './object';
import type { Place } from './place';

/** Any JSON whose expressions are valid. */
export const jsonataValue: Check = named(
  'Value',
  described(schemaOfValue, (value, at) => checkValue(value, at, false)),
);

/** The same for the Output and Assign of a catcher, which can read `$states.errorOutput`. */
export const jsonataValueInCatch: Check = named(
  'Value',
  described(schemaOfValue, (value, at) => checkValue(value, at, true)),
);

/** A text that begins like an expression ends like one. */
function schemaOfValue(at: SchemaPlace): JsonSchema {
  const inner = at.define('Value', schemaOfValue);
  return { pattern: '^(?!\\{%)|%\\}$', items: inner, additionalProperties: inner };
}

const EXPRESSION: JsonSchema = { type: 'string', pattern: '^\\{%[\\s\\S]*%\\}$' };

/** One expression, or a plain value that `plain` checks. */
export function expressionOr(plain: Check): Check {
  return described(
    (at) => ({ anyOf: [schemaOf(plain, at), EXPRESSION] }),
    (value, at) => {
      if (typeof value === 'string' && value.startsWith('{%')) jsonataValue(value, at);
      else plain(value, at);
    },
  );
}

/** A number in JSONPath states, a number or an expression in JSONata states. */
export function numeric(check: Check): Check {
  return byLanguage({ JSONPath: check, JSONata: expressionOr(check) });
}

/** An expression and nothing else. */
export const expression: Check = described(EXPRESSION, (value, at) => {
  if (typeof value === 'string' && value.startsWith('{%')) jsonataValue(value, at);
  else at.error('JSONata string must start with {% and end with %}');
});

function checkValue(value: unknown, at: Place, inCatch: boolean): void {
  if (isToken(value)) return;
  if (typeof value === 'string') {
    if (value.startsWith('{%')) checkExpression(value, at, inCatch);
  } else if (Array.isArray(value)) {
    value.forEach((item, index) => {
      checkValue(item, at.item(index), inCatch);
    });
  } else if (isObject(value)) {
    for (const [name, content] of Object.entries(value)) checkValue(content, at.field(name), inCatch);
  }
}

function checkExpression(text: string, at: Place, inCatch: boolean): void {
  if (!text.endsWith('%}') || text.length < '{%%}'.length) {
    at.error('JSONata string must start with {% and end with %}');
    return;
  }
  const tree = parse(text.slice(2, -2), at);
  if (tree === undefined) return;
  for (const name of topLevelReferences(tree)) {
    if (name === '$states.errorOutput' && inCatch) continue;
    at.error(
      `Reference to '${name}' at the top level is not supported.${hint(name)}`,
      'UNSUPPORTED_JSONATA_EXPRESSION',
    );
  }
}

function parse(expression: string, at: Place): jsonata.ExprNode | undefined {
  try {
    const tree = jsonata(expression).ast();
    refuseNewerOperators(tree, expression);
    return tree;
  } catch (error) {
    if (error instanceof RangeError) {
      at.error('The expression is nested too deeply', 'INVALID_JSONATA_EXPRESSION');
      return undefined;
    }
    const { message = String(error), position } = error as { message?: string; position?: number };
    const where = position === undefined ? '' : ` at character ${position} of the expression`;
    at.error(`${message}${where}${operatorHint(expression, position)}`, 'INVALID_JSONATA_EXPRESSION');
    return undefined;
  }
}

/** Operators of other languages, and what JSONata has in their place. */
const FOREIGN_OPERATORS: readonly (readonly [RegExp, string])[] = [
  [/&&$/, 'and'],
  [/\|\|?$/, 'or'],
  [/!==$/, '!='],
  [/===?$/, '='],
  [/!$/, '$not(…)'],
];

/** @param position where the faulty token ends */
function operatorHint(expression: string, position = 0): string {
  const before = expression.slice(0, position);
  const [, operator] = FOREIGN_OPERATORS.find(([foreign]) => foreign.test(before)) ?? [];
  return operator === undefined ? '' : `. JSONata has "${operator}" for this`;
}

function hint(name: string): string {
  if (name === '$states.errorOutput') return ' Only a catcher has it.';
  return name.startsWith('$') ? '' : ` Did you mean "$states.input.${name}" or the variable "$${name}"?`;
}
