import { objectOf, ownField } from '../../asl/graph';
import {
  type IntrinsicExpression,
  type IntrinsicName,
  isIntrinsic,
  parseIntrinsic,
} from '../../asl/intrinsic';

/** A path that a state reads, as names from the document's root; `*` is any item of a list. */
export type Path = readonly string[];

/** A reference in a field: to the state's input, its result, an item of a Map, the execution's input, or a variable. */
export interface Reference {
  readonly of: 'input' | 'result' | 'item' | 'execution' | { readonly variable: string };
  readonly path: Path;
  /** Values to which it is compared, or that its place needs. */
  readonly values: readonly unknown[];
}

/** A slice or a filter, which match any item. */
const ITEMS = String.raw`-?\d*:-?\d*|\?\([^[\]]*\)`;
const STEPS = String.raw`((?:\.[A-Za-z_][\w-]*|\[(?:'[^']*'|"[^"]*"|\d+|\*|${ITEMS})\])*)`;
const JSON_PATH = new RegExp(
  String.raw`(\$\$\.Map\.Item\.Value|\$\$\.Execution\.Input|\$\$?)([A-Za-z_]\w*)?${STEPS}`,
  'g',
);
const STEP = new RegExp(
  String.raw`\.([A-Za-z_][\w-]*)|\['([^']*)'\]|\["([^"]*)"\]|\[(\d+)\]|\[(?:\*|${ITEMS})\]`,
  'g',
);
const WHOLE_JSON_PATH = new RegExp(`^${JSON_PATH.source}$`);

/** Whether the text of a JSONPath field is nothing but a path. */
export const isPath = (text: string): boolean => WHOLE_JSON_PATH.test(text);

/** The names in `.order.items[0]`. */
function pathOf(steps: string): Path {
  return [...steps.matchAll(STEP)].map(
    ([, name, single, double, index]) => name ?? single ?? double ?? index ?? '*',
  );
}

/** The references of a JSONPath field: a path, or an intrinsic function with paths. `$` is `root`. */
export function jsonPathReferences(
  text: string,
  root: 'input' | 'result',
  values: readonly unknown[] = [],
): Reference[] {
  const inCalls = isIntrinsic(text) ? pathsInCalls(text) : undefined;
  if (inCalls !== undefined) {
    return inCalls.flatMap(({ path, wanted }) =>
      jsonPathReferences(path, root, values.length > 0 ? values : wanted),
    );
  }
  return [...text.matchAll(JSON_PATH)].flatMap(([, start, variable, steps = '']): Reference[] => {
    const path = pathOf(steps);
    if (start === '$$.Map.Item.Value') return [{ of: 'item', path, values }];
    if (start === '$$.Execution.Input') return [{ of: 'execution', path, values }];
    if (start === '$$') return [];
    return [{ of: variable === undefined ? root : { variable }, path, values }];
  });
}

/** A path in an argument, and the values that its function needs. */
interface Argument {
  readonly path: string;
  readonly wanted: readonly unknown[];
}

/** The paths in the arguments of an intrinsic function; undefined if it is not valid. */
function pathsInCalls(text: string): Argument[] | undefined {
  const pathsIn = (expression: IntrinsicExpression, wanted: readonly unknown[]): Argument[] => {
    if (expression.kind === 'path') return [{ path: expression.path.text, wanted }];
    if (expression.kind !== 'call') return [];
    return expression.arguments.flatMap((each, index) =>
      pathsIn(each, valuesForFunction(expression.name, index)),
    );
  };
  try {
    return pathsIn(parseIntrinsic(text), []);
  } catch {
    return undefined;
  }
}

/** What a path reads; without a path it is the input. */
export function sourceIn(path: unknown): Pick<Reference, 'of' | 'path'> {
  const [source] = typeof path === 'string' ? jsonPathReferences(path, 'input') : [];
  return source ?? { of: 'input', path: [] };
}

