/**
 * The structure of an HCL file: its blocks, and their literal values. What only Terraform can evaluate stays an
 * expression (HCL Native Syntax Specification, "Structural elements" and "Expressions").
 */
export interface Body {
  readonly attributes: ReadonlyMap<string, Value>;
  readonly blocks: readonly Block[];
}

export interface Block {
  /** The block's type, such as `terraform` or `data`. */
  readonly type: string;
  /** The block's labels, such as `["terraform_remote_state", "network"]`. */
  readonly labels: readonly string[];
  readonly body: Body;
}

export type Value =
  | { readonly kind: 'text'; readonly text: string }
  /** The members; undefined if a key is itself an expression. */
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Value> | undefined }
  | { readonly kind: 'expression'; readonly source: string };

/** The text is not HCL; `line` counts from 1. */
export class HclError extends Error {
  override readonly name = 'HclError';

  constructor(
    message: string,
    readonly line: number,
  ) {
    super(message);
  }
}

/** @throws HclError */
export function parseHcl(text: string): Body {
  return new Parser(text.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')).file();
}

const identifier = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const heredocStart = /<<-?([\p{ID_Start}_][\p{ID_Continue}-]*)\n/uy;
const space = /(?:[ \t]|\/\*[\s\S]*?\*\/)+/y;
const lineComment = /(?:#|\/\/)[^\n]*/y;
const opening = '([{';
const closing = ')]}';

class Parser {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  file(): Body {
    const body = this.#body();
    if (this.#at < this.#text.length) throw this.#error('Unexpected "}".');
    return body;
  }

  /** Reads up to the closing brace, or the end of the file. */
  #body(): Body {
    const attributes = new Map<string, Value>();
    const blocks: Block[] = [];
    for (;;) {
      this.#skipLines();
      if (this.#at >= this.#text.length || this.#peek('}')) return { attributes, blocks };
      const name = this.#match(identifier);
      if (name === undefined) throw this.#error('Expected an argument or a block.');
      this.#match(space);
      if (this.#take('=')) attributes.set(name, this.#value('\n'));
      else blocks.push(this.#block(name));
    }
  }

  #block(type: string): Block {
    const labels: string[] = [];
    while (!this.#take('{')) {
      const label = this.#match(identifier) ?? literal(this.#string());
      if (label === undefined) throw this.#error(`Expected a label or "{" after ${type}.`);
      labels.push(label);
      this.#match(space);
    }
    const body = this.#body();
    if (!this.#take('}')) throw this.#error(`The block ${[type, ...labels].join(' ')} has no end.`);
    return { type, labels, body };
  }

  /** Reads an expression up to one of these characters, or a closing bracket of what surrounds it. */
  #value(ends: string): Value {
    this.#match(space);
    const start = this.#at;
    const object = this.#peek('{') ? this.#object() : undefined;
    const rest = this.#expression(ends);
    // An object with something after it, such as an index, is an expression.
    if (object && rest === '') return { kind: 'object', members: object.known ? object.values : undefined };
    const source = object ? this.#text.slice(start, this.#at) : rest;
    const text = source.startsWith('"') ? literal(source) : undefined;
    return text === undefined ? { kind: 'expression', source } : { kind: 'text', text };
  }

  #object(): { readonly known: boolean; readonly values: ReadonlyMap<string, Value> } {
    const values = new Map<string, Value>();
    let known = true;
    this.#take('{');
    for (;;) {
      this.#skipLines();
      if (this.#take(',')) continue;
      if (this.#take('}')) return { known, values };
      const source = this.#expression('=:\n,');
      const key = source.startsWith('"')
        ? literal(source)
        : source.match(/^[\p{ID_Start}_][\p{ID_Continue}-]*$/u)?.[0];
      if (!this.#take('=') && !this.#take(':')) {
        // `{ for … }`, which is an expression as a whole.
        known = false;
        if (this.#at >= this.#text.length) throw this.#error('An object has no end.');
        if (closing.includes(this.#text[this.#at] as string) && !this.#peek('}'))
          throw this.#error('Unexpected bracket.');
        continue;
      }
      const value = this.#value('\n,');
      if (key === undefined) known = false;
      else values.set(key, value);
    }
  }

  /** Reads up to one of these characters, or a closing bracket of what surrounds it; returns it without the end. */
  #expression(ends: string): string {
    const start = this.#at;
    let end = start;
    let depth = 0;
    while (this.#at < this.#text.length) {
      const character = this.#text[this.#at] as string;
      if (depth === 0 && (ends.includes(character) || closing.includes(character))) break;
      if (this.#match(space) !== undefined || this.#match(lineComment) !== undefined) continue;
      if (character === '"') this.#string();
      else if (this.#peek('<<')) this.#heredoc();
      else {
        if (opening.includes(character)) depth += 1;
        if (closing.includes(character)) depth -= 1;
        this.#at += 1;
      }
      end = this.#at;
    }
    if (depth > 0) throw this.#error('A bracket has no end.');
    return this.#text.slice(start, end).trim();
  }

  /** Reads a quoted string, and returns its source; an empty text if none begins here. */
  #string(): string {
    if (!this.#peek('"')) return '';
    const start = this.#at;
    this.#at += 1;
    while (!this.#take('"')) {
      if (this.#at >= this.#text.length || this.#peek('\n')) throw this.#error('A string has no end.');
      if (this.#peek('\\')) this.#at += 2;
      else this.#templateStep();
    }
    return this.#text.slice(start, this.#at);
  }

  #heredoc(): void {
    const start = this.#match(heredocStart);
    if (start === undefined) {
      this.#at += 2;
      return;
    }
    const end = start.replace(/^<<-?/, '').trim();
    const last = new RegExp(`[ \\t]*${end}[ \\t]*(?=\\n|$)`, 'y');
    for (;;) {
      if (this.#match(last) !== undefined) return;
      while (!this.#take('\n')) {
        if (this.#at >= this.#text.length) throw this.#error(`The text <<${end} has no end.`);
        this.#templateStep();
      }
    }
  }

  /** One character of a template, or one whole `${…}` or `%{…}`. */
  #templateStep(): void {
    if (this.#peek('$${') || this.#peek('%%{')) this.#at += 3;
    else if (this.#peek('${') || this.#peek('%{')) {
      this.#at += 2;
      this.#expression('');
      if (!this.#take('}')) throw this.#error('A template has no end.');
    } else this.#at += 1;
  }

  #skipLines(): void {
    while (this.#match(space) !== undefined || this.#match(lineComment) !== undefined || this.#take('\n'));
  }

  #peek = (text: string): boolean => this.#text.startsWith(text, this.#at);

  #take(text: string): boolean {
    if (!this.#peek(text)) return false;
    this.#at += text.length;
    return true;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }

  #error(message: string): HclError {
    return new HclError(message, this.#text.slice(0, this.#at).split('\n').length);
  }
}

/** The value of a quoted string; undefined for anything else, and for a string with a template. */
function literal(source: string): string | undefined {
  if (!/^"(?:[^"\\]|\\.)*"$/s.test(source) || /(?<![$%])[$%]\{/.test(source)) return undefined;
  try {
    return JSON.parse(source.replaceAll('$${', '${').replaceAll('%%{', '%{'));
  } catch {
    return undefined;
  }
}
