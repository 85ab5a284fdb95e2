import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { isTemplateFile } from '../cloudformation';
import type { Substitutions } from '../definitions';
import { SERVERLESS_FRAMEWORK } from '../definitions/serverless-framework';
import { didYouMeanOneOf } from '../did-you-mean';
import { hasConfiguration, stackFileIn } from '../terraform/stack-file';
import { UserError } from '../user-error';
import type { Option } from './command';
import { type StackPlace, type SynthesizedStack, synthesizeProject } from './synthesize-project';
import { templatePlace, templatesIn } from './template-place';
import { SKIPPED } from './validation/find-files';

export const stackOption: Option = {
  type: 'string',
  value: 'NAME',
  description: 'Selects a stack, if the app has more than one',
};

/**
 * Finds the stack of a command: in a Terraform JSON file, a folder with Terraform configuration in JSON or HCL, the output
 * of `cdktf synth`, or a CDKTF project, which is then synthesized. Or a template of CloudFormation, SAM or the AWS CDK.
 *
 * @param path a folder or a file (default: the current folder)
 * @param wanted the stack's name, needed if there is more than one
 * @param parameters values of a template's parameters
 * @throws UserError when the path is none of these
 */
export function stackPlace(
  path: string | undefined,
  wanted: string | undefined,
  parameters: Substitutions = {},
): StackPlace {
  const place = path ?? '.';
  const file = templateAt(place, wanted);
  if (file !== undefined) return templatePlace(file, parameters);
  // Those of AWS, such as its region, may come from other options.
  const parameter = Object.keys(parameters).find((name) => !name.startsWith('AWS::'));
  if (parameter !== undefined) {
    throw new UserError(
      `--substitution ${parameter}=… is for a template or a definition.`,
      'Name its file, or add --definition FILE',
    );
  }
  const isFolder = statSync(place, { throwIfNoEntry: false })?.isDirectory();
  if (isFolder === undefined) {
    const isJson = /^\s*[[{]/.test(place);
    throw new UserError(
      isJson ? `Unexpected argument "${place}".` : `${place} does not exist.`,
      isJson ? `To pass an input: --input '${place}'` : `Relative paths start at ${process.cwd()}`,
    );
  }
  if (!isFolder) {
    const stack = stackOfFile(place);
    return { find: async () => stack };
  }
  const isProject = existsSync(join(place, 'cdktf.json'));
  if (isProject && (path === undefined || stackFileIn(place) === undefined)) {
    const find = async () => choose(await synthesizeProject(resolve(place)), 'The app', wanted);
    return { label: 'Synthesize the stack', find };
  }
  // The stack's file, or else every Terraform file.
  if (hasConfiguration(place)) {
    return { find: async () => ({ name: basename(resolve(place)), folder: place }) };
  }
  const stacks = synthesizedIn(place);
  if (stacks.length === 0) throw noStack(place);
  const stack = choose(stacks, place, wanted);
  return { find: async () => stack };
}

/** The file of the template that a path names; undefined for anything else. */
function templateAt(path: string, wanted: string | undefined): string | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isFile()) return !path.endsWith('.tf.json') && isTemplateFile(path) ? path : undefined;
  const isOther = stats === undefined || existsSync(join(path, 'cdktf.json')) || hasConfiguration(path);
  if (isOther || existsSync(join(path, 'stacks'))) return undefined;
  const files = templatesIn(path);
  if (files.length === 0) return undefined;
  const stacks = files.map((folder) => ({
    name: basename(folder).replace(/(?:\.template)?\.[^.]+$/, ''),
    folder,
  }));
  return choose(stacks, path === '.' ? 'This folder' : path, wanted).folder;
}

function stackOfFile(file: string): SynthesizedStack {
  const folder = dirname(file);
  if (!file.endsWith('.tf.json')) {
    throw new UserError(
      `${file} is not Terraform JSON (*.tf.json).`,
      /\.tf$/.test(file) ? `Name its folder: ${folder}` : definitionHint(file),
    );
  }
  const found = stackFileIn(folder);
  if (found === undefined || resolve(found) !== resolve(file)) {
    throw new UserError(
      `${file} is not the only Terraform file in its folder.`,
      'Only cdk.tf.json, or a Terraform JSON file that is alone in its folder, can be used.',
    );
  }
  return { name: basename(resolve(folder)), folder };
}

/** The stacks in the output of `cdktf synth`. */
function synthesizedIn(folder: string): SynthesizedStack[] {
  const stacks = join(folder, 'stacks');
  if (!existsSync(stacks)) return [];
  return readdirSync(stacks)
    .map((name) => ({ name, folder: join(stacks, name) }))
    .filter((stack) => stackFileIn(stack.folder) !== undefined);
}

function choose(stacks: readonly SynthesizedStack[], subject: string, wanted?: string): SynthesizedStack {
  const names = stacks.map(({ name }) => name);
  const [only, ...more] = stacks;
  if (only === undefined) throw new UserError(`${subject} has no stack.`);
  if (wanted !== undefined) {
    const found = stacks.find(({ name }) => name === wanted);
    if (found) return found;
    throw new UserError(`${subject} has no stack "${wanted}".`, didYouMeanOneOf(wanted, names));
  }
  if (more.length === 0) return only;
  throw new UserError(
    `${subject} has ${stacks.length} stacks: ${names.join(', ')}.`,
    `Choose one: --stack ${only.name}`,
  );
}

function noStack(folder: string): UserError {
  const names = readdirSync(folder);
  const shown = folder === '.' ? 'This folder' : folder;
  return new UserError(
    `${shown} has no cdktf.json, no Terraform configuration (*.tf, *.tf.json) and no template (template.yaml).`,
    hintFor(folder, names),
  );
}

function hintFor(folder: string, names: readonly string[]): string {
  if (names.includes('cdk.json')) return 'Synthesize the app of the AWS CDK first: npx cdk synth';
  if (names.some((name) => /^serverless\.ya?ml$/.test(name))) return SERVERLESS_FRAMEWORK;
  const definition = names.find((name) => /\.asl\.(?:json|ya?ml)$|^states\.(?:json|ya?ml)$/.test(name));
  if (definition !== undefined) return definitionHint(join(folder, definition));
  const projects = projectsIn([folder]);
  return projects.length === 0
    ? 'Name the folder of a project or of a synthesized stack, a template, or a definition: --definition FILE'
    : `Name the folder of the project, such as: ${projects.slice(0, 3).join(', ')}`;
}

/** The nearest folders with a project in these, up to three levels deep. */
function projectsIn(folders: readonly string[], depth = 3): readonly string[] {
  if (depth === 0 || folders.length === 0) return [];
  const inner = folders.flatMap(foldersIn);
  const isProject = (each: string) =>
    existsSync(join(each, 'cdktf.json')) || hasConfiguration(each) || templatesIn(each).length > 0;
  const projects = inner.filter(isProject).sort();
  return projects.length > 0 ? projects : projectsIn(inner, depth - 1);
}

/** The folders in a folder that can be read. */
const foldersIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !SKIPPED.test(entry.name))
    .map(({ name }) => join(folder, name))
    .filter(isReadable);

function isReadable(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK | constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** `local --deploy` takes stacks only. */
const definitionHint = (file: string): string =>
  `For a definition, start, dev, explore and diagram have an option: --definition ${file}`;