/** What an argument of an intrinsic function has to be, where it is not a text. */
function valuesForFunction(name: IntrinsicName, index: number): unknown[] {
  switch (name) {
    case 'States.MathAdd':
    case 'States.MathRandom':
    case 'States.ArrayRange':
      return [1];
    case 'States.ArrayGetItem':
      return index === 0 ? [['example']] : [0];
    case 'States.ArrayPartition':
      return index === 0 ? [['example']] : [1];
    case 'States.ArrayContains':
    case 'States.ArrayLength':
    case 'States.ArrayUnique':
      return index === 0 ? [['example']] : [];
    case 'States.StringToJson':
      return [ANY_JSON];
    case 'States.JsonMerge':
      return index < 2 ? [{}] : [];
    case 'States.Base64Decode':
      return ['ZXhhbXBsZQ=='];
    default:
      return [];
  }
}

/** A number, and those next to it: they make every comparison with it true or false. */
export const aroundNumber = (value: number): number[] => [value, value + 1, value - 1];

/** The references of a payload template: fields that end with `.$`, at any depth. */
export function templateReferences(template: unknown, root: 'input' | 'result'): Reference[] {
  if (Array.isArray(template)) return template.flatMap((item) => templateReferences(item, root));
  return Object.entries(objectOf(template) ?? {}).flatMap(([name, value]) =>
    name.endsWith('.$') && typeof value === 'string'
      ? jsonPathReferences(value, root, name === 'Payload.$' && isPath(value) ? [{}] : [])
      : templateReferences(value, root),
  );
}

/** The references of a JSONPath Choice rule, with the values that lead to both of its answers. */
export function ruleReferences(rule: unknown): Reference[] {
  const parts = [ownField(rule, 'And'), ownField(rule, 'Or')].flatMap((list) =>
    Array.isArray(list) ? list : [],
  );
  const not = ownField(rule, 'Not');
  const nested = [...parts, ...(not === undefined ? [] : [not])].flatMap(ruleReferences);
  const variable = ownField(rule, 'Variable');
  if (typeof variable !== 'string') return nested;
  return Object.entries(objectOf(rule) ?? {}).flatMap(([operator, value]) => {
    if (/^(?:Variable|Next|Comment|Assign|Output)$/.test(operator)) return [];
    if (operator.endsWith('Path')) {
      const operand = operandFor(operator);
      const values = valuesFor(operator.replace(/Path$/, ''), operand);
      return [
        ...jsonPathReferences(variable, 'input', values),
        ...jsonPathReferences(String(value), 'input', [operand]),
      ];
    }
    return jsonPathReferences(variable, 'input', valuesFor(operator, value));
  });
}

/** An example of what an operator compares with. */
function operandFor(operator: string): unknown {
  if (operator.startsWith('Numeric')) return 1;
  if (operator.startsWith('Timestamp')) return '2024-01-01T00:00:00Z';
  return operator.startsWith('Boolean') ? true : 'example';
}

/** A value that makes a comparison true, and one that does not. */
function valuesFor(operator: string, value: unknown): unknown[] {
  if (operator.startsWith('Numeric')) return aroundNumber(Number(value));
  if (operator.startsWith('Timestamp')) return [value, '2000-01-01T00:00:00Z', '2100-01-01T00:00:00Z'];
  if (operator === 'StringMatches') return [String(value).replaceAll('*', 'x'), `not ${value}`];
  if (operator.startsWith('String')) return [value, `not ${value}`];
  if (operator === 'BooleanEquals') return [value, value !== true];
  switch (operator) {
    case 'IsNull':
      return ['example', null];
    case 'IsPresent':
      return [MISSING];
    case 'IsNumeric':
      return [1, 'example'];
    case 'IsBoolean':
      return [true, 'example'];
    case 'IsTimestamp':
      return ['2024-01-01T00:00:00Z', 'example'];
    default:
      return ['example', 1];
  }
}

/** For a member whose text is parsed as JSON; a text with the members that are read replaces it. */
export const ANY_JSON = '{}';

/** For a member that is left out. */
export const MISSING = Symbol('missing');
