import { objectOf } from '../asl/graph';
import { fillPlaceholders } from '../definitions/placeholders';
import { deepJson, invalidJson } from '../json-fault';
import { UserError } from '../user-error';
import { readUserFile } from '../user-file';

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
  const tooDeep = deepJson(path, definition);
  if (tooDeep) throw new DefinitionFileError(tooDeep);
  if (objectOf(definition) === undefined) {
    throw new DefinitionFileError(`${path} does not contain a definition: a state machine is a JSON object.`);
  }
  return definition as object;
}

function read(path: string): string {
  try {
    return readUserFile(path);
  } catch (error) {
    throw new DefinitionFileError((error as UserError).message, (error as UserError).hint);
  }
}

function fillIn(text: string, values: Readonly<Record<string, unknown>>, path: string): string {
  try {
    return fillPlaceholders(text, values, path);
  } catch (error) {
    throw new DefinitionFileError((error as Error).message);
  }
}
