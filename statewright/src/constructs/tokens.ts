/** Tokens of CDKTF in the values of a definition or a policy (CDKTF documentation, "Tokens"). */
import { type IResolvable, Token, Tokenization } from 'cdktf';
import { Construct } from 'constructs';
import { fieldAt, itemAt } from '../asl/location';
import { isListTokenItem, isMapTokenName, isToken } from '../asl/token';
import { isUnreadable } from './terraform-references';

/** Whether a value is an object or a list only to JavaScript: a token, or a construct. */
export function isOpaque(value: unknown): boolean {
  return Construct.isConstruct(value) || isToken(value);
}

/** Whether a value has no parts to read. */
function isLeaf(value: unknown): boolean {
  return typeof value !== 'object' || value === null || isOpaque(value);
}

/** The token itself behind a number, a list or a map that CDKTF has encoded, or an `IResolvable`. */
export function tokenOf(value: unknown): IResolvable | undefined {
  // `reverse` cannot read a list of numbers.
  if (Array.isArray(value) && typeof value[0] === 'number') return Tokenization.reverseNumberList(value);
  return Tokenization.reverse(value)[0];
}

/** Why a value, apart from its parts, cannot be written as JSON for Terraform; undefined when it can. */
export function tokenFault(value: unknown): string | undefined {
  if (Construct.isConstruct(value)) {
    return 'A construct is not a value. Use one of its attributes, such as `queue.arn` or `variable.value`';
  }
  if (typeof value === 'string' && (isListTokenItem(value) || value.includes('&{TfToken['))) {
    return 'A list or a map of Terraform cannot be part of a text. Use `Fn.join` or `Fn.jsonencode`';
  }
  if (typeof value === 'string' && isUnreadable(value)) {
    return 'A Terraform reference in a text can have names and numbers only. Use an attribute of the construct, such as `lambda.arn`';
  }
  if (Array.isArray(value) && value.length > 1 && value.some(isListTokenItem)) {
    return 'A list of Terraform cannot be part of another list. Use `Fn.concat`';
  }
  if (
    typeof value === 'object' &&
    value !== null &&
    !isToken(value) &&
    Object.keys(value).some(isMapTokenName)
  ) {
    return 'A map of Terraform cannot be part of an object. Use `Fn.merge`';
  }
  return ['function', 'symbol', 'bigint'].includes(typeof value)
    ? `A ${typeof value} is not JSON`
    : undefined;
}

/** Each fault of a value and its parts, with its place. */
export function* tokenFaults(value: unknown, location = ''): Generator<string> {
  const fault = tokenFault(value);
  if (fault !== undefined) yield `${location}: ${fault}`;
  else if (Array.isArray(value) && !isLeaf(value)) {
    for (const [index, item] of value.entries()) yield* tokenFaults(item, itemAt(location, index));
  } else if (!isLeaf(value)) {
    for (const [name, content] of Object.entries(value as object)) {
      yield* tokenFaults(content, fieldAt(location, name));
    }
  }
}

/** A copy of a value in which `change` has replaced the leaves, and `rename` the names of fields. */
export function mapLeaves(
  value: unknown,
  change: (leaf: unknown, field: string) => unknown,
  rename: (name: string) => string = (name) => name,
  field = '',
): unknown {
  if (isLeaf(value) || tokenFault(value) !== undefined) return change(value, field);
  if (Array.isArray(value)) return value.map((item) => mapLeaves(item, change, rename, field));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, content]) => [
      rename(name),
      mapLeaves(content, change, rename, name),
    ]),
  );
}

/** An `IResolvable` as the text that stands for it; any other value unchanged. */
export function asText(value: unknown): unknown {
  return Tokenization.isResolvable(value) ? Token.asString(value) : value;
}
