import type { IResolveContext } from 'cdktf';
import { textTokensIn } from './tokens';

/**
 * A value with its tokens resolved and without parts that are undefined, as CDKTF resolves it. CDKTF tests each text and
 * each name with several regular expressions; here it gets only what can have a token.
 */
export function resolveTokens(value: unknown, context: IResolveContext): unknown {
  if (value === undefined || value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string') return resolveText(value, context);
  if (typeof value !== 'object') return context.resolve(value);
  if (Array.isArray(value)) {
    const isPlain = value.every((item) => typeof item === 'object' || isPlainText(item));
    return isPlain ? resolveItems(value, context) : context.resolve(value);
  }
  const isPlain = Object.getPrototypeOf(value) === Object.prototype && !('resolve' in value);
  return isPlain && !Object.keys(value).some(canHaveToken)
    ? resolveFields(value as Fields, context)
    : context.resolve(value);
}

type Fields = Readonly<Record<string, unknown>>;

function resolveText(text: string, context: IResolveContext): unknown {
  if (!canHaveToken(text)) return text;
  // For references to other stacks, each token once is enough.
  const tokens = context.preparing ? textTokensIn(text) : [];
  return context.resolve(tokens.length > 0 ? [...new Set(tokens)] : text);
}

/** The same for an object whose names have no tokens. */
export function resolveFields(fields: Fields, context: IResolveContext): Fields {
  const resolved: Record<string, unknown> = {};
  for (const name of Object.keys(fields)) {
    const value = resolveTokens(fields[name], context);
    if (value !== undefined) resolved[name] = value;
  }
  return resolved;
}

function resolveItems(items: readonly unknown[], context: IResolveContext): unknown[] {
  return items.map((item) => resolveTokens(item, context)).filter((item) => item !== undefined);
}

const isPlainText = (item: unknown) => typeof item === 'string' && !canHaveToken(item);

/** CDKTF writes a token as `${TfToken[…]}`, or as a number with an exponent, and its values of maps as `… Map Token Value`. */
const canHaveToken = (text: string) => CAN_BE_TOKEN.test(text);
const CAN_BE_TOKEN = /TfToken\[|Token Value|\de[+-]?\d/;
