import { compileFind, type FindMatch, type Match, RegularExpressionTimeout } from '../regular-expression';

/** By jsonata's own object for an expression, of which there is one for each place in a source. */
const compiled = new WeakMap<RegExp, FindMatch>();

/** What jsonata uses in place of RegExp: no text keeps it busy without an end. */
export class LinearRegExp {
  lastIndex = 0;
  readonly #find: FindMatch;

  constructor(expression: RegExp) {
    const find =
      compiled.get(expression) ?? compileFind(expression.source, expression.flags.replace('g', ''));
    compiled.set(expression, find);
    this.#find = find;
  }

  /** As RegExp's with the flag `g`. */
  exec(text: string): Match | null {
    try {
      const match = this.#find(text, this.lastIndex);
      this.lastIndex = match === undefined ? 0 : match.index + (match[0] as string).length;
      return match ?? null;
    } catch (error) {
      // jsonata's code for a timeout.
      throw error instanceof RegularExpressionTimeout ? { code: 'D1012', message: error.message } : error;
    }
  }
}
