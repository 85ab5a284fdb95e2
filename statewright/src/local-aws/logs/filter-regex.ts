import { invalidParameter } from './errors';

/** Whether a message matches. */
export type MessageFilter = (message: string) => boolean;

export const invalidFilterPattern = (why: string) => invalidParameter(`Invalid filter pattern: ${why}`);

/** Compiles the text between two `%`: AWS's subset of regular expressions, which has no groups. */
export function compileRegex(expression: string): MessageFilter {
  if (/[()]/.test(expression)) throw invalidFilterPattern(`( and ) are not supported in %${expression}%`);
  try {
    const regex = new RegExp(expression);
    return (message) => regex.test(message);
  } catch {
    throw invalidFilterPattern(`%${expression}% is not a regular expression`);
  }
}
