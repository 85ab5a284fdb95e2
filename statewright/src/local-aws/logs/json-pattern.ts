import { matchesParts } from '../../asl/wildcard';
import { compileRegex, invalidFilterPattern, type MessageFilter } from './filter-regex';

/** Whether a parsed message matches. */
type Condition = (root: unknown) => boolean;

/**
 * Compiles `{ $.field = "x" && ($.count > 1 || $.other NOT EXISTS) }`: comparisons with = != < > <= >=, text with `*`
 * for any characters, `%regex%`, IS NULL, IS TRUE, IS FALSE, EXISTS and NOT EXISTS; && binds before ||. A message that
 * is not JSON does not match; a path with `[*]` matches if any of its values does.
 */
export function compileJsonPattern(pattern: string): MessageFilter {
  const parser = new Parser(pattern);
  parser.expect('{');
  const condition = parser.disjunction();
  parser.expect('}');
  parser.expectEnd();
  return (message) => {
    const start = message.trimStart()[0];
    if (start !== '{' && start !== '[') return false;
    try {
      return condition(JSON.parse(message));
    } catch {
      return false;
    }
  };
}

const TOKEN =
  /\s*(?:(\{|\}|\(|\)|&&|\|\||!=|<=|>=|=|<|>)|("(?:[^"\\]|\\.)*")|(%[^%]+%)|(\$(?:\.[\w\-@]+|\[(?:\d+|\*|'[^']+'|"[^"]+")\])+)|([^\s{}()&|=<>!"]+))/y;

interface Token {
  readonly kind: 'symbol' | 'text' | 'regex' | 'path' | 'word' | 'end';
  readonly text: string;
}

class Parser {
  readonly #tokens: Token[] = [];
  #next = 0;
  readonly #pattern: string;

  constructor(pattern: string) {
    this.#pattern = pattern;

    TOKEN.lastIndex = 0;
    const text = pattern.trimEnd();
    while (TOKEN.lastIndex < text.length) {
      const at = TOKEN.lastIndex;
      const [match, symbol, quoted, regex, path, word] = TOKEN.exec(text) ?? [];
      if (match === undefined) throw this.#fault(text.slice(at).trim());
      if (symbol !== undefined) this.#tokens.push({ kind: 'symbol', text: symbol });
      else if (quoted !== undefined)
        this.#tokens.push({ kind: 'text', text: quoted.slice(1, -1).replace(/\\(.)/g, '$1') });
      else if (regex !== undefined) this.#tokens.push({ kind: 'regex', text: regex.slice(1, -1) });
      else if (path !== undefined) this.#tokens.push({ kind: 'path', text: path });
      else this.#tokens.push({ kind: 'word', text: word ?? '' });
    }
  }

  disjunction(): Condition {
    const alternatives = [this.#conjunction()];
    while (this.#accept('||')) alternatives.push(this.#conjunction());
    return (root) => alternatives.some((condition) => condition(root));
  }

  expect(symbol: string): void {
    if (!this.#accept(symbol)) throw this.#fault(this.#peek().text, symbol);
  }

  expectEnd(): void {
    if (this.#peek().kind !== 'end') throw this.#fault(this.#peek().text);
  }

  #conjunction(): Condition {
    const conditions = [this.#condition()];
    while (this.#accept('&&')) conditions.push(this.#condition());
    return (root) => conditions.every((condition) => condition(root));
  }

  #condition(): Condition {
    if (this.#accept('(')) {
      const inner = this.disjunction();
      this.expect(')');
      return inner;
    }
    const path = this.#take();
    if (path.kind !== 'path') throw this.#fault(path.text, 'a selector such as $.field');
    const select = compileSelector(path.text);
    const operator = this.#take();
    const keyword = operator.text.toUpperCase();
    if (keyword === 'IS') {
      const expected = KEYWORDS.get(this.#take().text.toUpperCase());
      if (expected === undefined) throw this.#fault(keyword, 'NULL, TRUE or FALSE after IS');
      return (root) => select(root).some((value) => value === expected);
    }
    if (keyword === 'EXISTS') return (root) => select(root).length > 0;
    if (keyword === 'NOT' && this.#take().text.toUpperCase() === 'EXISTS') {
      return (root) => select(root).length === 0;
    }
    const compare = compileComparison(operator.text, this.#take());
    if (!compare) throw this.#fault(operator.text, 'a comparison');
    return (root) => select(root).some(compare);
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? { kind: 'end', text: 'the end' };
  }

  #take(): Token {
    const token = this.#peek();
    this.#next++;
    return token;
  }

  #accept(symbol: string): boolean {
    const found = this.#peek().kind === 'symbol' && this.#peek().text === symbol;
    if (found) this.#next++;
    return found;
  }

  #fault(found: string, expected?: string) {
    const wanted = expected === undefined ? '' : `, where ${expected} is expected`;
    return invalidFilterPattern(`unexpected ${found}${wanted}, in ${this.#pattern}`);
  }
}

const KEYWORDS = new Map<string, unknown>([
  ['NULL', null],
  ['TRUE', true],
  ['FALSE', false],
]);

/** The values at a path: none when it does not exist, several when it has `[*]`. */
function compileSelector(path: string): (root: unknown) => unknown[] {
  const steps = [...path.matchAll(/\.([\w\-@]+)|\[(\d+|\*)\]|\[['"]([^'"]+)['"]\]/g)].map(
    ([, name, index, quoted]) => name ?? index ?? quoted ?? '',
  );
  return (root) =>
    steps.reduce<unknown[]>((values, step) => values.flatMap((value) => children(value, step)), [root]);
}

function children(value: unknown, step: string): unknown[] {
  if (typeof value !== 'object' || value === null) return [];
  if (step === '*' && Array.isArray(value)) return value;
  return Object.hasOwn(value, step) ? [(value as Record<string, unknown>)[step]] : [];
}

type Comparison = (value: unknown) => boolean;

/** What a value is compared with. */
export type Operand = Pick<Token, 'kind' | 'text'>;

/** @returns undefined for what is not a comparison */
export function compileComparison(operator: string, operand: Operand): Comparison | undefined {
  if (operator === '=') return compileEquals(operand);
  if (operator === '!=') {
    const equals = compileEquals(operand);
    return equals && ((value) => !equals(value));
  }
  const limit = operand.kind === 'word' ? Number(operand.text) : Number.NaN;
  if (Number.isNaN(limit)) return undefined;
  const number = (value: unknown) => (typeof value === 'number' ? value : Number.NaN);
  if (operator === '<') return (value) => number(value) < limit;
  if (operator === '>') return (value) => number(value) > limit;
  if (operator === '<=') return (value) => number(value) <= limit;
  if (operator === '>=') return (value) => number(value) >= limit;
  return undefined;
}

function compileEquals({ kind, text }: Operand): Comparison | undefined {
  if (kind === 'regex') {
    const matches = compileRegex(text);
    return (value) => isScalar(value) && matches(String(value));
  }
  if (kind !== 'text' && kind !== 'word') return undefined;
  const number = kind === 'word' ? Number(text) : Number.NaN;
  const parts = text.split('*');
  return (value) =>
    (typeof value === 'number' && value === number) ||
    (isScalar(value) && matchesParts(parts, String(value)));
}

const isScalar = (value: unknown) => ['string', 'number', 'boolean'].includes(typeof value);
