import { BlockList, isIP } from 'node:net';
import { isArray, isNumber, isObject, type Json } from '../../engine/data';

/** A pattern that EventBridge refuses. */
export class EventPatternError extends Error {
  override readonly name = 'EventPatternError';
}

/** What a pattern wants of a field. */
export interface ValueRule {
  readonly matches: (value: Json) => boolean;
  /** Whether it matches an event that does not have the field. */
  readonly matchesMissing?: boolean;
}

/** Compiles one element of a field's list. @throws EventPatternError */
export function compileRule(rule: Json): ValueRule {
  if (!isObject(rule)) return { matches: (value) => isSame(value, rule) };
  const [[name, operand] = ['', null], ...more] = Object.entries(rule);
  if (more.length > 0) throw new EventPatternError('Only one key allowed in match expression');
  if (name === 'exists') {
    if (typeof operand !== 'boolean') throw new EventPatternError('exists must be true or false');
    return { matches: () => operand, matchesMissing: !operand };
  }
  if (name === 'anything-but') return { matches: anythingBut(operand) };
  if (name === 'numeric') return { matches: numeric(operand) };
  const text = textTest(name, operand);
  return { matches: (value) => typeof value === 'string' && text(value) };
}

/** Numbers are compared by value: `1.0` is `1`. */
const isSame = (value: Json, wanted: Json): boolean =>
  isNumber(value) && isNumber(wanted) ? Number(value) === Number(wanted) : value === wanted;

type TextTest = (value: string) => boolean;

function textTest(name: string, operand: Json): TextTest {
  const folded = isObject(operand) ? operand['equals-ignore-case'] : undefined;
  if ((name === 'prefix' || name === 'suffix') && typeof folded === 'string') {
    const test = textTest(name, folded.toLowerCase());
    return (value) => test(value.toLowerCase());
  }
  if (typeof operand !== 'string') {
    throw new EventPatternError(
      Object.hasOwn(TEXT_TESTS, name) ? `${name} match pattern must be a string` : unknownType(name),
    );
  }
  const test = Object.hasOwn(TEXT_TESTS, name) ? TEXT_TESTS[name] : undefined;
  if (test === undefined) throw new EventPatternError(unknownType(name));
  return test(operand);
}

const unknownType = (name: string) => `Unrecognized match type ${name}`;

const TEXT_TESTS: Readonly<Record<string, (operand: string) => TextTest>> = {
  prefix: (wanted) => (value) => value.startsWith(wanted),
  suffix: (wanted) => (value) => value.endsWith(wanted),
  'equals-ignore-case': (wanted) => (value) => value.toLowerCase() === wanted.toLowerCase(),
  wildcard,
  cidr,
};

/** `*` is any text; `\*` and `\\` are these characters. */
function wildcard(pattern: string): TextTest {
  const parts = [''];
  for (const [token] of pattern.matchAll(/\\[*\\]|[\s\S]/g)) {
    if (token === '*') parts.push('');
    else parts.push(parts.pop() + (token.length > 1 ? token.slice(1) : token));
  }
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  return (value) => {
    if (last === undefined) return value === first;
    if (!value.startsWith(first) || !value.endsWith(last)) return false;
    let position = first.length;
    for (const part of rest) {
      const found = value.indexOf(part, position);
      if (found < 0) return false;
      position = found + part.length;
    }
    return position + last.length <= value.length;
  };
}

function cidr(pattern: string): TextTest {
  const [, address = '', bits = ''] = /^(.+)\/(\d+)$/.exec(pattern) ?? [];
  const version = isIP(address);
  if (version === 0 || Number(bits) > (version === 4 ? 32 : 128)) {
    throw new EventPatternError(`Malformed CIDR, one '/' required: ${pattern}`);
  }
  const family = (of: number) => (of === 4 ? 'ipv4' : 'ipv6');
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family(version));
  return (value) => isIP(value) === version && list.check(value, family(version));
}

/** Values that must not occur, or a test of text that must fail. */
function anythingBut(operand: Json): (value: Json) => boolean {
  if (!isObject(operand)) {
    const unwanted = isArray(operand) ? operand : [operand];
    if (unwanted.length === 0 || unwanted.some((each) => typeof each !== 'string' && !isNumber(each))) {
      throw new EventPatternError('Inside anything-but list, only strings and numbers are allowed');
    }
    return (value) => !unwanted.some((each) => isSame(value, each));
  }
  const [[name, wanted] = ['', null]] = Object.entries(operand);
  const tests = (isArray(wanted) ? wanted : [wanted]).map((each) => textTest(name, each));
  return (value) => typeof value !== 'string' || !tests.some((test) => test(value));
}

const COMPARISONS: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

/** `[">", 0, "<=", 5]` */
function numeric(operand: Json): (value: Json) => boolean {
  const list = isArray(operand) ? operand : [];
  const tests = list.flatMap((operator, index) => {
    if (index % 2 === 1) return [];
    const compare = Object.hasOwn(COMPARISONS, String(operator)) ? COMPARISONS[String(operator)] : undefined;
    const bound = list[index + 1];
    if (compare === undefined) {
      throw new EventPatternError(`Unrecognized numeric range operator: ${String(operator)}`);
    }
    if (!isNumber(bound)) throw new EventPatternError(`Value of ${String(operator)} must be numeric`);
    return [(value: number) => compare(value, Number(bound))];
  });
  if (tests.length === 0) throw new EventPatternError('Invalid member in numeric match');
  return (value) => isNumber(value) && tests.every((test) => test(Number(value)));
}
