/** The rules of a Choice state (States Language specification, "Choice Rules"). */
import { boolean, type Check, float, forward, listOf, named, string, timestamp } from './checks';
import type { JsonSchema, SchemaPlace } from './json-schema';
import { expressionOr, jsonataValue } from './jsonata';
import { byLanguage, type Field, type Fields, has, jsonataOnly, jsonPathOnly, object } from './object';
import { literalText, payloadTemplate, referencePath } from './paths';
import type { Place } from './place';
import { assign } from './variables';

const operand = referencePath({ context: true });

const ORDERS = ['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'];

function comparisons(kind: string, orders: readonly string[], value: Check): [string, Check][] {
  return orders.flatMap((order): [string, Check][] => [
    [`${kind}${order}`, value],
    [`${kind}${order}Path`, operand],
  ]);
}

const OPERATORS: Readonly<Record<string, Check>> = Object.fromEntries([
  ...comparisons('String', ORDERS, literalText),
  ['StringMatches', literalText],
  ...comparisons('Numeric', ORDERS, float()),
  ...comparisons('Timestamp', ORDERS, timestamp),
  ...comparisons('Boolean', ['Equals'], boolean),
  ...['IsNull', 'IsPresent', 'IsNumeric', 'IsString', 'IsBoolean', 'IsTimestamp'].map(
    (test): [string, Check] => [test, boolean],
  ),
]);

/** A rule has exactly one of these fields; the last one is for JSONata. */
const KINDS = ['And', 'Or', 'Not', 'Variable', 'Condition'];

const test: Record<string, Field> = {
  Comment: string,
  Condition: jsonataOnly(expressionOr(boolean)),
  Variable: jsonPathOnly(operand),
  And: jsonPathOnly(forward(() => listOf(nestedRule, { empty: false }))),
  Or: jsonPathOnly(forward(() => listOf(nestedRule, { empty: false }))),
  Not: jsonPathOnly(forward(() => nestedRule)),
  ...Object.fromEntries(Object.entries(OPERATORS).map(([name, check]) => [name, jsonPathOnly(check)])),
};

/** Rules inside And, Or and Not only test: they have no Next. */
const nestedRule: Check = named('ChoiceTest', object({ fields: test }, checkKind, schemaOfKind));

/** A rule of the Choices array. */
export const choiceRule = named(
  'ChoiceRule',
  object(
    {
      required: ['Next'],
      fields: {
        ...test,
        Next: string,
        Assign: byLanguage({ JSONPath: assign(payloadTemplate), JSONata: assign(jsonataValue) }),
        Output: jsonataOnly(jsonataValue),
      },
    },
    checkKind,
    schemaOfKind,
  ),
);

function checkKind(rule: Fields, at: Place): void {
  if (KINDS.filter((kind) => has(rule, kind)).length !== 1) {
    at.error(`The object must have only one of the following fields, [${KINDS.join(', ')}]`);
  } else if (at.language === 'JSONPath') {
    checkOperators(rule, at);
  }
}

function schemaOfKind({ language }: SchemaPlace): JsonSchema {
  if (language === 'JSONata') return { required: ['Condition'] };
  // An editor names the first one as missing.
  const kinds = KINDS.filter((kind) => kind !== 'Condition').reverse();
  return {
    oneOf: kinds.map((kind) => ({ required: [kind] })),
    dependencies: {
      ...Object.fromEntries(Object.keys(OPERATORS).map((name) => [name, ['Variable']])),
      Variable: { oneOf: Object.keys(OPERATORS).map((name) => ({ required: [name] })) },
    },
  };
}

/** A Variable has exactly one operator; And, Or and Not have none. */
function checkOperators(rule: Fields, at: Place): void {
  const operators = Object.keys(OPERATORS).filter((name) => has(rule, name));
  if (!has(rule, 'Variable')) {
    for (const name of operators) at.error(`Field '${name}' is not supported`);
  } else if (operators.length > 1) {
    at.error(`There should only be one of the following fields: [${operators.join(', ')}]`);
  } else if (operators.length === 0) {
    const all = Object.keys(OPERATORS).join(', ');
    at.error(`This object should have only one of the following fields: [${all}]`);
  }
}
