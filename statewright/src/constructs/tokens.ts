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
  switch (typeof value) {
    case 'string':
      return textFault(value);
    case 'object':
      return value === null ? undefined : objectFault(value);
    case 'function':
    case 'symbol':
    case 'bigint':
      return `A ${typeof value} is not JSON`;
  }
}

function textFault(text: string): string | undefined {
  if (isListTokenItem(text) || text.includes('&{TfToken[')) {
    return 'A list or a map of Terraform cannot be part of a text. Use `Fn.join` or `Fn.jsonencode`';
  }
  if (isUnreadable(text)) {
    return 'A Terraform reference in a text can have names and numbers only. Use an attribute of the construct, such as `lambda.arn`';
  }
}

function objectFault(value: object): string | undefined {
  if (Construct.isConstruct(value)) {
    return 'A construct is not a value. Use one of its attributes, such as `queue.arn` or `variable.value`';
  }
  if (Array.isArray(value)) {
    return value.length > 1 && value.some(isListTokenItem)
      ? 'A list of Terraform cannot be part of another list. Use `Fn.concat`'
      : undefined;
  }
  return Object.keys(value).some(isMapTokenName) && !isToken(value)
    ? 'A map of Terraform cannot be part of an object. Use `Fn.merge`'
    : undefined;
}

/** Each fault of a value and its parts, after its place. */
export function tokenFaults(value: unknown): readonly string[] {
  const fault = tokenFault(value);
  if (fault !== undefined) return [`: ${fault}`];
  if (isLeaf(value)) return [];
  const faults: string[] = [];
  const add = (part: unknown, place: string) => {
    for (const inside of tokenFaults(part)) faults.push(place + inside);
  };
  if (Array.isArray(value)) for (const [index, item] of value.entries()) add(item, itemAt('', index));
  else for (const [name, part] of Object.entries(value as object)) add(part, fieldAt('', name));
  return faults;
}

/** A copy of a value in which `change` has replaced the leaves, and `rename` the names of fields. */
export function mapLeaves(
  value: unknown,
  change: (leaf: unknown, field: string) => unknown,
  rename: (name: string) => string = (name) => name,
  field = '',
): unknown {
  if (!hasReadableParts(value)) return change(value, field);
  if (Array.isArray(value)) return value.map((item) => mapLeaves(item, change, rename, field));
  const fields = Object.entries(value);
  for (const each of fields) {
    const [name, content] = each;
    each[0] = rename(name);
    each[1] = mapLeaves(content, change, rename, name);
  }
  return Object.fromEntries(fields);
}

/** Whether a value is an object or a list that is not opaque and has no fault. */
function hasReadableParts(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return !value.some(isListTokenItem);
  return (
    !Construct.isConstruct(value) &&
    !('resolve' in value && isToken(value)) &&
    !Object.keys(value).some(isMapTokenName)
  );
}

/** The tokens in a value, each once. */
export function tokensIn(value: unknown): unknown[] {
  const tokens = new Set<unknown>();
  const keep = <T>(part: T) => {
    const found = typeof part === 'string' ? textTokensIn(part) : isToken(part) ? [part] : [];
    for (const token of found) tokens.add(token);
    return part;
  };
  mapLeaves(value, keep, keep);
  return [...tokens];
}

/** The tokens in a text, each once. The text itself when it can have a number of CDKTF. */
export function textTokensIn(text: string): readonly string[] {
  if (HAS_NUMBER.test(text)) return [text];
  return text.includes('TfToken[') ? [...new Set(text.match(/[$]\{TfToken\[[^\]]*\]\}/g))] : [];
}

/** CDKTF writes a number in a text with an exponent. */
const HAS_NUMBER = /\de[+-]?\d/;

/** An `IResolvable` as the text that stands for it; any other value unchanged. */
export function asText(value: unknown): unknown {
  return Tokenization.isResolvable(value) ? Token.asString(value) : value;
}
