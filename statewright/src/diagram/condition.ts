import type { ChoiceDefinition } from './definition-fields';

const COMPARISONS: Readonly<Record<string, string>> = {
  Equals: '==',
  LessThan: '<',
  GreaterThan: '>',
  LessThanEquals: '<=',
  GreaterThanEquals: '>=',
  Matches: 'matches',
};

const TESTS: Readonly<Record<string, string>> = {
  IsPresent: 'present',
  IsNull: 'null',
  IsNumeric: 'a number',
  IsString: 'a string',
  IsBoolean: 'a boolean',
  IsTimestamp: 'a timestamp',
};

/** A Choice rule in one line: `$.retries > 3 and $.user is present`, or a JSONata condition without its `{% %}`. */
export function conditionText(rule: ChoiceDefinition): string {
  if (rule.Condition !== undefined) return String(rule.Condition).replace(/^\{%\s*|\s*%\}$/g, '');
  if (rule.And) return rule.And.map(operand).join(' and ');
  if (rule.Or) return rule.Or.map(operand).join(' or ');
  if (rule.Not) return `not (${conditionText(rule.Not)})`;
  const operator = Object.keys(rule).find(
    (field) => field.startsWith('Is') || /^(String|Numeric|Boolean|Timestamp)/.test(field),
  );
  if (operator === undefined) return '';
  const test = TESTS[operator];
  if (test) return `${rule.Variable} ${rule[operator] === false ? 'is not' : 'is'} ${test}`;
  const [, comparison = '', path] = /^(?:String|Numeric|Boolean|Timestamp)(.+?)(Path)?$/.exec(operator) ?? [];
  const value = path ? String(rule[operator]) : JSON.stringify(rule[operator]);
  return `${rule.Variable} ${COMPARISONS[comparison] ?? comparison} ${value}`;
}

function operand(rule: ChoiceDefinition): string {
  return rule.And || rule.Or ? `(${conditionText(rule)})` : conditionText(rule);
}
