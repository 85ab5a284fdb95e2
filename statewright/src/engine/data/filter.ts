/**
 * Evaluates the filters of a path, with the comparisons of Jayway JsonPath. A path may hold a filter, whose operands are
 * paths: this file and `select.ts` import each other.
 */
import type { FilterExpression, FilterOperand, FilterOperator } from '../../asl/json-path-filter';
import { isArray, isNumber, isObject, type Json, stringifyJson } from './json';
import { compileMatchesWhole } from './regular-expression';
import { compileSelector, countSteps } from './select';

/** Whether a candidate passes; `document` is what `$` means inside the filter. */
export type Predicate = (candidate: Json, document: Json) => boolean;

/** Compiles a condition. */
export function compileFilter(condition: FilterExpression): Predicate {
  switch (condition.kind) {
    case 'and': {
      const [left, right] = [compileFilter(condition.left), compileFilter(condition.right)];
      return (candidate, document) => left(candidate, document) && right(candidate, document);
    }
    case 'or': {
      const [left, right] = [compileFilter(condition.left), compileFilter(condition.right)];
      return (candidate, document) => left(candidate, document) || right(candidate, document);
    }
    case 'not': {
      const operand = compileFilter(condition.operand);
      return (candidate, document) => !operand(candidate, document);
    }
    case 'exists': {
      const value = compileOperand(condition.path);
      return (candidate, document) => value(candidate, document) !== undefined;
    }
    case 'comparison':
      return compileComparison(condition.operator, condition.left, condition.right);
  }
}

type Value = Json | undefined;

function compileOperand(operand: FilterOperand): (candidate: Json, document: Json) => Value {
  if (operand.kind === 'literal') return () => operand.value;
  if (operand.kind === 'pattern') return () => undefined;
  const select = compileSelector(operand);
  return operand.from === '@' ? (candidate) => select(candidate) : (_candidate, document) => select(document);
}

function compileComparison(operator: FilterOperator, left: FilterOperand, right: FilterOperand): Predicate {
  if (operator === '=~') return compileMatch(left, right);
  const [leftValue, rightValue] = [compileOperand(left), compileOperand(right)];
  const holds = COMPARISONS[operator];
  return (candidate, document) => holds(leftValue(candidate, document), rightValue(candidate, document));
}

/** A pattern, on either side, must match the whole value on the other side. */
function compileMatch(left: FilterOperand, right: FilterOperand): Predicate {
  const [pattern, other] = right.kind === 'pattern' ? [right, left] : [left, right];
  if (pattern.kind !== 'pattern') return () => false;
  const matches = compileMatchesWhole(pattern.source, pattern.flags.replace(/[^imsu]/g, ''));
  const value = compileOperand(other);
  return (candidate, document) => {
    const found = value(candidate, document);
    if (typeof found !== 'string' && !isNumber(found)) return false;
    const text = String(found);
    countText(text);
    return matches(text);
  };
}

const COMPARISONS: Record<Exclude<FilterOperator, '=~'>, (left: Value, right: Value) => boolean> = {
  '==': equal,
  '!=': (left, right) => !equal(left, right),
  '<': (left, right) => order(left, right) < 0,
  '<=': (left, right) => order(left, right) <= 0,
  '>': (left, right) => order(left, right) > 0,
  '>=': (left, right) => order(left, right) >= 0,
  in: (left, right) => has(right, left),
  nin: (left, right) => !has(right, left),
  subsetof: (left, right) => isArray(left) && left.every((item) => has(right, item)),
  anyof: (left, right) => isArray(left) && left.some((item) => has(right, item)),
  noneof: (left, right) => isArray(left) && !left.some((item) => has(right, item)),
  contains: (left, right) => {
    if (typeof left !== 'string') return has(left, right);
    countText(left);
    return typeof right === 'string' && left.includes(right);
  },
  size: (left, right) => sizeOf(left) === Number(right),
  empty: (left, right) => sizeOf(left) !== undefined && (sizeOf(left) === 0) === right,
};

/** A number and a string are equal when their texts are equal. */
function equal(left: Value, right: Value): boolean {
  if (left === undefined || right === undefined) return false;
  if (isNumber(left)) return (isNumber(right) || typeof right === 'string') && Number(left) === Number(right);
  if (typeof left === 'string' && isNumber(right)) return left === String(right);
  if (isArray(left) || isObject(left)) {
    if (!isArray(right) && !isObject(right)) return false;
    const text = stringifyJson(left);
    countText(text);
    return text === stringifyJson(right);
  }
  return left === right;
}

/** Below 0, 0 or above 0; NaN, for which no comparison is true, when the two have no order. */
function order(left: Value, right: Value): number {
  if (isNumber(left) && isNumber(right)) return Number(left) - Number(right);
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  return Number.NaN;
}

function has(list: Value, item: Value): boolean {
  return (
    isArray(list) &&
    list.some((candidate) => {
      countSteps(COMPARISON);
      return equal(candidate, item);
    })
  );
}

const COMPARISON = 1 / 2;

/** Ten characters of a text take as long as a value. */
const countText = (text: string) => countSteps(text.length / 10);

function sizeOf(value: Value): number | undefined {
  return typeof value === 'string' || isArray(value) ? value.length : undefined;
}
