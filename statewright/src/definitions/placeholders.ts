import { didYouMean, didYouMeanOneOf } from '../did-you-mean';
import { UserError } from '../user-error';

/**
 * A `${name}` in the text of a definition, as Terraform's `templatefile` and the DefinitionSubstitutions of
 * CloudFormation and SAM fill it in: anywhere in the text, inside quotes or outside.
 */
export interface Placeholder {
  readonly name: string;
  /** Whether it is everything between two quotes, or a whole plain YAML scalar: not a part of a longer text. */
  readonly isWhole: boolean;
  /** Whether it is inside quotes. */
  readonly isQuoted: boolean;
  /** Whether it is an operand of an intrinsic function or of a JSONata expression, outside their texts. */
  readonly isOperand: boolean;
  /** The field whose value it is, such as `TimeoutSeconds`, if known. */
  readonly field: string | undefined;
}

const PLACEHOLDER = /\$\{([^{}"]+)\}/g;

/** Replaces each placeholder with a text. */
export function replacePlaceholders(text: string, replace: (placeholder: Placeholder) => string): string {
  return text.replaceAll(PLACEHOLDER, (written: string, name: string, offset: number) => {
    return replace(placeholderAt(name.trim(), text.slice(0, offset), text.slice(offset + written.length)));
  });
}

/** A placeholder with the text before and after it. */
export function placeholderAt(name: string, textBefore: string, after: string): Placeholder {
  const before = textBefore.slice(textBefore.lastIndexOf('\n') + 1);
  const quotes = [...before.matchAll(/(?<!\\)"/g)];
  const isQuoted = quotes.length % 2 === 1;
  return {
    name,
    isQuoted,
    isWhole: isQuoted
      ? before.endsWith('"') && after.startsWith('"')
      : BEFORE_VALUE.test(before) && AFTER_VALUE.test(after),
    isOperand: isOperand(isQuoted ? before.slice(quotes.at(-1)?.index) : before, after),
    field: /(\w+)"?\s*:\s*"?$/.exec(before)?.[1],
  };
}

function isOperand(before: string, after: string): boolean {
  const code = /(?:States\.\w+\(|\{%).*$/.exec(before)?.[0];
  return (
    code !== undefined &&
    /[(,{%=<>+*/&?:[\s-]$/.test(code) &&
    /^[\s,)%=<>+*/&?:\]}-]/.test(after) &&
    [...code.matchAll(/'|\\"/g)].length % 2 === 0
  );
}

/** What is around a value without quotes, in JSON and in YAML. A colon or a dash inside of a word, such as an ARN, is neither. */
const BEFORE_VALUE = /(?:"\s*:|:\s|[[,]|^\s*-\s)\s*(?:!Sub\s+)?$/;
const AFTER_VALUE = /^[ \t]*(?:[,\]}\r\n#]|$)/;

/** The names of the placeholders, each once. */
export function placeholderNames(text: string): string[] {
  return [...new Set([...text.matchAll(PLACEHOLDER)].map(([, name = '']) => name.trim()))];
}

/**
 * Fills in the given values.
 *
 * @param path the file's path, for errors
 * @throws UserError for a placeholder without a value, and for a value without a placeholder
 */
export function fillPlaceholders(
  text: string,
  values: Readonly<Record<string, unknown>>,
  path: string,
): string {
  const filled = replacePlaceholders(text, ({ name }) => {
    if (Object.hasOwn(values, name)) return String(values[name]);
    throw new UserError(
      `${path} needs a value for \${${name}}. ${didYouMean(name, Object.keys(values)) ?? ''}`.trim(),
    );
  });
  checkNames(Object.keys(values), placeholderNames(text), path);
  return filled;
}

/** @throws UserError for a name that no placeholder has */
export function checkNames(names: readonly string[], known: readonly string[], path: string): void {
  const name = names.find((each) => !known.includes(each));
  if (name !== undefined) throw new UserError(`${path} has no \${${name}}. ${didYouMeanOneOf(name, known)}`);
}
