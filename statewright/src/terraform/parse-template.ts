import { ExpressionSyntaxError, UnsupportedError } from './errors';
import type { BinaryOperator, Expression } from './expression';

/** From the loosest to the tightest binding. */
const PRECEDENCE: readonly (readonly BinaryOperator[])[] = [
  ['||'],
  ['&&'],
  ['==', '!='],
  ['<=', '>=', '<', '>'],
  ['+', '-'],
  ['*', '/', '%'],
];

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };

/**
 * Reads a string of Terraform JSON: text with expressions in `${…}`, where `$${` and `%%{` are a literal `${` and `%{`.
 * A string that is one expression and nothing else has the value of that expression, of any type.
 *
 * @param place where the string is, for errors
 * @throws ExpressionSyntaxError, UnsupportedError
 */
export function parseTemplate(text: string, place: string): Expression {
  return new TemplateParser(text, place).template();
}

class TemplateParser {
  #position = 0;
  readonly #text: string;
  readonly #place: string;

  constructor(text: string, place: string) {
    this.#text = text;
    this.#place = place;
  }

  template(): Expression {
    const parts = this.#templateParts(/[^$%]+|[$%]/y);
    return asOne(parts);
  }

  /** Text and expressions, as long as they continue. */
  #templateParts(plain: RegExp, decode = (text: string) => text): Expression[] {
    const parts: Expression[] = [];
    let literal = '';
    const endLiteral = () => {
      if (literal) parts.push({ kind: 'literal', value: literal });
      literal = '';
    };
    for (;;) {
      if (this.#take(/\$\$\{/y)) literal += '${';
      else if (this.#take(/%%\{/y)) literal += '%{';
      else if (this.#take(/[$%]\{~/y)) this.#unsupported('The strip marker ~ is');
      else if (this.#take(/\$\{/y)) {
        endLiteral();
        parts.push(this.#expression());
        this.#expect(/\}/y, '}');
      } else if (this.#take(/%\{/y)) this.#unsupported('The template directive %{ … } is');
      else {
        const found = this.#take(plain);
        if (found === undefined) break;
        literal += decode(found);
      }
    }
    endLiteral();
    return parts;
  }

  #expression(): Expression {
    const test = this.#binary(0);
    if (!this.#takeSymbol('?')) return test;
    const yes = this.#expression();
    this.#expect(/:/y, ':');
    return { kind: 'conditional', test, yes, no: this.#expression() };
  }

  #binary(level: number): Expression {
    const operators = PRECEDENCE[level];
    if (!operators) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = operators.find((symbol) => this.#takeSymbol(symbol));
      if (!operator) return left;
      left = { kind: 'binary', operator, left, right: this.#binary(level + 1) };
    }
  }

  #unary(): Expression {
    for (const operator of ['!', '-'] as const) {
      if (this.#takeSymbol(operator)) return { kind: 'unary', operator, operand: this.#unary() };
    }
    return this.#traversal(this.#primary());
  }

  #traversal(start: Expression): Expression {
    let of = start;
    for (;;) {
      if (this.#take(/\s*(\.\*|\[\s*\*\s*\])/y)) this.#unsupported('The splat expression [*] is');
      else if (this.#take(/\s*\.(?!\.)/y)) {
        of = { kind: 'attribute', of, name: this.#expect(/[\p{L}_][\p{L}\p{N}_-]*|\d+/uy, 'a name') };
      } else if (this.#takeSymbol('[')) {
        of = { kind: 'index', of, index: this.#expression() };
        this.#expect(/\]/y, ']');
      } else return of;
    }
  }

  #primary(): Expression {
    const number = this.#take(/\s*\d+(\.\d+)?([eE][+-]?\d+)?/y);
    if (number !== undefined) return { kind: 'literal', value: Number(number) };
    if (this.#takeSymbol('"')) return this.#quoted();
    if (this.#takeSymbol('(')) {
      const inner = this.#expression();
      this.#expect(/\)/y, ')');
      return inner;
    }
    if (this.#takeSymbol('[')) return this.#list();
    if (this.#takeSymbol('{')) return this.#object();
    return this.#named(this.#expect(/[\p{L}_][\p{L}\p{N}_-]*/uy, 'an expression'));
  }

  #named(name: string): Expression {
    if (this.#takeSymbol('('))
      return { kind: 'call', name, arguments: this.#series(')', () => this.#expression()) };
    if (name === 'null') return { kind: 'literal', value: null };
    if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
    return { kind: 'root', name };
  }

  #quoted(): Expression {
    const decode = (text: string) =>
      text.replace(/\\(?:u([\dA-Fa-f]{4})|(.))/g, (whole, code, letter) =>
        code ? String.fromCharCode(Number.parseInt(code, 16)) : (ESCAPES[letter] ?? whole),
      );
    const parts = this.#templateParts(/(?:[^$%"\\]|\\.)+|[$%]/y, decode);
    if (!this.#take(/"/y)) this.#fail('Expected "');
    return asOne(parts);
  }

  #list(): Expression {
    if (this.#take(/\s*for\b/y)) this.#unsupported('A for expression is');
    return { kind: 'list', items: this.#series(']', () => this.#expression()) };
  }

  #object(): Expression {
    if (this.#take(/\s*for\b/y)) this.#unsupported('A for expression is');
    const entries = this.#series('}', () => {
      const key = this.#expression();
      this.#expect(/[=:]/y, '=');
      // A bare name is a key, not a reference.
      const name: Expression = key.kind === 'root' ? { kind: 'literal', value: key.name } : key;
      return [name, this.#expression()] as const;
    });
    return { kind: 'object', entries };
  }

  /** Items with commas between them, to the closing symbol; a comma may follow the last. */
  #series<T>(close: string, next: () => T): T[] {
    const items: T[] = [];
    while (!this.#takeSymbol(close)) {
      items.push(next());
      if (this.#takeSymbol(close)) break;
      if (this.#take(/\s*\.\.\./y)) this.#unsupported('An expanded argument (…...) is');
      // In an object, the end of the line is enough.
      if (close !== '}' || !this.#take(/[ \t]*\n/y)) this.#expect(/,/y, `, or ${close}`);
    }
    return items;
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#position;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#position += found.length;
    return found;
  }

  /** A symbol, with the white space before it. */
  #takeSymbol(symbol: string): boolean {
    const start = this.#position;
    this.#take(/\s*/y);
    if (this.#text.startsWith(symbol, this.#position)) {
      this.#position += symbol.length;
      return true;
    }
    this.#position = start;
    return false;
  }

  #expect(pattern: RegExp, name: string): string {
    this.#take(/\s+/y);
    return this.#take(pattern) ?? this.#fail(`Expected ${name}`);
  }

  #fail(problem: string): never {
    throw new ExpressionSyntaxError(this.#place, problem, this.#text, this.#position + 1);
  }

  #unsupported(what: string): never {
    throw new UnsupportedError(this.#place, `${what} not supported here, in ${JSON.stringify(this.#text)}`);
  }
}

function asOne(parts: readonly Expression[]): Expression {
  const [only] = parts;
  if (!only) return { kind: 'literal', value: '' };
  return parts.length === 1 ? only : { kind: 'template', parts };
}
