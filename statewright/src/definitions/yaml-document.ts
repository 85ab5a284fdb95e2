import { type Document, LineCounter, parseDocument } from 'yaml';

/** More lines than a real template has that need more indentation. Each is a further reading of the text. */
const MOST_LINES = 100;

/**
 * Reads YAML, and a flow collection whose lines are indented less than YAML 1.2 wants, as CloudFormation and SAM (PyYAML) do:
 *
 *     VpcConfig: !If [InVpc, {
 *       SubnetIds: !Ref Subnets
 *     }, !Ref AWS::NoValue]
 */
export function readYaml(text: string, options: YamlOptions = {}): YamlDocument {
  const written = parse(text, options);
  let source = text;
  let read = written;
  for (let left = MOST_LINES; left > 0; left--) {
    const index = badIndentation(read.document);
    if (index === undefined) break;
    source = withMoreIndentation(source, index);
    read = parse(source, options);
  }
  // The errors of the text as it is written, such as a bracket that is never closed.
  return read.document.errors.length === 0 ? read : written;
}

interface YamlOptions {
  readonly uniqueKeys?: boolean;
}

interface YamlDocument {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

function parse(text: string, options: YamlOptions): YamlDocument {
  const lines = new LineCounter();
  return { document: parseDocument(text, { ...options, lineCounter: lines, prettyErrors: false }), lines };
}

/** The index of the first character of a flow collection that needs more indentation. */
const badIndentation = ({ errors }: Document.Parsed): number | undefined =>
  errors.find(
    ({ code, message }) => code === 'BAD_INDENT' && message.includes('must be sufficiently indented'),
  )?.pos[0];

/** Indents the line of an index more than the line before it. The number of a line stays the same. */
function withMoreIndentation(text: string, index: number): string {
  const start = text.lastIndexOf('\n', index - 1) + 1;
  const before = text.slice(0, start).trimEnd();
  const [indentation = ''] = /^ */.exec(before.slice(before.lastIndexOf('\n') + 1)) ?? [];
  return `${text.slice(0, start)}${indentation}  ${text.slice(start)}`;
}
