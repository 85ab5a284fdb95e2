import { matchesParts } from '../../asl/wildcard';
import {
  compileLookup,
  type EvaluationScope,
  isNumber,
  type Json,
  type Lookup,
  PathEvaluationError,
  pathIntoNullError,
} from '../data';
import { parseTimestamp } from '../data/timestamp';
import type { Evaluate } from '../data-flow/data-flow';
import { InvalidDefinitionError } from '../definition/errors';
import type { Fields } from '../definition/fields';

type Test = (scope: EvaluationScope) => boolean;
/** Compares a variable with the value of the operator. Values of different types are never equal, less or greater. */
type Compare = (variable: Json, value: Json) => boolean;
/** Tests a variable. */
type Question = (variable: Json) => boolean;

/** Compiles a rule of a JSONPath Choice: And, Or, Not, or one comparison. */
export function compileRule(rule: Fields): Evaluate<boolean> {
  const test = compileTest(rule);
  return (visit, effective) => test(visit.scope(effective));
}

function compileTest(rule: Fields): Test {
  if (rule.has('And')) {
    const tests = rule.list('And').map(compileTest);
    return (scope) => tests.every((test) => test(scope));
  }
  if (rule.has('Or')) {
    const tests = rule.list('Or').map(compileTest);
    return (scope) => tests.some((test) => test(scope));
  }
  if (rule.has('Not')) {
    const test = compileTest(rule.needObject('Not'));
    return (scope) => !test(scope);
  }
  return compileComparison(rule);
}

function compileComparison(rule: Fields): Test {
  const path = rule.needText('Variable');
  const variable = compileRead(rule, 'Variable', path);
  if (rule.has('IsPresent')) {
    const expected = rule.get('IsPresent');
    return (scope) => (variable(scope) !== undefined) === expected;
  }
  for (const [operator, question] of Object.entries(QUESTIONS)) {
    if (!rule.has(operator)) continue;
    const expected = rule.get(operator);
    return (scope) => question(found(path, variable(scope))) === expected;
  }
  for (const [operator, compare] of Object.entries(COMPARISONS)) {
    const value = compileOperand(rule, operator);
    if (value) return (scope) => compare(found(path, variable(scope)), value(scope));
  }
  throw new InvalidDefinitionError(rule.location, 'a rule needs a comparison operator such as StringEquals');
}

/** The operator's value, or the value at the path of its `…Path` form. */
function compileOperand(rule: Fields, operator: string): ((scope: EvaluationScope) => Json) | undefined {
  const value = rule.get(operator);
  if (value !== undefined) return () => value;
  const path = rule.text(`${operator}Path`);
  if (path === undefined || operator === 'StringMatches') return undefined;
  const read = compileRead(rule, `${operator}Path`, path);
  return (scope) => found(path, read(scope));
}

/** Reads a path of a rule. AWS rejects any path, even `$`, when the state's input is null. */
function compileRead(rule: Fields, field: string, path: string): Lookup {
  const read = rule.compile(field, () => compileLookup(path));
  if (!/^\$(?:$|[.[])/.test(path)) return read;
  return (scope) => {
    if (scope.input.value === null) throw pathIntoNullError();
    return read(scope);
  };
}

/** Only IsPresent may read a missing value (Step Functions Developer Guide, "Choice workflow state"). */
function found(path: string, value: Json | undefined): Json {
  if (value !== undefined) return value;
  throw new PathEvaluationError(
    `Invalid path '${path}': The choice state's condition path references an invalid value.`,
  );
}

const QUESTIONS: Readonly<Record<string, Question>> = {
  IsNull: (value) => value === null,
  IsString: (value) => typeof value === 'string',
  IsNumeric: isNumber,
  IsBoolean: (value) => typeof value === 'boolean',
  IsTimestamp: (value) => typeof value === 'string' && parseTimestamp(value) !== undefined,
};

const strings =
  (compare: (a: string, b: string) => boolean): Compare =>
  (a, b) =>
    typeof a === 'string' && typeof b === 'string' && compare(a, b);

const numbers =
  (compare: (a: number, b: number) => boolean): Compare =>
  (a, b) =>
    isNumber(a) && isNumber(b) && compare(Number(a), Number(b));

const timestamps =
  (compare: (a: number, b: number) => boolean): Compare =>
  (a, b) => {
    const [first, second] = [a, b].map((value) =>
      typeof value === 'string' ? parseTimestamp(value) : undefined,
    );
    return first !== undefined && second !== undefined && compare(first, second);
  };

const COMPARISONS: Readonly<Record<string, Compare>> = {
  StringEquals: strings((a, b) => a === b),
  StringLessThan: strings((a, b) => a < b),
  StringGreaterThan: strings((a, b) => a > b),
  StringLessThanEquals: strings((a, b) => a <= b),
  StringGreaterThanEquals: strings((a, b) => a >= b),
  StringMatches: strings(matchesPattern),
  NumericEquals: numbers((a, b) => a === b),
  NumericLessThan: numbers((a, b) => a < b),
  NumericGreaterThan: numbers((a, b) => a > b),
  NumericLessThanEquals: numbers((a, b) => a <= b),
  NumericGreaterThanEquals: numbers((a, b) => a >= b),
  BooleanEquals: (a, b) => typeof a === 'boolean' && a === b,
  TimestampEquals: timestamps((a, b) => a === b),
  TimestampLessThan: timestamps((a, b) => a < b),
  TimestampGreaterThan: timestamps((a, b) => a > b),
  TimestampLessThanEquals: timestamps((a, b) => a <= b),
  TimestampGreaterThanEquals: timestamps((a, b) => a >= b),
};

/** `*` matches any text; `\*` and `\\` match `*` and `\`. */
function matchesPattern(text: string, pattern: string): boolean {
  const parts = [''];
  for (const [token, escaped] of pattern.matchAll(/\\([*\\])|\*|[^*\\]+|\\/g)) {
    if (token === '*') parts.push('');
    else parts.push(`${parts.pop()}${escaped ?? token}`);
  }
  return matchesParts(parts, text);
}
