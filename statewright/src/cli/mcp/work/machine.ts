import { dirname, relative } from 'node:path';
import type { FoundDefinition } from '../../../definitions';
import { didYouMeanOneOf } from '../../../did-you-mean';
import { UserError } from '../../../user-error';
import { checkReadable, statUserPath } from '../../../user-file';
import type { MachineArguments } from '../tools';

/** A state machine that a tool works on. */
export type ChosenMachine = Pick<FoundDefinition, 'name' | 'type' | 'definition' | 'notices'>;

/** What a tool is called with: the definition itself, or a file. @throws UserError for both or none */
export function sourceOf({
  definition,
  path,
}: Pick<MachineArguments, 'definition' | 'path'>):
  | { readonly text: string; readonly name: string }
  | { readonly path: string } {
  if ((definition === undefined) === (path === undefined)) {
    throw new UserError(
      definition === undefined ? 'The state machine is missing.' : 'Both definition and path are set.',
      'Set one: definition, or path with a file of the project.',
    );
  }
  if (path !== undefined) return { path };
  const text = typeof definition === 'string' ? definition : JSON.stringify(definition);
  return { text, name: /^\s*\{/.test(text) ? 'definition.json' : 'definition.yaml' };
}

/** A path that a call names, from the current folder. @throws UserError for one outside of it */
export function projectPath(path: string): string {
  checkReadable(path);
  return relative('.', path) || '.';
}

/** The state machine of a call. @throws UserError */
export async function chosenMachine(args: MachineArguments): Promise<ChosenMachine> {
  const machines = await machinesOf(args);
  const names = machines.map(({ name }) => name);
  const [only, ...more] = machines;
  if (only === undefined) throw new UserError('No state machine was found.', LIST);
  const { stateMachine: wanted, type } = args;
  if (wanted === undefined && more.length > 0) {
    throw new UserError(
      `There are ${machines.length} state machines: ${names.join(', ')}.`,
      'Set stateMachine.',
    );
  }
  const found = wanted === undefined ? only : machines.find(({ name }) => name === wanted);
  if (!found) {
    throw new UserError(`There is no state machine "${wanted}".`, didYouMeanOneOf(String(wanted), names));
  }
  const machine = found.read();
  return type === undefined ? machine : { ...machine, type };
}

const LIST = 'validate_definition with the path . lists the files that have one.';

interface Candidate {
  readonly name: string;
  read(): ChosenMachine;
}

async function machinesOf(args: MachineArguments): Promise<readonly Candidate[]> {
  const { machinesInFile, machinesInText } =
    require('../../../definitions') as typeof import('../../../definitions');
  const source = sourceOf(args);
  if ('text' in source) return machinesInText(source.text, source.name, args.substitutions);
  const { hasConfiguration, isTerraformFile } =
    require('../../../terraform/stack-file') as typeof import('../../../terraform/stack-file');
  const path = projectPath(source.path);
  const stack = statUserPath(path).isDirectory() ? path : isTerraformFile(path) ? dirname(path) : undefined;
  if (stack === undefined) return machinesInFile(path, args.substitutions);
  if (!hasConfiguration(stack)) {
    throw new UserError(`${path} is a folder, not a file with a state machine.`, LIST);
  }
  if (args.substitutions !== undefined) {
    throw new UserError(
      `substitutions are for definitions and templates, and ${path} is a part of a Terraform project.`,
      'Leave them out. Variables have their defaults, or the values of terraform.tfvars.',
    );
  }
  return machinesInStack(stack);
}

async function machinesInStack(folder: string): Promise<readonly Candidate[]> {
  const { definitionsInStack } =
    require('../../validation/stack-definitions') as typeof import('../../validation/stack-definitions');
  const found = await definitionsInStack(folder);
  return found.map(({ name, type, definition }) => ({
    name,
    read: () => ({ name, type, definition: JSON.parse(definition) as object, notices: [] }),
  }));
}
