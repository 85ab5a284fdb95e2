import { didYouMean, didYouMeanOneOf } from '../did-you-mean';
import { ExpressionError, TerraformError, UnknownReferenceError, UnsupportedError } from './errors';
import { type Expression, SPLAT_ITEM } from './expression';
import { functions } from './functions';
import type { FunctionContext } from './functions/function';
import { operate } from './operators';
import { parseTemplate } from './parse-template';
import { Failure, notKnown, Placeholder } from './placeholder';
import {
  entriesOf,
  isList,
  isMap,
  toBoolean,
  toMap,
  toNumber,
  toText,
  typeName,
  Unknown,
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

/** For expressions that refer to nothing, such as defaults. */
export const LITERALS: EvalContext = {
  roots: {},
  folder: '.',
  readFile: () => undefined,
  now: () => new Date(0),
  uuid: () => '',
};

/** The result of a computation, or the failure that it ended with. */
export function attempt(name: string, compute: () => Value): Value {
  try {
    return compute();
  } catch (error) {
    if (error instanceof TerraformError) return new Failure(name, error);
    throw error;
  }
}

/** A context in which expressions can refer to more names. */
export function withNames<C extends EvalContext>(context: C, names: ValueMap): C {
  return { ...context, roots: { ...context.roots, ...names } };
}

/** The value of an expression. */
export function evaluate(expression: Expression, context: EvalContext, place: string): Value {
  const resolve = (inner: Expression): Value => evaluate(inner, context, place);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'template':
      return template(expression.parts, resolve, place);
    case 'root':
      return rootOf(expression.name, context, place);
    case 'attribute':
      return member(resolve(expression.of), expression.name, place);
    case 'index':
      return member(
        resolve(expression.of),
        toText(resolve(expression.index), place),
        place,
        isWorkspace(expression.index),
      );
    case 'list':
      return expression.items.map(resolve);
    case 'object':
      return Object.fromEntries(
        expression.entries.map(([name, value]) => [toText(resolve(name), place), resolve(value)]),
      );
    case 'for':
      return forEach(expression, context, place);
    case 'splat':
      return splat(resolve(expression.of), (item) =>
        evaluate(expression.item, withNames(context, { [SPLAT_ITEM]: item }), place),
      );
    case 'conditional': {
      const isYes = toBoolean(resolve(expression.test), place);
      const [chosen, other] = isYes ? [expression.yes, expression.no] : [expression.no, expression.yes];
      return asTypeOf(resolve(chosen), other, resolve);
    }
    case 'unary':
      return expression.operator === '!'
        ? !toBoolean(resolve(expression.operand), place)
        : -toNumber(resolve(expression.operand), place);
    case 'binary':
      return operate(expression.operator, resolve(expression.left), () => resolve(expression.right), place);
    case 'call':
      return call(expression, context, place);
  }
}

/** Text made of parts. In JSON text, a value that is not known here and has no quotes around it is a number. */
function template(parts: readonly Expression[], resolve: (part: Expression) => Value, place: string): string {
  let text = '';
  for (const part of parts) {
    const value = resolve(part);
    text += value instanceof Unknown && isUnquoted(text) ? value.unquoted(place) : toText(value, place);
  }
  return text;
}

/** Whether JSON text continues outside of a string. */
function isUnquoted(json: string): boolean {
  return /^\s*[{[]/.test(json) && /[:[,]\s*$/.test(json) && !/"(?:[^"\\]|\\.)*$/.test(withoutStrings(json));
}

const withoutStrings = (json: string) => json.replace(/"(?:[^"\\]|\\.)*"/g, '');

/** Terraform converts a bool or a number when the other result is a string. */
function asTypeOf(chosen: Value, other: Expression, resolve: (part: Expression) => Value): Value {
  if (typeof chosen !== 'number' && typeof chosen !== 'boolean') return chosen;
  const type = other.kind === 'literal' ? other.value : attempt('', () => resolve(other));
  return typeof type === 'string' ? toText(chosen, '') : chosen;
}

type For = Extract<Expression, { kind: 'for' }>;

function forEach(expression: For, context: EvalContext, place: string): Value {
  const { key, value, of, condition, item, itemKey, grouped } = expression;
  const collection = evaluate(of, context, place);
  const contexts = itemsOf(collection, place)
    .map(([name, each]) => withNames(context, { ...(key !== undefined && { [key]: name }), [value]: each }))
    .filter((inner) => !condition || toBoolean(evaluate(condition, inner, place), place));
  if (!itemKey) return contexts.map((inner) => evaluate(item, inner, place));
  const results = new Map<string, Value[]>();
  for (const inner of contexts) {
    const result = evaluate(item, inner, place);
    const resultKey = evaluate(itemKey, inner, place);
    // The keys are not known, so that any key may be asked for.
    if (resultKey instanceof Unknown) return collection instanceof Unknown ? collection : resultKey;
    const name = toText(resultKey, place);
    const group = results.get(name);
    if (group === undefined) results.set(name, [result]);
    else if (grouped) group.push(result);
    else {
      throw new ExpressionError(
        place,
        `two items of the for expression have the key ${JSON.stringify(name)}`,
      );
    }
  }
  return Object.fromEntries(
    Array.from(results, ([name, group]) => [name, grouped ? group : (group[0] as Value)]),
  );
}

