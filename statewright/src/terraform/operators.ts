import { isDeepStrictEqual } from 'node:util';
import { decimal } from './decimal';
import { ExpressionError } from './errors';
import type { BinaryOperator } from './expression';
import { notKnown } from './placeholder';
import { toBoolean, toNumber, toText, typeName, Unknown, type Value } from './value';

/** The result of a binary operator. @param right is evaluated only when it is needed */
export function operate(operator: BinaryOperator, left: Value, right: () => Value, place: string): Value {
  switch (operator) {
    case '==':
      return equal(left, right(), place);
    case '!=':
      return !equal(left, right(), place);
    case '&&':
      return toBoolean(left, place) && toBoolean(right(), place);
    case '||':
      return toBoolean(left, place) || toBoolean(right(), place);
    default:
      return compute(operator, toNumber(left, place), toNumber(right(), place), place);
  }
}

function equal(left: Value, right: Value, place: string): boolean {
  if (left instanceof Unknown || right instanceof Unknown) {
    const [unknown, other] = left instanceof Unknown ? [left, right] : [right as Unknown, left];
    if (other === null) return false;
    if (typeof other === 'string' || other instanceof Unknown)
      return unknown.text(place) === toText(other, place);
    throw notKnown(unknown.name, place, `it is compared with ${typeName(other)}`);
  }
  return isDeepStrictEqual(left, right);
}

type NumberOperator = Exclude<BinaryOperator, '==' | '!=' | '&&' | '||'>;

function compute(operator: NumberOperator, left: number, right: number, place: string): Value {
  if (right === 0 && (operator === '/' || operator === '%'))
    throw new ExpressionError(place, 'divides by zero');
  switch (operator) {
    case '<':
      return left < right;
    case '<=':
      return left <= right;
    case '>':
      return left > right;
    case '>=':
      return left >= right;
    case '+':
      return decimal(left + right);
    case '-':
      return decimal(left - right);
    case '*':
      return decimal(left * right);
    case '/':
      return decimal(left / right);
    case '%':
      return decimal(left % right);
  }
}
