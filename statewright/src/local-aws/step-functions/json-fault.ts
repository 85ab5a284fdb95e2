/** Where and why a text is not JSON, in the words of the JSON parser that Step Functions uses. */
export interface JsonFault {
  readonly message: string;
  /** `line: 1, column: 4`, both from 1. */
  readonly location: string;
}

/** Undefined for valid JSON. */
export function jsonFault(text: string): JsonFault | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return new FaultFinder(text).find();
  }
}

/** Thrown at the first character that cannot be part of JSON. */
class Unreadable extends Error {
  constructor(
    message: string,
    readonly position: number,
  ) {
    super(message);
  }
}

/** Reads JSON only to find where it breaks: JavaScript's own messages differ from one version to the next. */
class FaultFinder {
  #at = 0;

  constructor(private readonly text: string) {}

  find(): JsonFault {
    try {
      this.#value();
      this.#skipSpace();
      if (this.#at < this.text.length) throw this.#unexpected('expected the end of the input');
      throw new Unreadable('Invalid JSON', this.#at);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      const before = this.text.slice(0, error.position);
      const line = before.split('\n').length;
      const column = error.position - before.lastIndexOf('\n');
      return { message: error.message, location: `line: ${line}, column: ${column}` };
    }
  }

  #value(): void {
    this.#skipSpace();
    const start = this.text[this.#at];
    if (start === '{') this.#object();
    else if (start === '[') this.#array();
    else if (start === '"') this.#string();
    else this.#scalar();
  }

  #scalar(): void {
    if (this.#skip(/-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y)) return;
    const from = this.#at;
    if (!this.#skip(/[\p{L}_$][\p{L}\p{N}_$]*/uy)) {
      throw this.#unexpected(
        "expected a valid value (JSON String, Number, Array, Object or token 'null', 'true' or 'false')",
      );
    }
    const token = this.text.slice(from, this.#at);
    if (['null', 'true', 'false'].includes(token)) return;
    throw new Unreadable(
      `Unrecognized token '${token}': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')`,
      this.#at,
    );
  }

  #object(): void {
    this.#at++;
    if (this.#take('}')) return;
    do {
      this.#skipSpace();
      if (this.text[this.#at] !== '"')
        throw this.#unexpected('was expecting double-quote to start field name');
      this.#string();
      if (!this.#take(':')) throw this.#unexpected('was expecting a colon to separate field name and value');
      this.#value();
    } while (this.#take(','));
    if (!this.#take('}')) throw this.#unexpected('was expecting comma to separate Object entries');
  }

  #array(): void {
    this.#at++;
    if (this.#take(']')) return;
    do this.#value();
    while (this.#take(','));
    if (!this.#take(']')) throw this.#unexpected('was expecting comma to separate Array entries');
  }

  #string(): void {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them inside a string
    this.#skip(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*/y);
    if (!this.#takeHere('"')) throw this.#unexpected('was expecting closing quote for a string value');
  }

  /** Passes over what a sticky expression matches here. */
  #skip(expression: RegExp): boolean {
    expression.lastIndex = this.#at;
    if (!expression.test(this.text)) return false;
    this.#at = expression.lastIndex;
    return true;
  }

  #take(character: string): boolean {
    this.#skipSpace();
    return this.#takeHere(character);
  }

  #takeHere(character: string): boolean {
    if (this.text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #skipSpace(): void {
    while (' \t\r\n'.includes(this.text[this.#at] ?? 'x')) this.#at++;
  }

  #unexpected(expectation: string): Unreadable {
    const character = this.text[this.#at];
    if (character === undefined) return new Unreadable(`Unexpected end-of-input: ${expectation}`, this.#at);
    const code = character.codePointAt(0);
    return new Unreadable(
      `Unexpected character ('${character}' (code ${code})): ${expectation}`,
      this.#at + 1,
    );
  }
}
