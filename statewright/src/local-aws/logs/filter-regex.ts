import { invalidParameter } from './errors';

/** Whether a message matches. */
export type MessageFilter = (message: string) => boolean;

export const invalidFilterPattern = (why: string) => invalidParameter(`Invalid filter pattern: ${why}`);

/** Compiles the text between two `%`: AWS's subset of regular expressions, which has no groups. RE2 runs them in linear time. */
export function compileRegex(expression: string): MessageFilter {
  if (/[()]/.test(expression)) throw invalidFilterPattern(`( and ) are not supported in %${expression}%`);
  // Loaded here, because few patterns have a regular expression.
  const { RE2JS } = require('re2js') as typeof import('re2js');
  try {
    const regex = RE2JS.compile(RE2JS.translateRegExp(expression));
    return (message) => regex.test(message);
  } catch {
    throw invalidFilterPattern(`%${expression}% is not a regular expression`);
  }
}
