import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readUserFile } from '../user-file';
import { LITERALS } from './evaluate';
import { evaluateArgument } from './evaluate-argument';
import { parseHcl } from './parse-hcl';
import { readJson } from './stack-file';
import { plainValue, type Value } from './value';
import { variablesIn } from './variables';

/**
 * The texts of a stack's variables by name: those of `TF_VAR_…`, overridden by terraform.tfvars, terraform.tfvars.json and
 * `*.auto.tfvars` (Terraform documentation, "Variable Definition Precedence").
 *
 * @throws TerraformError for a file that is not valid
 */
export function variablesOf(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const names = readdirSync(folder);
  const files = ['terraform.tfvars', 'terraform.tfvars.json', ...names.filter(isAutomatic).sort()];
  return Object.assign(
    variablesIn(environment),
    ...files.filter((name) => names.includes(name)).map((name) => variablesInFile(join(folder, name))),
  );
}

const isAutomatic = (name: string) => /\.auto\.tfvars(?:\.json)?$/.test(name);

/** The texts of the variables in a file such as terraform.tfvars. @throws TerraformError for a file that is not valid */
export function variablesInFile(file: string): Record<string, string> {
  const values = file.endsWith('.json') ? readJson(file) : parseHcl(readUserFile(file), file);
  return Object.fromEntries(
    Object.entries(values).map(([name, written]) => [name, asText(evaluated(file, name, written))]),
  );
}

const evaluated = (file: string, name: string, written: Value): Value =>
  file.endsWith('.json')
    ? written
    : plainValue(evaluateArgument(written, LITERALS, `${file}: ${name}`), `${file}: ${name}`);

/** JSON is an expression of HCL, but a template in a string would be evaluated again. */
const asText = (value: Value): string =>
  typeof value === 'string' ? value : JSON.stringify(value).replaceAll('${', '$${').replaceAll('%{', '%%{');
