/** A syntax error of one of the small languages inside a definition. */
export interface TextSyntaxError extends Error {
  /** The index of the character, from 0. */
  readonly position: number;
}

/** Makes the language's own error. */
type SyntaxErrorClass = new (reason: string, text: string, position: number) => TextSyntaxError;

/** Reads a text from left to right; the parsers of paths and intrinsic functions share it. */
export class TextCursor {
  position = 0;
  readonly #errorClass: SyntaxErrorClass;

  constructor(
    readonly text: string,
    errorClass: SyntaxErrorClass,
  ) {
    this.#errorClass = errorClass;
  }

  get atEnd(): boolean {
    return this.position >= this.text.length;
  }

  /** The next character, or '' at the end. */
  get peek(): string {
    return this.text.charAt(this.position);
  }

  /** The next character as an error message shows it. */
  get shown(): string {
    return this.atEnd ? 'the end' : `"${this.peek}"`;
  }

  next(): string {
    return this.text.charAt(this.position++);
  }

  /** Steps over `expected` if it comes next. */
  take(expected: string): boolean {
    if (!this.text.startsWith(expected, this.position)) return false;
    this.position += expected.length;
    return true;
  }

  /** Steps over the match of a sticky pattern at the cursor. */
  match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    if (found !== undefined) this.position += found.length;
    return found;
  }

  expect(expected: string): void {
    if (!this.take(expected)) throw this.error(`Expected "${expected}", found ${this.shown}`);
  }

  skipSpace(): void {
    this.match(/\s*/y);
  }

  error(reason: string): TextSyntaxError {
    return new this.#errorClass(reason, this.text, this.position);
  }
}
