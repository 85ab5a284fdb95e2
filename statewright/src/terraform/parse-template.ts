import { type BinaryOperator, type Expression, SPLAT_ITEM } from './expression';
import { Scanner } from './scanner';
import { type Directive, type Piece, withoutIndentation } from './template-pieces';

const NAME = /[\p{L}_][\p{L}\p{N}_-]*/uy;

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
 * @throws ExpressionSyntaxError
 */
export function parseTemplate(text: string, place: string): Expression {
  return new ExpressionParser(text, place).template();
}

/** Reads one expression, such as a type constraint. */
export function parseExpression(text: string, place: string): Expression {
  const parser = new ExpressionParser(text, place);
  const expression = parser.expression();
  parser.expect(/$/y, 'the end');
  return expression;
}

/** Reads HCL's expressions and templates (HCL Native Syntax Specification, "Expressions", "Templates"). */
export class ExpressionParser extends Scanner {
  /** The text to its end, as a template. @param isIndented whether to remove the indentation, as of a heredoc `<<-` */
  template(isIndented = false): Expression {
    // Each line is a piece of its own.
    const pieces = this.#pieces(/[^$%\n]*\n|[^$%\n]+|[$%]/y);
    return this.#asTemplate(isIndented ? withoutIndentation(pieces) : pieces);
  }

  expression(): Expression {
    const test = this.#binary(0);
    if (!this.symbol('?')) return test;
    const yes = this.expression();
    this.expect(/:/y, ':');
    return { kind: 'conditional', test, yes, no: this.nested(() => this.expression()) };
  }

