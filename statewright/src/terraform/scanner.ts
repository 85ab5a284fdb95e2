import { ExpressionSyntaxError } from './errors';

/** White space and comments. */
const SPACE = /(?:\s|#.*|\/\/.*|\/\*[\s\S]*?\*\/)*/y;

/** Reads a text from its beginning to its end. */
export class Scanner {
  position = 0;

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

  fail(problem: string): never {
    throw new ExpressionSyntaxError(this.place, problem, this.text, this.position);
  }
}
