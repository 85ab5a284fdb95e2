import { invalidParameter } from './errors';
import { compileFieldPattern } from './field-pattern';
import { compileRegex, invalidFilterPattern, type MessageFilter } from './filter-regex';
import { compileJsonPattern } from './json-pattern';

/**
 * Compiles a filter pattern (CloudWatch Logs User Guide, "Filter pattern syntax"): nothing, which matches everything;
 * terms, such as `ERROR "called error_handler" -debug`; `?any ?of ?these`; `%regular expressions%`; or
 * `{ $.level = "ERROR" }` for messages that are JSON; `[ip, ..., status = 4*]` for space-delimited fields. Patterns are
 * case-sensitive.
 * @throws AwsError InvalidParameterException
 */
export function compileFilterPattern(pattern: string): MessageFilter {
  const text = pattern.trim();
  if (text.length > 1024) {
    throw invalidParameter(
      "1 validation error detected: Value at 'filterPattern' failed to satisfy constraint: " +
        'Member must have length less than or equal to 1024',
    );
  }
  if (text.startsWith('{')) return compileJsonPattern(text);
  if (text.startsWith('[')) return compileFieldPattern(text);
  return compileTerms(text);
}

/**
 * Checks the pattern of a filter that is kept.
 * @throws AwsError InvalidParameterException
 */
export function checkFilterPattern(pattern: string): void {
  compileFilterPattern(pattern);
}

/** `-` or `?`, and a quoted phrase, a regular expression or a word. */
const TERM = /([-?]?)(?:"((?:[^"\\]|\\.)*)"|%([^%]+)%|([^\s"]+))(?:\s+|$)/y;

function compileTerms(text: string): MessageFilter {
  const wanted: MessageFilter[] = [];
  const unwanted: MessageFilter[] = [];
  const alternatives: MessageFilter[] = [];
  TERM.lastIndex = 0;
  while (TERM.lastIndex < text.length) {
    const at = TERM.lastIndex;
    const [, sign, phrase, expression, word = ''] = TERM.exec(text) ?? [];
    if (sign === undefined) throw invalidFilterPattern(`unbalanced quotation mark in ${text.slice(at)}`);
    const list = sign === '-' ? unwanted : sign === '?' ? alternatives : wanted;
    if (expression !== undefined) list.push(compileRegex(expression));
    else list.push(contains(phrase === undefined ? word : phrase.replace(/\\(.)/g, '$1')));
  }
  // Alternatives count only when nothing is required: AWS ignores them next to other terms.
  const anyOf = wanted.length + unwanted.length === 0 ? alternatives : [];
  return (message) =>
    wanted.every((matches) => matches(message)) &&
    !unwanted.some((matches) => matches(message)) &&
    (anyOf.length === 0 || anyOf.some((matches) => matches(message)));
}

const contains =
  (term: string): MessageFilter =>
  (message) =>
    message.includes(term);
