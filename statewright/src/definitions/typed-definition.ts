import { jsonFault, lineAndColumn } from '../json-fault';
import { UserError } from '../user-error';
import { beginsAsJson } from './begins-as-json';
import { positions } from './definition';
import { type Position, parseSource, SourceError } from './source-text';

/** A definition that a person types or pastes. */
interface TypedDefinition {
  /** The definition as JSON text: what is typed as JSON is unchanged, valid or not. */
  readonly definition: string;
  /** The position of a diagnostic's location, such as `/States/Test/Next`, in the typed text. */
  positionOf(location: string): Position;
}

/** The name of a text that is not in a file. */
const NAME = 'The definition';

/**
 * Reads a text as JSON, or as YAML if it does not begin as JSON does. Nothing is filled in: placeholders and tags of
 * templates are what AWS would refuse.
 *
 * @throws SourceError for a text that is not valid YAML
 */
export function typedDefinition(text: string): TypedDefinition {
  if (!beginsAsJson(text)) {
    const value = parsedYaml(text);
    return { definition: JSON.stringify(value, undefined, 2), positionOf: positionsOf(text, value) };
  }
  const fault = jsonFault(text);
  if (fault === undefined) return { definition: text, positionOf: positionsOf(text, JSON.parse(text)) };
  const place = lineAndColumn(text, fault.position);
  return { definition: text, positionOf: () => place };
}

/** The API's location of the definition as a whole is `/`. It needs no search, which takes long where one is too deep. */
function positionsOf(text: string, definition: unknown): TypedDefinition['positionOf'] {
  const find = positions(text, definition);
  return (location) => (location === '/' ? { line: 1, column: 1 } : find(location));
}

/** @throws SourceError */
function parsedYaml(yaml: string): unknown {
  try {
    return parseSource(yaml, 'definition.yaml', () => undefined);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const message = error.message.replace('definition.yaml', NAME).replace(/ \(line \d+, column \d+\)$/, '');
    throw new SourceError(message, error instanceof SourceError ? error.place : { line: 1, column: 1 });
  }
}
