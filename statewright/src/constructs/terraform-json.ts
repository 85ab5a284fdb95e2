import type { IResolvable, IResolveContext } from 'cdktf';
import { isToken } from '../asl/token';
import { resolveText } from './resolve-tokens';
import { escapeTemplates, hasReference, splitAtReferences } from './terraform-references';
import { mapLeaves, tokenFault, tokenOf } from './tokens';

interface TerraformJsonOptions {
  /** Whether the texts of a field are written in quotes, because none of their values needs an escape in JSON. */
  readonly isQuoted: (field: string) => boolean;
  /** The number of spaces of each level (default: all in one line). */
  readonly indent?: number;
}

/**
 * JSON as a template of Terraform, which gives the text that `jsonencode` would give for the value: a number is written
 * as `${var.seconds}`, any other value that only Terraform knows as `${jsonencode(…)}`.
 *
 * @throws Error for a value with a `tokenFault`
 */
export function terraformJson(
  value: unknown,
  context: IResolveContext,
  options: TerraformJsonOptions,
): string {
  const build = (hold: Hold) => {
    const text = (content: string, field = '') => {
      if (!hasReference(content)) return content;
      return hold(options.isQuoted(field) ? quoted(content, context) : encodedText(content, context));
    };
    const leaf = (content: unknown, field: string) => {
      const fault = tokenFault(content);
      if (fault !== undefined) throw new Error(fault);
      if (typeof content === 'string') return text(content, field);
      return isToken(content) ? hold(encoded(content, context)) : content;
    };
    return mapLeaves(value, leaf, text);
  };
  return jsonWithExpressions(build, escapeTemplates, options.indent);
}

/** Keeps an expression, and returns what takes its place in a value until the value is JSON. */
type Hold = (expression: string) => string;

/**
 * The JSON text of a value that `build` makes, with the expressions that it holds.
 *
 * @param change changes the text outside the expressions
 */
export function jsonWithExpressions(
  build: (hold: Hold) => unknown,
  change = (json: string) => json,
  indent?: number,
): string {
  const expressions: string[] = [];
  const json = JSON.stringify(
    build((expression) => `\0${expressions.push(expression) - 1}\0`),
    null,
    indent,
  );
  return change(json).replace(/"\\u0000(\d+)\\u0000"/g, (_, index) => expressions[index] ?? '');
}

/** A number, a list, a map or any other value that is not a text. */
function encoded(value: unknown, context: IResolveContext): string {
  const token = tokenOf(value) as IResolvable;
  const expression = expressionOf(token, context);
  if (expression !== undefined) {
    return typeof value === 'number' ? `\${${expression}}` : `\${jsonencode(${expression})}`;
  }
  // Such as Lazy: it makes a value that can have tokens in turn.
  return terraformJson(token.resolve(context), context, { isQuoted: () => false });
}

/** A text with references, which can have any characters once Terraform resolves it. */
function encodedText(text: string, context: IResolveContext): string {
  const parts = splitAtReferences(text);
  const inside = parts.map(({ literal, isReference }, index) => {
    if (isReference) return referenceIn(literal, context);
    const written = hclText(literal);
    // `$${` would be an escape.
    return parts[index + 1] ? written.replace(/\$$/, '\\u0024') : written;
  });
  return `\${jsonencode("${inside.join('')}")}`;
}

function referenceIn(reference: string, context: IResolveContext): string {
  const token = tokenOf(reference);
  // A plain reference.
  if (token === undefined) return reference;
  const expression = expressionOf(token, context);
  return expression === undefined ? hclText(String(context.resolve(token))) : `\${${expression}}`;
}

function quoted(text: string, context: IResolveContext): string {
  return String(resolveText(escapeTemplates(JSON.stringify(text)), context));
}

/** The expression that a token stands for, without `${` and `}`; undefined when it is another value. */
function expressionOf(token: IResolvable, context: IResolveContext): string | undefined {
  const resolved = (suppressBraces: boolean): unknown => {
    const { suppressBraces: before = false } = context;
    context.suppressBraces = suppressBraces;
    try {
      return context.resolve(token);
    } finally {
      context.suppressBraces = before;
    }
  };
  const expression = resolved(true);
  return resolved(false) === `\${${expression}}` ? (expression as string) : undefined;
}

/** The inside of a quoted text in HCL, which has fewer escapes than JSON, and templates. */
function hclText(text: string): string {
  return JSON.stringify(escapeTemplates(text))
    .slice(1, -1)
    .replace(/\\(.)/g, (escaped, letter) => ({ b: '\\u0008', f: '\\u000c' })[letter as string] ?? escaped);
}
