import { ConfigurationError } from './errors';
import { evaluate, LITERALS } from './evaluate';
import { parseTemplate } from './parse-template';
import { convertTo } from './type-constraint';
import { isMap, type Value } from './value';

/**
 * The value of a variable of the stack, or its default.
 *
 * @param text the text of TF_VAR_<name>, if it is set
 * @throws ConfigurationError for a variable with neither
 */
export function variableValue(name: string, declaration: Value, text: string | undefined): Value {
  const place = `var.${name}`;
  const { type, default: otherwise } = isMap(declaration) ? declaration : {};
  if (text !== undefined) return read(text, type, place);
  if (otherwise !== undefined) return convertTo(type ?? null, otherwise, place);
  throw new ConfigurationError(
    place,
    'has no value and no default',
    `Set it in terraform.tfvars, in a file that "varFiles" in statewright.json names, with TF_VAR_${name}, or with "variables" in the options of deployStack.`,
  );
}

/**
 * The value of a variable of a module.
 *
 * @param value what the call of the module passes, if anything
 * @throws ConfigurationError, ExpressionError
 */
export function argumentValue(place: string, declaration: Value, value: Value | undefined): Value {
  const { type, default: otherwise, nullable } = isMap(declaration) ? declaration : {};
  const given = value === null && nullable === false ? undefined : value;
  const found = given ?? (given === null ? null : otherwise);
  if (found === undefined) throw new ConfigurationError(place, 'has no value and no default');
  return convertTo(type ?? null, found, place);
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
  if (type === undefined || /^(?:\$\{)?string\}?$/.test(String(type))) return text;
  return convertTo(type, evaluate(parseTemplate(`\${${text}}`, place), LITERALS, place), place);
}
