import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Expression, references } from '../../terraform/expression';
import { plainText } from './body';
import { type Configuration, filesIn, readConfiguration, readFile } from './configuration';

/**
 * The AWS profiles that a configuration's providers name, also through a variable: its default, and its values in the
 * environment and in files of values. One that is not used does no harm.
 */
export function profilesOf(
  { awsProviders, variables }: Configuration,
  folder: string,
  env: NodeJS.ProcessEnv,
): readonly string[] {
  const named = awsProviders.flatMap(({ body }) => body.attributes.get('profile') ?? []);
  return named.flatMap((value) => {
    const text = plainText(value);
    if (text !== undefined) return text === '' ? [] : [text];
    const [[root, name] = []] = value.kind === 'attribute' ? references(value) : [];
    if (root !== 'var' || name === undefined) return [];
    const block = variables.find(({ labels }) => labels[0] === name);
    return texts([block?.body.attributes.get('default'), ...givenValues(folder, name)]).concat(
      env[`TF_VAR_${name}`] || [],
    );
  });
}

/**
 * The profiles that the Terraform configuration in a folder names, and the stacks that a CDKTF project there has
 * synthesized. What cannot be read names none.
 */
export function profilesIn(folder: string, env: NodeJS.ProcessEnv): readonly string[] {
  return [folder, ...stacksIn(join(folder, 'cdktf.out/stacks'))].flatMap((each) => {
    try {
      return profilesOf(readConfiguration(each, true), each, env);
    } catch {
      return [];
    }
  });
}

function stacksIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** A variable's values in the files that Terraform reads by itself (Terraform documentation, "Input variables"). */
function givenValues(folder: string, name: string): readonly (Expression | undefined)[] {
  return filesIn(folder)
    .filter((file) => /^terraform\.tfvars(?:\.json)?$|\.auto\.tfvars(?:\.json)?$/.test(file))
    .map((file) => readFile(join(folder, file)).attributes.get(name));
}

const texts = (values: readonly (Expression | undefined)[]): string[] =>
  values.flatMap((value) => plainText(value) || []);
