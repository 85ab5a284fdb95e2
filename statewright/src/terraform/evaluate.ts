import { isDeepStrictEqual } from 'node:util';
import { didYouMean, didYouMeanOneOf } from '../did-you-mean';
import { ExpressionError, UnknownReferenceError, UnsupportedError } from './errors';
import type { BinaryOperator, Expression } from './expression';
import { type FunctionContext, functions } from './functions';
import { parseTemplate } from './parse-template';
import {
  isList,
  isMap,
  toBoolean,
  toMap,
  toNumber,
  toText,
  typeName,
  type Value,
  type ValueMap,
} from './value';

/** The values that expressions can refer to, and the files that functions can read. */
export interface EvalContext extends FunctionContext {
  /** The values by first name: `var`, `local`, `path`, `data`, and each resource type. */
  readonly roots: ValueMap;
  /** True in a file that templatefile() reads, which cannot call it again, as in Terraform. */
  readonly inTemplateFile?: boolean;
}

/**
 * The value of an argument in Terraform JSON: every expression in it is replaced by its value.
 *
 * @param place where the argument is, such as `aws_iam_role.test.name`
 * @throws TerraformError
 */
export function evaluateArgument(argument: Value, context: EvalContext, place: string): Value {
  if (typeof argument === 'string') return evaluate(parseTemplate(argument, place), context, place);
  if (isList(argument))
    return argument.map((item, index) => evaluateArgument(item, context, `${place}[${index}]`));
  if (!isMap(argument)) return argument;
  return Object.fromEntries(
    Object.entries(argument)
      .filter(([name]) => name !== '//')
      .map(([name, value]) => [name, evaluateArgument(value, context, `${place}.${name}`)]),
  );
}

/** The value of an expression. */
export function evaluate(expression: Expression, context: EvalContext, place: string): Value {
  const resolve = (inner: Expression): Value => evaluate(inner, context, place);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'template':
      return expression.parts.map((part) => toText(resolve(part), place)).join('');
    case 'root':
      return rootOf(expression.name, context, place);
    case 'attribute':
      return member(resolve(expression.of), expression.name, place);
    case 'index':
      return member(resolve(expression.of), toText(resolve(expression.index), place), place);
    case 'list':
      return expression.items.map(resolve);
    case 'object':
      return Object.fromEntries(
        expression.entries.map(([name, value]) => [toText(resolve(name), place), resolve(value)]),
      );
    case 'conditional':
      return resolve(toBoolean(resolve(expression.test), place) ? expression.yes : expression.no);
    case 'unary':
      return expression.operator === '!'
        ? !toBoolean(resolve(expression.operand), place)
        : -toNumber(resolve(expression.operand), place);
    case 'binary':
      return operate(expression.operator, resolve(expression.left), () => resolve(expression.right), place);
    case 'call':
      return call(expression.name, expression.arguments.map(resolve), context, place);
  }
}

function rootOf(name: string, context: EvalContext, place: string): Value {
  const value = Object.hasOwn(context.roots, name) ? context.roots[name] : undefined;
  if (value !== undefined) return value;
  throw new UnknownReferenceError(
    place,
    `refers to ${name}, which does not exist`,
    didYouMean(name, Object.keys(context.roots)),
  );
}

function member(of: Value, name: string, place: string): Value {
  const value = isMap(of) && Object.hasOwn(of, name) ? of[name] : isList(of) ? of[Number(name)] : undefined;
  if (value !== undefined) return value;
  if (!isMap(of)) {
    throw new ExpressionError(
      place,
      `${typeName(of)} has no ${isList(of) ? `item ${name}` : `attribute "${name}"`}`,
    );
  }
  throw new ExpressionError(
    place,
    `refers to the unsupported attribute "${name}"`,
    didYouMeanOneOf(name, Object.keys(of)),
  );
}

function call(name: string, values: readonly Value[], context: EvalContext, place: string): Value {
  if (name === 'templatefile') return templateFile(values, context, place);
  const called = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (called) return called(values, place, context);
  throw new UnsupportedError(
    place,
    `the function ${name}() is not supported here`,
    didYouMeanOneOf(name, [...Object.keys(functions), 'templatefile'], (each) => `${each}()`),
  );
}

/** The only function whose file has expressions; they can only use its variables. */
function templateFile(
  [path = null, variables = null]: readonly Value[],
  context: EvalContext,
  place: string,
): Value {
  const text = toText(functions.file?.([path], place, context) ?? null, place);
  const roots = toMap(variables, place);
  const inside = `${place}: ${path}`;
  if (context.inTemplateFile)
    throw new ExpressionError(place, 'calls templatefile() in a file that it reads');
  return evaluate(parseTemplate(text, inside), { ...context, roots, inTemplateFile: true }, inside);
}

function operate(operator: BinaryOperator, left: Value, right: () => Value, place: string): Value {
  switch (operator) {
    case '==':
      return isDeepStrictEqual(left, right());
    case '!=':
      return !isDeepStrictEqual(left, right());
    case '&&':
      return toBoolean(left, place) && toBoolean(right(), place);
    case '||':
      return toBoolean(left, place) || toBoolean(right(), place);
    default:
      return compute(operator, toNumber(left, place), toNumber(right(), place), place);
  }
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
      return left + right;
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
  }
}