  /**
   * Text, expressions and directives, as long as they continue. A strip marker removes the white space of the piece of text
   * next to it, which is at most one line.
   */
  #pieces(plain: RegExp, decode = (text: string) => text): Piece[] {
    const pieces: Piece[] = [];
    let text = '';
    let trims = false;
    const endText = (trimsEnd = false) => {
      const start = trims ? text.trimStart() : text;
      pieces.push({ kind: 'text', value: trimsEnd ? start.trimEnd() : start });
      text = '';
      trims = false;
    };
    for (;;) {
      const escaped = this.take(/\$\$\{|%%\{/y);
      const opening = escaped === undefined ? this.take(/[$%]\{~?/y) : undefined;
      if (opening !== undefined) {
        if (text) endText(opening.endsWith('~'));
        pieces.push(opening.startsWith('$') ? this.expression() : this.#directive());
        trims = this.symbol('~');
        this.expect(/\}/y, '}');
        continue;
      }
      const found = escaped?.slice(1) ?? this.take(plain);
      if (found === undefined) break;
      text += decode(found);
      if (found.endsWith('\n')) endText();
    }
    if (text) endText();
    return pieces;
  }

  #directive(): Directive {
    const word = this.expect(/(?:if|else|endif|for|endfor)\b/y, 'if, else, endif, for or endfor');
    if (word === 'if') return { kind: 'directive', word, of: this.expression() };
    if (word === 'for') return { kind: 'directive', word, ...this.#forNames(), of: this.expression() };
    return { kind: 'directive', word };
  }

  #asTemplate(pieces: Piece[]): Expression {
    const parts = this.#templateParts(pieces);
    const [extra] = pieces;
    if (extra?.kind === 'directive') this.fail(`Unexpected %{ ${extra.word} }`);
    return asOne(parts);
  }

  /** Takes pieces from the front, to the directive that ends them. */
  #templateParts(pieces: Piece[]): Expression[] {
    const parts: Expression[] = [];
    for (let piece = pieces[0]; piece; piece = pieces[0]) {
      if (piece.kind === 'text') parts.push({ kind: 'literal', value: piece.value });
      else if (piece.kind !== 'directive') parts.push(piece);
      else if (piece.of === undefined) break;
      pieces.shift();
      if (piece.kind !== 'directive') continue;
      const directive = piece as Directive & { of: Expression };
      parts.push(this.#directiveWith(directive, pieces));
      const end = `end${directive.word}`;
      if (!isDirective(pieces.shift(), end)) this.fail(`Expected %{ ${end} }`);
    }
    return parts;
  }

  /** An `if` or a `for` with the pieces inside. */
  #directiveWith({ word, of, key, value = '' }: Directive & { of: Expression }, pieces: Piece[]): Expression {
    const inner = asText(this.#templateParts(pieces));
    if (word === 'for') {
      const each: Expression = { kind: 'for', key, value, of, item: inner, grouped: false };
      const nothing: Expression = { kind: 'literal', value: '' };
      return { kind: 'call', name: 'join', arguments: [nothing, each], expand: false };
    }
    const hasElse = isDirective(pieces[0], 'else');
    if (hasElse) pieces.shift();
    const no = asText(hasElse ? this.#templateParts(pieces) : []);
    return { kind: 'conditional', test: of, yes: inner, no };
  }

  #binary(level: number): Expression {
    const operators = PRECEDENCE[level];
    if (!operators) return this.#unary();
    let left = this.#binary(level + 1);
    for (;;) {
      const operator = operators.find((symbol) => this.symbol(symbol));
      if (!operator) return left;
      left = { kind: 'binary', operator, left, right: this.#binary(level + 1) };
    }
  }

  #unary(): Expression {
    return this.nested(() => this.#operand());
  }

  #operand(): Expression {
    for (const operator of ['!', '-'] as const) {
      if (this.symbol(operator)) return { kind: 'unary', operator, operand: this.#unary() };
    }
    return this.#traversal(this.#primary());
  }

  #traversal(start: Expression): Expression {
    let of = start;
    for (;;) {
      if (this.take(/\s*\[\s*\*\s*\]/y)) {
        return { kind: 'splat', of, item: this.#traversal({ kind: 'root', name: SPLAT_ITEM }) };
      }
      if (this.take(/\s*\.\*/y)) {
        let item: Expression = { kind: 'root', name: SPLAT_ITEM };
        while (this.take(/\s*\.(?!\.)/y)) {
          item = { kind: 'attribute', of: item, name: this.expect(NAME, 'a name') };
        }
        of = { kind: 'splat', of, item };
      } else if (this.take(/\s*\.(?!\.)/y)) {
        of = { kind: 'attribute', of, name: this.expect(/[\p{L}_][\p{L}\p{N}_-]*|\d+/uy, 'a name') };
      } else if (this.symbol('[')) {
        of = { kind: 'index', of, index: this.expression() };
        this.expect(/\]/y, ']');
      } else return of;
    }
  }

  #primary(): Expression {
    this.space();
    const number = this.take(/\d+(\.\d+)?([eE][+-]?\d+)?/y);
    if (number !== undefined) return { kind: 'literal', value: Number(number) };
    if (this.take(/"/y)) return this.#quoted();
    const heredoc = this.take(/<<-?[\p{L}_][\p{L}\p{N}_-]*[ \t]*\r?\n/uy);
    if (heredoc !== undefined) return this.#heredoc(heredoc);
    if (this.symbol('(')) {
      const inner = this.expression();
      this.expect(/\)/y, ')');
      return inner;
    }
    if (this.symbol('[')) return this.#list();
    if (this.symbol('{')) return this.#object();
    return this.#named(this.expect(NAME, 'an expression'));
  }

  #named(name: string): Expression {
    const provided = this.take(/::\w+::\w+/y);
    if (this.take(/[ \t]*\(/y)) return this.#call(name + (provided ?? ''));
    if (name === 'null') return { kind: 'literal', value: null };
    if (name === 'true' || name === 'false') return { kind: 'literal', value: name === 'true' };
    return { kind: 'root', name };
  }

  #call(name: string): Expression {
    let expand = false;
    const values = this.#series(')', () => {
      const value = this.expression();
      expand = this.symbol('...');
      return value;
    });
    return { kind: 'call', name, arguments: values, expand };
  }

  #quoted(): Expression {
    const decode = (text: string) =>
      text.replace(/\\(?:u([\dA-Fa-f]{4})|U([\dA-Fa-f]{8})|(.))/g, (whole, short, long, letter) =>
        (short ?? long) !== undefined
          ? String.fromCodePoint(Number.parseInt(short ?? long, 16))
          : (ESCAPES[letter] ?? whole),
      );
    const start = this.position - 1;
    const pieces = this.#pieces(/(?:[^$%"\\\n]|\\.)+|[$%]/y, decode);
    if (!this.take(/"/y)) this.fail('A string has no end in its line', start);
    return this.#asTemplate(pieces);
  }

  #heredoc(opening: string): Expression {
    const [, indented, word] = /<<(-?)(\S+)/.exec(opening) ?? [];
    const text = this.take(new RegExp(`(?:[^\\n]*\\n)*?(?=[ \\t]*${word}[ \\t\\r]*(?:\\n|\\}|$))`, 'y'));
    if (text === undefined) this.fail(`Expected ${word}`);
    this.take(new RegExp(`[ \\t]*${word}`, 'y'));
    return new ExpressionParser(text, this.place).template(indented === '-');
  }

  #list(): Expression {
    if (this.word('for')) return this.#for(']');
    return { kind: 'list', items: this.#series(']', () => this.expression()) };
  }

  #object(): Expression {
    if (this.word('for')) return this.#for('}');
    const entries = this.#series('}', () => {
      this.space();
      // A bare name is a key. In parentheses, or as a template such as "${name}", it is a reference.
      const isBare = !/["(]/.test(this.text[this.position] ?? '');
      const key = this.expression();
      this.expect(/[=:]/y, '=');
      const name: Expression = isBare && key.kind === 'root' ? { kind: 'literal', value: key.name } : key;
      return [name, this.expression()] as const;
    });
    return { kind: 'object', entries };
  }

  #for(close: ']' | '}'): Expression {
    const names = this.#forNames();
    const of = this.expression();
    this.expect(/:/y, ':');
    const first = this.expression();
    const isObject = close === '}';
    if (isObject) this.expect(/=>/y, '=>');
    const item = isObject ? this.expression() : first;
    const grouped = this.symbol('...');
    const condition = this.word('if') ? this.expression() : undefined;
    this.expect(close === ']' ? /\]/y : /\}/y, close);
    return { kind: 'for', ...names, of, ...(isObject && { itemKey: first }), item, grouped, condition };
  }

  /** `value in` or `key, value in`. */
  #forNames(): { readonly key?: string; readonly value: string } {
    const first = this.expect(NAME, 'a name');
    const second = this.symbol(',') ? this.expect(NAME, 'a name') : undefined;
    this.expect(/in\b/y, 'in');
    return second === undefined ? { value: first } : { key: first, value: second };
  }

  /** Items with commas between them, to the closing symbol; a comma may follow the last. */
  #series<T>(close: string, next: () => T): T[] {
    const items: T[] = [];
    while (!this.symbol(close)) {
      items.push(next());
      if (this.symbol(close)) break;
      // In an object, the end of the line is enough.
      const between = this.space();
      if (!this.take(/,/y) && !(close === '}' && between.includes('\n'))) {
        this.fail(`Expected , or ${close}`);
      }
    }
    return items;
  }
}

const isDirective = (piece: Piece | undefined, word: string) =>
  piece?.kind === 'directive' && piece.word === word;

/** The parts as text, also when there is only one. */
const asText = (parts: readonly Expression[]): Expression => ({ kind: 'template', parts });

function asOne(parts: readonly Expression[]): Expression {
  const [only] = parts;
  if (!only) return { kind: 'literal', value: '' };
  if (parts.length === 1) return only;
  const isText = parts.every((part) => part.kind === 'literal' && typeof part.value === 'string');
  return isText ? { kind: 'literal', value: parts.map(textOf).join('') } : { kind: 'template', parts };
}

const textOf = (part: Expression) => (part.kind === 'literal' ? String(part.value) : '');
