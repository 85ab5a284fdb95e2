import { existsSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { didYouMeanOneOf } from '../did-you-mean';
import { stackFileIn } from '../terraform/stack-file';
import { UserError } from '../user-error';
import type { Option } from './command';
import { callOf } from './invocation';
import { type SynthesizedStack, synthesizeProject } from './synthesize-project';

export const stackOption: Option = {
  type: 'string',
  value: 'NAME',
  description: 'Chooses a stack, where the app has more than one',
};

/**
 * The stack that a command is about: of a Terraform JSON file, of its folder, of what `cdktf synth` wrote, or of a CDKTF
 * project, which is synthesized.
 *
 * @param path a folder or a file; the current folder if undefined
 * @param wanted the stack's name, where there may be more than one
 * @throws UserError when there is none, or more than one and no name
 */
export async function findStack(
  path: string | undefined,
  wanted: string | undefined,
): Promise<SynthesizedStack> {
  const place = path ?? '.';
  const isFolder = statSync(place, { throwIfNoEntry: false })?.isDirectory();
  if (isFolder === undefined) {
    const isJson = /^\s*[[{]/.test(place);
    throw new UserError(
      isJson ? `Unexpected argument "${place}".` : `${place} does not exist.`,
      isJson ? `An input is given with --input '${place}'` : `A relative path begins at ${process.cwd()}`,
    );
  }
  if (!isFolder) return stackOfFile(place);
  const isProject = existsSync(join(place, 'cdktf.json'));
  if (isProject && (path === undefined || stackFileIn(place) === undefined)) {
    return choose(await synthesizeProject(resolve(place)), 'The app', wanted);
  }
  if (stackFileIn(place) !== undefined) return { name: basename(resolve(place)), folder: place };
  const stacks = synthesizedIn(place);
  if (stacks.length > 0) return choose(stacks, place, wanted);
  throw noStack(place);
}

function stackOfFile(file: string): SynthesizedStack {
  const folder = dirname(file);
  if (!file.endsWith('.tf.json')) {
    throw new UserError(
      `${file} is not Terraform JSON (*.tf.json).`,
      /\.tf$/.test(file) ? HCL : `For a definition or a template: --definition ${file}`,
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

/** The stacks in what `cdktf synth` wrote. */
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

const HCL =
  'Terraform itself has to read it: start the local AWS, and apply there. In one shell: ' +
  `${callOf('local')}. In another one: eval "$(${callOf('env', '', { quiet: true })})", then terraform init && terraform apply`;

function noStack(folder: string): UserError {
  const names = readdirSync(folder);
  const shown = folder === '.' ? 'This folder' : folder;
  if (names.some((name) => name.endsWith('.tf'))) {
    return new UserError(`${shown} has Terraform configuration in HCL (*.tf), which is not read here.`, HCL);
  }
  const definition = names.find((name) =>
    /\.asl\.(?:json|ya?ml)$|^(?:states|template)\.(?:json|ya?ml)$/.test(name),
  );
  return new UserError(
    `${shown} has no cdktf.json and no Terraform JSON (cdk.tf.json).`,
    definition === undefined
      ? 'Name the folder of a CDKTF project or of a synthesized stack, or a definition: --definition FILE'
      : `For a definition or a template: --definition ${join(folder, definition)}`,
  );
}
