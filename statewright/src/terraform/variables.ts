import { ConfigurationError } from './errors';
import { evaluate } from './evaluate';
import { parseTemplate } from './parse-template';
import { isMap, type Value, type ValueMap } from './value';

/**
 * The values of a stack's variables, or their defaults.
 *
 * @param given the texts of TF_VAR_<name> by name
 * @throws ConfigurationError for a variable with neither
 */
export function variableValues(declared: ValueMap, given: Readonly<Record<string, string>>): ValueMap {
  return Object.fromEntries(
    Object.entries(declared).map(([name, declaration]) => {
      const { type, default: otherwise } = isMap(declaration) ? declaration : {};
      const text = given[name];
      if (text !== undefined) return [name, read(text, type, `var.${name}`)];
      if (otherwise !== undefined) return [name, otherwise];
      throw new ConfigurationError(
        `var.${name}`,
        'has no value and no default',
        `Set TF_VAR_${name} in the environment.`,
      );
    }),
  );
}

/** The `TF_VAR_…` of an environment, by the names of the variables. */
export function variablesIn(
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).flatMap(([name, value]) =>
      name.startsWith('TF_VAR_') && value !== undefined ? [[name.slice('TF_VAR_'.length), value]] : [],
    ),
  );
}

/** A variable of type string uses the text unchanged, any other one reads it as an expression. */
function read(text: string, type: Value | undefined, place: string): Value {
  if (type === undefined || type === 'string') return text;
  return evaluate(parseTemplate(`\${${text}}`, place), { roots: {}, readFile: () => undefined }, place);
}
