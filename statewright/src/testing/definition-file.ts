import { objectOf } from '../asl/graph';
import { definitionInText, fillPlaceholders, isTemplateText, machineInFile } from '../definitions';
import { deepJson, invalidJson } from '../json-fault';
import { UserError } from '../user-error';
import { readUserFile } from '../user-file';
import { checkOptions } from './options';

/** A file without a definition, or whose placeholders do not match the values. */
export class DefinitionFileError extends UserError {
  override readonly name = 'DefinitionFileError';
}

/** Options of `definitionFile`. */
export interface DefinitionFileOptions {
  /** The name of the state machine, or its logical id, if a template has more than one. */
  readonly stateMachine?: string;
}

/**
 * Reads a definition for `deployDefinition`: a file in JSON or YAML, such as `states.json` or `order.asl.yaml`, or a
 * CloudFormation or SAM template. In a template, ARNs that only a deployment knows are fictitious.
 *
 * @param values for placeholders `${name}`, as `templatefile` and SAM's DefinitionSubstitutions fill them in, and for
 * parameters of a template
 * @throws DefinitionFileError, UnknownOptionError
 */
export function definitionFile(
  path: string,
  values: Readonly<Record<string, string | number | boolean>> = {},
  options: DefinitionFileOptions = {},
): object {
  checkOptions('definitionFile', options, { stateMachine: true });
  try {
    const text = readUserFile(path);
    if (isTemplateText(text, path)) {
      const texts = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
      return machineInFile(path, texts, options.stateMachine, 'Select one with the option stateMachine.')
        .definition;
    }
    const filled = fillPlaceholders(text, values, path);
    return /\.ya?ml$/i.test(path) ? definitionInText(filled, path) : jsonDefinition(filled, path);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // Test runners show only the message of an error.
    throw new DefinitionFileError(
      error.hint === undefined ? error.message : `${error.message} ${error.hint}`,
    );
  }
}

function jsonDefinition(text: string, path: string): object {
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
