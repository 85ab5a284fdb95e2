import { readFileSync } from 'node:fs';
import { objectOf } from '../asl/graph';
import { fillPlaceholders } from '../definitions/placeholders';
import { invalidJson } from '../json-fault';
import { UserError } from '../user-error';

/** A file without a definition, or whose placeholders do not match the values. */
export class DefinitionFileError extends UserError {
  override readonly name = 'DefinitionFileError';
}

/**
 * Reads a definition in JSON, such as `states.json` or `order.asl.json`, for `deployDefinition`.
 *
 * @param values for placeholders `${name}`, as `templatefile` and SAM's DefinitionSubstitutions fill them in
 * @throws DefinitionFileError
 */
export function definitionFile(
  path: string,
  values: Readonly<Record<string, string | number | boolean>> = {},
): object {
  const text = fillIn(read(path), values, path);
  const problem = invalidJson(path, text);
  if (problem) throw new DefinitionFileError(problem);
  const definition: unknown = JSON.parse(text);
  if (objectOf(definition) === undefined) {
    throw new DefinitionFileError(`${path} does not contain a definition: a state machine is a JSON object.`);
  }
  return definition as object;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new DefinitionFileError(`${path} cannot be read: ${(error as Error).message}`);
  }
}

function fillIn(text: string, values: Readonly<Record<string, unknown>>, path: string): string {
  try {
    return fillPlaceholders(text, values, path);
  } catch (error) {
    throw new DefinitionFileError((error as Error).message);
  }
}
