import { matchesArn, matchesWildcard } from './wildcard';

/** Whether a request's value satisfies one value of a condition. */
type Compare = (requestValue: string, policyValue: string) => boolean;

interface Operator {
  readonly compare: Compare;
  /** `StringNotEquals` and the like: no value may match, and a missing key satisfies them. */
  readonly negated?: boolean;
}

const same: Compare = (actual, wanted) => actual === wanted;
const sameIgnoringCase: Compare = (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase();
const like: Compare = (actual, wanted) => matchesWildcard(wanted, actual);
const arn: Compare = (actual, wanted) => matchesArn(wanted, actual);

const byNumber =
  (compare: (actual: number, wanted: number) => boolean): Compare =>
  (actual, wanted) =>
    compare(Number(actual), Number(wanted));

/** Dates are ISO 8601 texts or epoch seconds. */
const byDate = (compare: (actual: number, wanted: number) => boolean): Compare => {
  const time = (text: string) => (/^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text));
  return (actual, wanted) => compare(time(actual), time(wanted));
};

const equal = (a: number, b: number) => a === b;

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
  // Requests between services of one account have no IP address, so comparing the text is enough.
  IpAddress: { compare: same },
  NotIpAddress: { compare: same, negated: true },
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

  const holds = (actual: string) =>
    policyValues.some((wanted) => operator.compare(actual, wanted)) !== (operator.negated === true);
  return set === 'ForAnyValue' ? requestValues.some(holds) : requestValues.every(holds);
}
