import { type IResolvable, type IResolveContext, Token } from 'cdktf';
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

/** The same for a text. CDKTF splits a text at each brace, and a policy has many. */
export function resolveText(text: string, context: IResolveContext): unknown {
  if (!canHaveToken(text)) return text;
  const lazy = LazyText.of(text);
  if (lazy) return lazy.resolveIn(context);
  if (context.preparing) return findReferences(textTokensIn(text), context);
  if (ONE_TOKEN.test(text) || NEEDS_CDKTF.test(text) || context.suppressBraces) return context.resolve(text);
  return text.replace(EACH_TOKEN, (token) => textOf(token, context));
}

/** The texts of the tokens of the value that was resolved last: each token is resolved once. */
let last: { readonly context?: IResolveContext; readonly texts: Map<string, string> } = { texts: new Map() };

function textOf(token: string, context: IResolveContext): string {
  if (last.context !== context) last = { context, texts: new Map() };
  const { texts } = last;
  const text = texts.get(token) ?? String(context.resolve(token) ?? '');
  texts.set(token, text);
  return text;
}

/**
 * A text that is made when the stack is synthesized. In addition to what CDKTF's `Lazy` does:
 *
 * - CDKTF resolves every value twice, first to find references to other stacks. For that, the tokens in the text are
 *   enough: it is only made the second time.
 * - It has no stack trace, which CDKTF records for each of its tokens.
 */
export class LazyText implements IResolvable {
  /** By the token that CDKTF writes for it. CDKTF keeps its own tokens in the same way. */
  static readonly #all = new Map<string, LazyText>();

  readonly creationStack: string[] = [];
  readonly #tokens: () => Iterable<unknown>;
  readonly #make: (context: IResolveContext) => string;

  /**
   * @param tokens all tokens in the text
   * @param make makes the text
   */
  constructor(tokens: () => Iterable<unknown>, make: (context: IResolveContext) => string) {
    this.#tokens = tokens;
    this.#make = make;
  }

  /** The LazyText that a whole text stands for. */
  static of(text: string): LazyText | undefined {
    return LazyText.#all.get(text);
  }

  resolve(context: IResolveContext): undefined {
    return resolvedAs(this.resolveIn(context), context);
  }

  /** The text, without its tokens. */
  resolveIn(context: IResolveContext): unknown {
    if (context.preparing) return findReferences(this.#tokens(), context);
    return resolveText(this.#make(context), context);
  }

  toString(): string {
    const token = Token.asString(this);
    LazyText.#all.set(token, this);
    return token;
  }
}

/** Resolves tokens for the references to other stacks alone, which CDKTF looks for before it writes the JSON. */
function findReferences(tokens: Iterable<unknown>, context: IResolveContext): undefined {
  for (const token of tokens) context.resolve(token);
}

/** What `resolve` of an IResolvable returns when its value is resolved: CDKTF does not walk what a post-processor returns. */
export function resolvedAs(value: unknown, context: IResolveContext): undefined {
  context.registerPostProcessor({ postProcess: () => value });
}

const EACH_TOKEN = /\$\{TfToken\[[\w:.-]+\]\}/g;
const ONE_TOKEN = new RegExp(`^${EACH_TOKEN.source}$`);

/** Numbers, lists and maps, and templates, in which CDKTF writes tokens without braces. */
const NEEDS_CDKTF = /\$\{(?!TfToken\[)|[#&]\{TfToken\[|Token Value|\de[+-]?\d/;

const isPlainText = (item: unknown) => typeof item === 'string' && !canHaveToken(item);

/** CDKTF writes a number as one with an exponent, and the values of a map as `… Map Token Value`. */
const canHaveToken = (text: string) => CAN_BE_TOKEN.test(text);
const CAN_BE_TOKEN = /TfToken\[|Token Value|\de[+-]?\d/;
