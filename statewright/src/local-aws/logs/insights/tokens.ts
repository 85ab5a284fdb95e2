import { malformedQuery } from './query-error';

/** A part of a query. Texts are without quotes, regular expressions without slashes, names without backticks. */
interface Token {
  readonly kind: 'text' | 'regex' | 'span' | 'number' | 'name' | 'sign';
  readonly value: string;
}

const TOKEN =
  /(?<space>\s+|#[^\n]*)|(?<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<regex>\/(?:[^/\\\n]|\\.)+\/)|(?<span>\d+(?:ms|[smhdw])\b)|(?<number>-?\d+(?:\.\d+)?(?![\w.]))|(?<name>`[^`]+`|@?[A-Za-z_][\w.@-]*)|(?<sign>=~|!=|<=|>=|[=<>(),[\]|*])/y;

/** The tokens of a query, without comments. @throws AwsError MalformedQueryException */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < query.length; ) {
    TOKEN.lastIndex = at;
    const groups = TOKEN.exec(query)?.groups;
    if (!groups) throw malformedQuery(`unexpected symbol found ${query[at]} at position ${at}`);
    const [kind, raw] = Object.entries(groups).find(([, text]) => text !== undefined) as [string, string];
    at += raw.length;
    if (kind !== 'space') tokens.push({ kind: kind as Token['kind'], value: unquoted(kind, raw) });
  }
  return tokens;
}

function unquoted(kind: string, raw: string): string {
  if (kind === 'text') return raw.slice(1, -1).replace(/\\(.)/gs, '$1');
  return kind === 'regex' || raw.startsWith('`') ? raw.slice(1, -1) : raw;
}

/** Reads tokens one after the other. */
export class TokenReader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  get next(): Token | undefined {
    return this.#tokens[this.#at];
  }

  /** @param expected what the message says should be here */
  take(expected: string): Token {
    const token = this.next;
    if (!token) throw malformedQuery(`unexpected end of the query: expected ${expected}`);
    this.#at++;
    return token;
  }

  /** Takes the next token if it is a certain sign or word; words are compared without regard to case. */
  takes(...values: readonly string[]): string | undefined {
    const token = this.next;
    const isWord = token?.kind === 'sign' || token?.kind === 'name';
    const found = isWord ? values.find((value) => value === token.value.toLowerCase()) : undefined;
    if (found !== undefined) this.#at++;
    return found;
  }

  expect(value: string): void {
    if (this.takes(value) === undefined) throw this.unexpected(value);
  }

  /** The name of a field. */
  field(): string {
    const token = this.take('the name of a field');
    if (token.kind !== 'name') {
      throw malformedQuery(`unexpected symbol found ${token.value}: expected the name of a field`);
    }
    if (this.next?.kind === 'sign' && this.next.value === '(') {
      throw malformedQuery(`The local AWS does not know the function ${token.value} here.`);
    }
    return token.value;
  }

  /** A list with commas between its items. */
  list<T>(item: () => T): T[] {
    const items = [item()];
    while (this.takes(',')) items.push(item());
    return items;
  }

  unexpected(expected: string) {
    const found =
      this.next === undefined ? 'unexpected end of the query' : `unexpected symbol found ${this.next.value}`;
    return malformedQuery(`${found}: expected ${expected}`);
  }
}
