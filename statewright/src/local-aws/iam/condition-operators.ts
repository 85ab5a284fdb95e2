import { BlockList, isIP, isIPv6 } from 'node:net';
import { matchesArn, matchesWildcard, withoutEscapes } from './wildcard';

/** How a condition's values are compared with a request's. */
interface Operator {
  /** Undefined: the two cannot be compared, such as a number with an empty text. Such a condition never holds. */
  readonly compare: (requestValue: string, policyValue: string) => boolean | undefined;
  /** `StringNotEquals` and the like: no value may match, and a missing key satisfies them. */
  readonly negated?: boolean;
}

type Compare = Operator['compare'];

const same: Compare = (actual, wanted) => actual === withoutEscapes(wanted);
const sameIgnoringCase: Compare = (actual, wanted) =>
  actual.toLowerCase() === withoutEscapes(wanted).toLowerCase();
const like: Compare = (actual, wanted) => matchesWildcard(wanted, actual);
const arn: Compare = (actual, wanted) => matchesArn(wanted, actual);

type CompareNumbers = (actual: number, wanted: number) => boolean;

const by =
  (read: (text: string) => number, compare: CompareNumbers): Compare =>
  (actual, wanted) => {
    const numbers = [read(actual), read(wanted)] as const;
    return numbers.some(Number.isNaN) ? undefined : compare(...numbers);
  };

const byNumber = (compare: CompareNumbers) => by(readNumber, compare);
const byDate = (compare: CompareNumbers) => by(readDate, compare);

const readNumber = (text: string) =>
  /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text) ? Number(text) : Number.NaN;

/** Dates are ISO 8601 texts or epoch seconds. */
function readDate(text: string): number {
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  return /^\d{4}-\d\d(-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?)?$/.test(text) ? Date.parse(text) : Number.NaN;
}

/** An address, and a range in CIDR notation or a single address, of IPv4 or IPv6. */
const inRange: Compare = (actual, wanted) => {
  const [network = '', prefix] = wanted.split('/');
  const family = isIPv6(network) ? 'ipv6' : 'ipv4';
  const longest = family === 'ipv6' ? 128 : 32;
  const length = prefix === undefined ? longest : /^\d+$/.test(prefix) ? Number(prefix) : Number.NaN;
  if (isIP(actual) === 0 || isIP(network) === 0 || !(length <= longest)) return undefined;
  const range = new BlockList();
  range.addSubnet(network, length, family);
  return range.check(actual, isIPv6(actual) ? 'ipv6' : 'ipv4');
};

const equal: CompareNumbers = (a, b) => a === b;

/** The condition operators (IAM JSON policy reference, "Condition operators"), without prefix and IfExists. */
const operators: Readonly<Record<string, Operator>> = {
  StringEquals: { compare: same },
  StringNotEquals: { compare: same, negated: true },
  StringEqualsIgnoreCase: { compare: sameIgnoringCase },
  StringNotEqualsIgnoreCase: { compare: sameIgnoringCase, negated: true },
  StringLike: { compare: like },
  StringNotLike: { compare: like, negated: true },
  NumericEquals: { compare: byNumber(equal) },
  NumericNotEquals: { compare: byNumber(equal), negated: true },
  NumericLessThan: { compare: byNumber((a, b) => a < b) },
  NumericLessThanEquals: { compare: byNumber((a, b) => a <= b) },
  NumericGreaterThan: { compare: byNumber((a, b) => a > b) },
  NumericGreaterThanEquals: { compare: byNumber((a, b) => a >= b) },
  DateEquals: { compare: byDate(equal) },
  DateNotEquals: { compare: byDate(equal), negated: true },
  DateLessThan: { compare: byDate((a, b) => a < b) },
  DateLessThanEquals: { compare: byDate((a, b) => a <= b) },
  DateGreaterThan: { compare: byDate((a, b) => a > b) },
  DateGreaterThanEquals: { compare: byDate((a, b) => a >= b) },
  Bool: { compare: sameIgnoringCase },
  BinaryEquals: { compare: same },
  IpAddress: { compare: inRange },
  NotIpAddress: { compare: inRange, negated: true },
  ArnEquals: { compare: arn },
  ArnLike: { compare: arn },
  ArnNotEquals: { compare: arn, negated: true },
  ArnNotLike: { compare: arn, negated: true },
};

/** The parts of an operator's name: `ForAnyValue:StringLikeIfExists`. */
interface OperatorName {
  readonly set: 'ForAllValues' | 'ForAnyValue' | undefined;
  readonly base: string;
  readonly ifExists: boolean;
}

function parseOperator(name: string): OperatorName {
  const [, set, base, ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  return { set: set as OperatorName['set'], base: base ?? name, ifExists: ifExists !== undefined };
}

/** Whether IAM has an operator of this name, prefix and suffix included. */
export function isConditionOperator(name: string): boolean {
  const { base, set, ifExists } = parseOperator(name);
  return base === 'Null' ? set === undefined && !ifExists : Object.hasOwn(operators, base);
}

/**
 * Whether a request satisfies one operator and key of a Condition.
 * @param requestValues the request's values for the key; undefined when it does not have the key.
 */
export function satisfies(
  operatorName: string,
  policyValues: readonly string[],
  requestValues: readonly string[] | undefined,
): boolean {
  const { set, base, ifExists } = parseOperator(operatorName);
  const missing = requestValues === undefined;
  if (base === 'Null') return policyValues.some((value) => (value.toLowerCase() === 'true') === missing);

  const operator = operators[base];
  if (operator === undefined) return false;
  if (missing) return ifExists || set === 'ForAllValues' || (operator.negated === true && set === undefined);

  const { compare, negated = false } = operator;
  const holds = (actual: string) => {
    const results = policyValues.map((wanted) => compare(actual, wanted));
    // A list of values without one that can be compared satisfies nothing, not even the negated operators.
    return results.some((result) => result !== undefined) && results.includes(true) !== negated;
  };
  return set === 'ForAnyValue' ? requestValues.some(holds) : requestValues.every(holds);
}
