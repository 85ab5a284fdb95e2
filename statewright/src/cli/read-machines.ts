import { relative } from 'node:path';
import type { WorkflowType } from '../asl/validation/place';
import type { FoundDefinition } from '../definitions';
import { didYouMeanOneOf } from '../did-you-mean';
import { adviceOnModules } from '../terraform/stack-file';
import { UserError } from '../user-error';
import { stackPlace } from './find-stack';
import { type MachineChoice, severalMachines } from './machine';
import { findFiles } from './validation/find-files';
import { withoutParts } from './without-parts';

/** A state machine that a command reads and does not run. */
export interface ReadMachine {
  readonly name: string;
  readonly type: WorkflowType;
  readonly definition: object;
  /** The line of a test that deploys it. */
  readonly deploy: string;
  /** The placeholders without a value, and what takes their place. Whole sentences. */
  readonly notices: readonly string[];
}

/**
 * The state machines that a command names: those of a file or a folder, or of a stack, which is not deployed.
 * @throws UserError when there is none
 */
export async function readMachines(choice: MachineChoice): Promise<readonly ReadMachine[]> {
  const found = choice.definition === undefined ? await inStack(choice) : inFiles(choice.definition, choice);
  const { stateMachine } = choice;
  const isChosen = ({ name, logicalId }: NamedMachine) =>
    stateMachine === undefined || name === stateMachine || logicalId === stateMachine;
  const chosen = found.filter(isChosen);
  const names = found.map(({ name }) => name);
  if (chosen.length === 0) {
    throw stateMachine === undefined
      ? new UserError('No state machine was found.')
      : new UserError(`State machine "${stateMachine}" was not found.`, didYouMeanOneOf(stateMachine, names));
  }
  return withoutParts(chosen.map(({ source, read }) => ({ source, ...read() })));
}

/** A state machine, and the files that have it (undefined for a stack). */
type MachineOfFiles = ReadMachine & Partial<Pick<FoundDefinition, 'file' | 'template'>>;

/** The only state machine that a command names. @throws UserError when there is none, or more than one */
export async function readMachine(choice: MachineChoice): Promise<ReadMachine> {
  const machines = await readMachines(choice);
  if (machines.length > 1) throw severalMachines(machines.map(({ name }) => name));
  return machines[0] as ReadMachine;
}

/** A state machine that is read only if it is chosen. */
interface NamedMachine {
  readonly name: string;
  readonly logicalId?: string;
  /** The file that the command found. */
  readonly source?: string;
  read(): MachineOfFiles;
}

function inFiles(path: string, { substitutions }: MachineChoice): NamedMachine[] {
  const { machinesInFile } = require('../definitions') as typeof import('../definitions');
  return findFiles([path]).flatMap((file) => {
    if (file.endsWith('.tf.json')) return [];
    const machines = machinesInFile(file, substitutions);
    return machines.map((machine) => ({
      ...machine,
      source: file,
      read() {
        const { name, type, definition, values, notices, file: definedIn, template } = machine.read();
        const filled = machine.logicalId === undefined ? values : (substitutions ?? {});
        const chosen = machines.length > 1 ? { stateMachine: machine.logicalId } : {};
        const express = type === 'EXPRESS' ? `, { type: 'EXPRESS' }` : '';
        const deploy = `const workflow = await deployDefinition(definitionFile('${file}'${argumentsOf(filled, chosen)})${express});`;
        return {
          name,
          type,
          definition,
          deploy,
          notices,
          file: definedIn,
          ...(template !== undefined && { template }),
        };
      },
    }));
  });
}

/** Further arguments of a call, without empty ones at the end. */
function argumentsOf(...values: object[]): string {
  const last = values.findLastIndex((value) => Object.keys(value).length > 0);
  return values
    .slice(0, last + 1)
    .map((value) => `, ${JSON.stringify(value)}`)
    .join('');
}

async function inStack({ path, stack, substitutions }: MachineChoice): Promise<NamedMachine[]> {
  const { definitionsInStack } =
    require('./validation/stack-definitions') as typeof import('./validation/stack-definitions');
  const { folder, source = folder, notices = [] } = await stackPlace(path, stack, substitutions).find();
  const machines = await definitionsInStack(folder);
  if (machines.length === 0) throw new UserError('The stack has no state machine.', adviceOnModules(folder));
  return machines.map(({ name, logicalId, type, definition }) => {
    const options = {
      ...(machines.length > 1 && { stateMachine: name }),
      ...(Object.keys(substitutions).length > 0 && { variables: substitutions }),
    };
    const deploy = `const workflow = await deployStack('${relative('.', source) || '.'}'${argumentsOf(options)});`;
    const read = () => ({ name, type, definition: JSON.parse(definition) as object, deploy, notices });
    return { name, ...(logicalId !== undefined && { logicalId }), read };
  });
}
