/** What JSON allows at a place. */
export type Expected =
  | 'value'
  | 'field name'
  | 'colon'
  | 'comma or }'
  | 'comma or ]'
  | 'closing quote'
  | 'end of the text';

export interface JsonFault {
  readonly expected: Expected;
  /** What the text has instead: a character, or a word in place of a value; empty at the end of the text. */
  readonly found: string;
  /** The index in the text where that begins. */
  readonly position: number;
}

const SPACE = /[ \t\r\n]*/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /[\p{L}_$][\p{L}\p{N}_$]*/uy;
// biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids them inside a string
const STRING_CONTENT = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*/y;

/**
 * Reads a text that JSON.parse refused, to find the fault: JavaScript's own messages differ from one version to the
 * next. Uses a list of open brackets, not a recursion, because a fault can be nested deeply.
 */
export class JsonScanner {
  readonly #text: string;
  readonly #open: ('{' | '[')[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** The first fault. After a valid text, the end of the text is expected. */
  fault(): JsonFault {
    for (;;) {
      const fault = this.#value();
      if (fault) return fault;
    }
  }

  /** Reads a value and what follows it, up to the next value; of an object or a list that is not empty, its beginning. */
  #value(): JsonFault | undefined {
    this.#skip(SPACE);
    if (this.#take('{')) {
      if (this.#closes('}')) return this.#afterValue();
      this.#open.push('{');
      return this.#fieldName();
    }
    if (this.#take('[')) {
      if (this.#closes(']')) return this.#afterValue();
      this.#open.push('[');
      return undefined;
    }
    return this.#scalar() ?? this.#afterValue();
  }

  /** Closing brackets, or a comma and what comes before the next value. */
  #afterValue(): JsonFault | undefined {
    for (;;) {
      const inside = this.#open.at(-1);
      if (inside === undefined) {
        this.#skip(SPACE);
        return this.#expected('end of the text');
      }
      if (!this.#closes(inside === '{' ? '}' : ']')) break;
      this.#open.pop();
    }
    const isObject = this.#open.at(-1) === '{';
    if (!this.#take(',')) return this.#expected(isObject ? 'comma or }' : 'comma or ]');
    return isObject ? this.#fieldName() : undefined;
  }

  #fieldName(): JsonFault | undefined {
    this.#skip(SPACE);
    if (this.#text[this.#at] !== '"') return this.#expected('field name');
    const fault = this.#string();
    if (fault) return fault;
    this.#skip(SPACE);
    return this.#take(':') ? undefined : this.#expected('colon');
  }

  #scalar(): JsonFault | undefined {
    if (this.#text[this.#at] === '"') return this.#string();
    if (this.#skip(NUMBER) !== '') return undefined;
    const position = this.#at;
    const word = this.#skip(WORD);
    if (word === '') return this.#expected('value');
    if (['null', 'true', 'false'].includes(word)) return undefined;
    return { expected: 'value', found: word, position };
  }

  #string(): JsonFault | undefined {
    this.#skip(STRING_CONTENT);
    return this.#take('"') ? undefined : this.#expected('closing quote');
  }

  #closes(bracket: '}' | ']'): boolean {
    this.#skip(SPACE);
    return this.#take(bracket);
  }

  #take(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  #skip(expression: RegExp): string {
    expression.lastIndex = this.#at;
    const [matched = ''] = expression.exec(this.#text) ?? [];
    this.#at += matched.length;
    return matched;
  }

  #expected(expected: Expected): JsonFault {
    const code = this.#text.codePointAt(this.#at);
    return { expected, found: code === undefined ? '' : String.fromCodePoint(code), position: this.#at };
  }
}
