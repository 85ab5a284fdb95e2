import { objectOf } from '../asl/graph';

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

/**
 * A Choice rule in one line: `$.retries > 3 and $.user is present`, or a JSONata condition without its `{% %}`. Empty
 * for anything else.
 */
export function conditionText(rule: unknown): string {
  const { Condition, And, Or, Not, Variable, ...fields } = objectOf(rule) ?? {};
  if (Condition !== undefined) return withoutMarks(written(Condition));
  if (Array.isArray(And)) return And.map(operand).join(' and ');
  if (Array.isArray(Or)) return Or.map(operand).join(' or ');
  if (Not !== undefined) return `not (${conditionText(Not)})`;
  const operator = Object.keys(fields).find(
    (field) => field.startsWith('Is') || /^(String|Numeric|Boolean|Timestamp)/.test(field),
  );
  if (operator === undefined) return '';
  const value = fields[operator];
  const test = Object.hasOwn(TESTS, operator) ? TESTS[operator] : undefined;
  if (test) return `${written(Variable)} ${value === false ? 'is not' : 'is'} ${test}`;
  const [, comparison = '', path] = /^(?:String|Numeric|Boolean|Timestamp)(.+?)(Path)?$/.exec(operator) ?? [];
  const sign = Object.hasOwn(COMPARISONS, comparison) ? COMPARISONS[comparison] : comparison;
  return `${written(Variable)} ${sign} ${path ? written(value) : JSON.stringify(value)}`;
}

function operand(rule: unknown): string {
  const { And, Or } = objectOf(rule) ?? {};
  return And || Or ? `(${conditionText(rule)})` : conditionText(rule);
}

/** A JSONata expression without its `{% %}`. */
export function withoutMarks(expression: string): string {
  return expression.replace(/^\{%\s*|\s*%\}$/g, '');
}

function written(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** A path with members: `$.order.lines[0]`, `$states.input.order`; the first ones may be left out already: `$….lines`. */
const PATH = /\$[\w$]*…?(?:\.[\w-]+|\[[^\]]*\])+/g;

/**
 * The text with the longest path shortened by its first member: `$….status == "DONE"`. What a rule compares with is
 * at its end, and distinguishes it from the other rules. Undefined when no path has another member to leave out.
 */
export function withShorterPath(text: string): string | undefined {
  const paths = [...text.matchAll(PATH)].map(([path]) => path).sort((a, b) => b.length - a.length);
  for (const path of paths) {
    const [, root = '', members = ''] = /^(\$[\w$]*)…?(?:\.[\w-]+|\[[^\]]*\])(.*)$/.exec(path) ?? [];
    if (members !== '') return text.replace(path, () => `${root}…${members}`);
  }
  return undefined;
}
