import { readFileSync } from 'node:fs';
import { nearest } from '../asl';
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
  let definition: unknown;
  try {
    definition = JSON.parse(text);
  } catch (error) {
    throw new DefinitionFileError(`${path} is no JSON: ${(error as Error).message}`);
  }
  if (typeof definition !== 'object' || definition === null) {
    throw new DefinitionFileError(`${path} holds no definition: a state machine is an object.`);
  }
  return definition;
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
    throw new DefinitionFileError(
      `${path} needs a value for \${${name}}: ${advice(name, Object.keys(values))}`,
    );
  });
  const [name] = unused;
  if (name === undefined) return filled;
  const known = [...text.matchAll(PLACEHOLDER)].map(([, written = '']) => written.trim());
  throw new DefinitionFileError(`${path} has no \${${name}}: ${advice(name, known)}`);
}

function advice(name: string, known: readonly string[]): string {
  const near = nearest(name, known);
  if (near !== undefined) return `did you mean ${near}?`;
  return known.length === 0 ? 'there is none.' : `there is ${[...new Set(known)].join(', ')}.`;
}
