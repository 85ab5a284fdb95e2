import { statSync } from 'node:fs';
import type { Option } from './command';
import { showNotices } from './definition-machine';
import { type MachineChoice, machineOptions, withoutFunctions } from './machine';
import type { Progress } from './terminal';
import { withMachine } from './with-machine';

/** A definition that a command analyses, and does not run. */
export interface ChosenDefinition {
  readonly name: string;
  readonly definition: object;
  /** The file that the user named; undefined for a stack. */
  readonly file?: string;
  /** What takes the place, in a definition that is not deployed, of values that only a deployment knows. */
  readonly fictitiousArns: readonly string[];
  /** The memory of the stack's functions in MB, by name. */
  readonly functionMemory: Readonly<Record<string, number>>;
}

/** The options that select the definition, where `--definition` may be a folder. */
export const definitionOptions: Readonly<Record<string, Option>> = {
  ...machineOptions,
  definition: {
    type: 'string',
    value: 'FILE|DIR',
    description:
      'A definition, a CloudFormation or SAM template, or the folder of a project or a stack (default: this folder)',
  },
};

/** `--definition DIR` names a project or a stack, as the operand of other commands does. */
export function definitionOrStack({ definition, ...rest }: MachineChoice): MachineChoice {
  if (definition === undefined) return rest;
  const isStack =
    definition.endsWith('.tf.json') || statSync(definition, { throwIfNoEntry: false })?.isDirectory();
  return isStack ? { ...rest, path: definition } : { ...rest, definition };
}

/**
 * Reads the chosen definition. That of a stack is deployed to a local account, for the values that its expressions have.
 */
export async function readDefinition(choice: MachineChoice, progress: Progress): Promise<ChosenDefinition> {
  if (choice.definition === undefined) {
    return withMachine(
      { ...choice, ...withoutFunctions },
      progress,
      async ({ name, definition, functionMemory }) => ({
        name,
        definition: JSON.parse(definition),
        fictitiousArns: [],
        functionMemory,
      }),
    );
  }
  const { machineInFile } = require('../definitions') as typeof import('../definitions');
  const found = machineInFile(choice.definition, choice.substitutions, choice.stateMachine);
  showNotices(found.notices, progress);
  const { name, definition, fictitiousArns } = found;
  return { name, definition, file: choice.definition, fictitiousArns, functionMemory: {} };
}
