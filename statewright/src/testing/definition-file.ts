import { readFileSync } from 'node:fs';
import { objectOf } from '../asl/graph';
import { didYouMean, didYouMeanOneOf } from '../did-you-mean';
import { invalidJson } from '../json-fault';
import { UserError } from '../user-error';

/** A file that holds no definition, or the wrong placeholders for the values that it was given. */
export class DefinitionFileError extends UserError {
  override readonly name = 'DefinitionFileError';
}

const PLACEHOLDER = /\$\{([^{}"]+)\}/g;

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
    throw new DefinitionFileError(`${path} holds no definition: a state machine is a JSON object.`);
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
  const unused = new Set(Object.keys(values));
  const filled = text.replaceAll(PLACEHOLDER, (_, written: string) => {
    const name = written.trim();
    unused.delete(name);
    if (Object.hasOwn(values, name)) return String(values[name]);
    const meant = didYouMean(name, Object.keys(values));
    throw new DefinitionFileError(`${path} needs a value for \${${name}}.${meant ? ` ${meant}` : ''}`);
  });
  const [name] = unused;
  if (name === undefined) return filled;
  const known = [...text.matchAll(PLACEHOLDER)].map(([, written = '']) => written.trim());
  throw new DefinitionFileError(`${path} has no \${${name}}. ${didYouMeanOneOf(name, known)}`);
}
