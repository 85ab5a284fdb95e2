import { ExpressionSyntaxError } from './errors';

/** White space and comments. */
const SPACE = /(?:\s|#.*|\/\/.*|\/\*[\s\S]*?\*\/)*/y;

/**
 * The most expressions or blocks in each other. A definition has at most 400 levels; at about 450, the stack would be full,
 * and V8 ends the process if it then compiles a regular expression.
 */
const MOST_LEVELS = 200;

/** Reads a text from its beginning to its end. */
export class Scanner {
  position = 0;
  #levels = 0;

  /** @param place where the text is, for errors */
  constructor(
    readonly text: string,
    readonly place: string,
  ) {}

  /** The text that matches a sticky pattern here, if any. */
  take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.position += found.length;
    return found;
  }

  /** White space and comments. */
  space(): string {
    return this.take(SPACE) ?? '';
  }

  /** Takes a symbol with the white space before it. */
  symbol(symbol: string): boolean {
    const start = this.position;
    this.space();
    if (this.text.startsWith(symbol, this.position)) {
      this.position += symbol.length;
      return true;
    }
    this.position = start;
    return false;
  }

  /** Takes a word with the white space before it. */
  word(word: string): boolean {
    const start = this.position;
    this.space();
    if (this.take(new RegExp(`${word}(?![\\p{L}\\p{N}_-])`, 'uy')) !== undefined) return true;
    this.position = start;
    return false;
  }

  /** @throws ExpressionSyntaxError when it is not here */
  expect(pattern: RegExp, name: string): string {
    this.space();
    return this.take(pattern) ?? this.fail(`Expected ${name}`);
  }

  /** Reads what may be in more of its kind. @throws ExpressionSyntaxError for too many levels */
  nested<T>(read: () => T): T {
    if (++this.#levels > MOST_LEVELS) this.fail(`Nested too deeply: more than ${MOST_LEVELS} levels`);
    const value = read();
    this.#levels--;
    return value;
  }

  fail(problem: string, position = this.position): never {
    throw new ExpressionSyntaxError(this.place, problem, this.text, position);
  }
}