/** The keys and values of a list or an object. */
function itemsOf(collection: Value, place: string): (readonly [key: Value, value: Value])[] {
  if (isMap(collection)) return entriesOf(collection);
  if (isList(collection)) return collection.map((item, index) => [index, item]);
  if (collection instanceof Unknown) return collection.list(place).map((item, index) => [index, item]);
  throw new ExpressionError(place, `for: expected a list or an object, found ${typeName(collection)}`);
}

/** A splat of something that is not a list has one item; of null, none. */
function splat(of: Value, item: (value: Value) => Value): Value {
  if (of === null) return [];
  if (isList(of)) return of.map(item);
  if (of instanceof Placeholder) return item(of);
  return [item(of)];
}

function rootOf(name: string, context: EvalContext, place: string): Value {
  const value = Object.hasOwn(context.roots, name) ? context.roots[name] : undefined;
  if (value !== undefined) return value;
  throw new UnknownReferenceError(
    place,
    `refers to ${name}, which does not exist`,
    (context.inTemplateFile ? didYouMeanOneOf : didYouMean)(name, Object.keys(context.roots)),
  );
}

const isWorkspace = (expression: Expression): boolean =>
  expression.kind === 'attribute' &&
  expression.name === 'workspace' &&
  expression.of.kind === 'root' &&
  expression.of.name === 'terraform';

/** @param isOfWorkspace whether the name is that of the selected workspace */
function member(of: Value, name: string, place: string, isOfWorkspace = false): Value {
  if (of instanceof Unknown) return of.member(name);
  if (isList(of)) {
    const item = of[Number(name)];
    if (item !== undefined) return item;
    throw new ExpressionError(place, `the list has no item ${name}`);
  }
  if (!isMap(of)) throw new ExpressionError(place, `${typeName(of)} has no attribute "${name}"`);
  const value = Object.hasOwn(of, name) ? of[name] : undefined;
  if (value !== undefined) return value;
  // A nested block, which Terraform JSON may write as an object, is a list with one item.
  if (name === '0') return of;
  if (isOfWorkspace) {
    throw new ExpressionError(
      place,
      `has no item for the workspace "${name}"`,
      `Select another one: TF_WORKSPACE=${Object.keys(of)[0] ?? 'NAME'}, or the option "workspace" of deployStack.`,
    );
  }
  throw new ExpressionError(
    place,
    `refers to the unsupported attribute "${name}"`,
    didYouMeanOneOf(name, Object.keys(of)),
  );
}

type Call = Extract<Expression, { kind: 'call' }>;

function call(expression: Call, context: EvalContext, place: string): Value {
  const { name } = expression;
  const resolve = (argument: Expression) => evaluate(argument, context, place);
  if (name === 'try') return firstOf(expression.arguments, resolve, place);
  if (name === 'can') {
    return !(attempt('', () => firstOf(expression.arguments, resolve, place)) instanceof Failure);
  }
  const values = expression.arguments.flatMap((argument, index) => {
    const value = resolve(argument);
    return expression.expand && index === expression.arguments.length - 1 && isList(value) ? value : [value];
  });
  if (name === 'templatefile') return templateFile(values, context, place);
  if (name === 'templatestring') {
    const [text = null, variables = null] = values;
    return evaluateTemplate(toText(text, place), variables, context, place);
  }
  const called = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (!called) {
    const names = [...Object.keys(functions), 'can', 'templatefile', 'templatestring', 'try'];
    throw new UnsupportedError(
      place,
      `the function ${name}() is not supported here`,
      didYouMean(name, names, (each) => `${each}()`),
    );
  }
  try {
    return called(values, place, context);
  } catch (error) {
    const unknown = values.flatMap(unknownsIn).find((each) => each instanceof Placeholder);
    if (!unknown || !(error instanceof ExpressionError) || error.hint) throw error;
    throw notKnown(unknown.name, place, `${name}() needs it`);
  }
}

/** The first expression that has a value. */
function firstOf(
  expressions: readonly Expression[],
  resolve: (expression: Expression) => Value,
  place: string,
): Value {
  let last: unknown = new ExpressionError(place, 'try() needs an argument');
  for (const expression of expressions) {
    try {
      const value = resolve(expression);
      for (const unknown of unknownsIn(value)) if (unknown instanceof Failure) unknown.plain();
      return value;
    } catch (error) {
      if (!(error instanceof TerraformError)) throw error;
      last = error;
    }
  }
  throw last;
}

function unknownsIn(value: Value): Unknown[] {
  if (value instanceof Unknown) return [value];
  if (isList(value)) return value.flatMap(unknownsIn);
  return isMap(value) ? Object.values(value).flatMap(unknownsIn) : [];
}

function templateFile(
  [path = null, variables = null]: readonly Value[],
  context: EvalContext,
  place: string,
): Value {
  const text = toText(functions.file?.([path], place, context) ?? null, place);
  if (context.inTemplateFile)
    throw new ExpressionError(place, 'calls templatefile() in a file that it reads');
  return evaluateTemplate(text, variables, context, `${place}: ${path}`);
}

/** Evaluates text whose expressions can only use the variables that it receives. */
export function evaluateTemplate(
  text: string,
  variables: Value,
  context: FunctionContext,
  place: string,
): Value {
  const roots = toMap(variables, place);
  return evaluate(parseTemplate(text, place), { ...context, roots, inTemplateFile: true }, place);
}
