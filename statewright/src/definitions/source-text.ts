import {
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type LineCounter,
  type Node,
  Parser,
} from 'yaml';
import { duplicateKeys } from '../duplicate-keys';
import { deepJson, invalidJson, jsonFault, lineAndColumn } from '../json-fault';
import { UserError } from '../user-error';
import { beginsAsJson } from './begins-as-json';
import { intrinsicOf } from './cloudformation/tags';
import { readYaml } from './yaml-document';

/** A position in a file; lines and columns count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The path to a value in a file: keys and indexes. */
export type ValuePath = readonly (string | number)[];

/** A text that is not valid JSON or YAML. */
export class SourceError extends UserError {
  override readonly name = 'SourceError';

  constructor(
    message: string,
    readonly place: Position,
    hint?: string,
  ) {
    super(message, hint);
  }
}

/** What a YAML tag with its value means. */
type Tagged = (tag: string, value: unknown) => unknown;

/** A `.template` of CloudFormation is either. */
const isYaml = (path: string, text: string): boolean =>
  /\.ya?ml$/i.test(path) || (/\.template$/i.test(path) && !beginsAsJson(text));

/**
 * The value of a text in JSON or YAML, by the path's extension. CloudFormation's short forms become its long ones:
 * `!GetAtt A.Arn` is `{ "Fn::GetAtt": ["A", "Arn"] }`.
 *
 * @param tagged what a tag with its value means (default: its long form); undefined for a tag that is refused
 * @throws SourceError with the position
 */
export function parseSource(text: string, path: string, tagged: Tagged = intrinsicOf): unknown {
  if (!isYaml(path, text)) {
    const fault = jsonFault(text);
    if (!fault) {
      checkKeys(text, path);
      return notTooDeep(JSON.parse(text), path);
    }
    throw new SourceError(invalidJson(path, text) as string, lineAndColumn(text, fault.position));
  }
  const { document, lines } = parseYaml(text, path);
  const [fault] = document.errors;
  if (fault) {
    throw yamlError(path, `is not valid YAML: ${fault.message}`, lines.linePos(fault.pos[0]));
  }
  const values = { left: MOST_VALUES };
  return notTooDeep(
    orTooDeep(path, () => nodeValue(document.contents, anchorsOf(document), { path, lines, tagged, values })),
    path,
  );
}

/** Refuses a duplicate key, as YAML does: JSON.parse would ignore one of the values. @param text valid JSON @throws SourceError */
function checkKeys(text: string, path: string): void {
  const { value: duplicate } = duplicateKeys(text).next();
  if (!duplicate) return;
  const place = lineAndColumn(text, duplicate.position);
  const first = lineAndColumn(text, duplicate.firstPosition);
  throw new SourceError(
    `${path} has a duplicate key: line ${place.line}, column ${place.column}: "${duplicate.key}" is already in this object, in line ${first.line}`,
    place,
  );
}

/** The most values of a text in YAML: with a few aliases of aliases, a short one can have more than fit into memory. */
const MOST_VALUES = 250_000;

/**
 * parseDocument calls itself for each level, and where that fills the stack, V8 ends the process if it then compiles a
 * regular expression: the levels are counted first.
 *
 * @throws UserError for a text that is nested too deeply
 */
function parseYaml(text: string, path: string): ReturnType<typeof readYaml> {
  let level: CST.Token[] = [...new Parser().parse(text)];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MOST_LEVELS) throw tooDeep(path);
    level = level.flatMap(tokensIn);
  }
  return readYaml(text);
}

/** The most levels of a text in YAML. Those of a definition are fewer (TOO_DEEPLY_NESTED: more than 400). */
const MOST_LEVELS = 500;

function tokensIn(token: CST.Token): CST.Token[] {
  if (token.type === 'document') return token.value ? [token.value] : [];
  if (!('items' in token)) return [];
  return token.items.flatMap(({ key, value }) => [key ?? [], value ?? []].flat());
}

/** @throws UserError for a text whose nesting fills the stack, such as an alias inside of its own anchor */
function orTooDeep<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof RangeError ? tooDeep(path) : error;
  }
}

const tooDeep = (path: string) => new UserError(`${path} is nested too deeply.`);

/** @throws UserError */
function notTooDeep(value: unknown, path: string): unknown {
  const problem = deepJson(path, value);
  if (problem !== undefined) throw new UserError(problem);
  return value;
}

/** Finds the value of an alias such as `*retry`: once for each, since `resolve` searches the whole document. */
function anchorsOf(document: Document.Parsed): (node: Node) => Node | undefined {
  const found = new Map<Node, Node | undefined>();
  return (node) => {
    if (!isAlias(node)) return node;
    if (!found.has(node)) found.set(node, node.resolve(document));
    return found.get(node);
  };
}

function nodeValue(
  node: Node | null | undefined,
  resolve: (node: Node) => Node | undefined,
  source: {
    readonly path: string;
    readonly lines: LineCounter;
    readonly tagged: Tagged;
    /** How many more values there may be. */
    readonly values: { left: number };
  },
): unknown {
  if (source.values.left-- === 0) {
    throw new UserError(
      `${source.path} has more than ${MOST_VALUES} values, with those that its aliases repeat.`,
    );
  }
  const inner = (each: unknown) => nodeValue(each as Node, resolve, source);
  const found = node ? resolve(node) : undefined;
  if (!found) return null;
  const value = isMap(found)
    ? Object.assign({}, ...found.items.map((pair) => fieldOf(pair, inner)))
    : isSeq(found)
      ? found.items.map(inner)
      : isScalar(found)
        ? found.value
        : null;
  const { tag } = found;
  if (tag === undefined || !tag.startsWith('!')) return value;
  const { path, lines, tagged } = source;
  const made = tagged(tag.slice(1), value);
  if (made !== undefined) return made;
  const isKnown = intrinsicOf(tag.slice(1), value) !== undefined;
  const problem = isKnown
    ? `has the tag ${tag}, which only a template can have`
    : `has the unknown tag ${tag}`;
  throw yamlError(path, problem, lines.linePos(found.range?.[0] ?? 0));
}

function yamlError(path: string, problem: string, { line, col }: { line: number; col: number }): SourceError {
  return new SourceError(`${path} ${problem} (line ${line}, column ${col})`, { line, column: col });
}

/** One field; for the merge key `<<`, those of the mappings that it names. */
function fieldOf(
  { key, value }: { key: unknown; value: unknown },
  inner: (node: unknown) => unknown,
): object {
  const name = isScalar(key) ? String(key.value) : String(key);
  const made = inner(value);
  if (name !== '<<') return { [name]: made };
  return Object.assign({}, ...(Array.isArray(made) ? made : [made]));
}
