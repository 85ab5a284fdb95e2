import { resolve } from 'node:path';
import { objectOf, ownField } from '../../asl/graph';
import { UserError } from '../../user-error';
import { readUserFile } from '../../user-file';
import type { FoundDefinition, Substitutions } from '../definition';
import { placeholderNames } from '../placeholders';
import { Positions } from '../positions';
import { IntrinsicError } from './intrinsic-error';
import { Intrinsics } from './intrinsics';
import { MachineReader, TemplateError } from './machine-reader';
import { nestedFile, nestedLocation, nestedValues } from './nested-stack';
import { hasFile, localPath, type Template, templateIn } from './template';

const MACHINE = /^AWS::(?:StepFunctions|Serverless)::StateMachine$/;

/** A state machine of a template: its definition is read on demand, so that an invalid one does not affect the others. */
export interface TemplateMachine {
  readonly logicalId: string;
  readonly name: string;
  /** @throws UserError when the definition cannot be read */
  read(): FoundDefinition;
}

/**
 * The state machines of a template, `AWS::StepFunctions::StateMachine` and `AWS::Serverless::StateMachine`, with those of
 * its nested stacks whose templates are local files.
 *
 * @param around the absolute paths of the templates of the stacks around this one
 * @throws UserError for a loop that cannot be read, and for a template whose only state machines may be in a missing file
 */
export function machinesOf(
  template: Template,
  values: Substitutions,
  around: readonly string[] = [],
): TemplateMachine[] {
  const { resources } = intrinsicsOf(template, values);
  const missing: UserError[] = [];
  const inside = [...around, resolve(template.file)];
  const machines = [...resources].flatMap(([logicalId, { value: resource }]): TemplateMachine[] => {
    const location = nestedLocation(resource);
    if (location !== undefined) {
      const stack = nestedStack(template, logicalId, values);
      if (stack.file === undefined || inside.includes(resolve(stack.file))) return [];
      if (hasFile(stack.file)) return machinesOfStack(stack.file, stack, inside);
      missing.push(noStackFile(template, logicalId, location, stack.file));
      return [];
    }
    if (!isMachine(resource)) return [];
    const reader = new MachineReader(template, logicalId, values);
    return [{ logicalId, name: reader.name, read: () => reader.read() }];
  });
  if (machines.length === 0 && missing[0] !== undefined) throw missing[0];
  return machines;
}

const noStackFile = (template: Template, logicalId: string, location: string, file: string) =>
  new UserError(
    `${template.file}: the ${location} of ${logicalId}, ${file}, does not exist.`,
    'The path is relative to the folder of the template. Build the nested stack first, if it is built.',
  );

/** @throws TemplateError for a loop that CloudFormation would refuse */
function intrinsicsOf(template: Template, values: Substitutions): Intrinsics {
  try {
    return new Intrinsics(template, values);
  } catch (error) {
    if (!(error instanceof IntrinsicError)) throw error;
    throw new TemplateError(template.file, error.message, new Positions(template.text).at(error.path));
  }
}

const isMachine = (resource: unknown): boolean => MACHINE.test(String(ownField(resource, 'Type')));

/** A nested stack as a template has it. */
interface NestedStack {
  readonly logicalId: string;
  /** The file of its template, if it is a local one. */
  readonly file: string | undefined;
  readonly values: Substitutions;
  /** What is not known of its parameters. */
  readonly notices: readonly string[];
  readonly fictitiousArns: readonly string[];
}

function nestedStack(template: Template, logicalId: string, given: Substitutions): NestedStack {
  const intrinsics = intrinsicsOf(template, given);
  const resource = intrinsics.resources.get(logicalId)?.value;
  const evaluate = (value: unknown) => intrinsics.evaluate(value);
  const file = nestedFile(template, resource, evaluate);
  const values = nestedValues(resource, evaluate);
  const { notices, arns: fictitiousArns } = intrinsics.fictitious;
  return {
    logicalId,
    file,
    values,
    notices: notices.map((notice) => `${template.file}: ${notice}`),
    fictitiousArns,
  };
}

function machinesOfStack(file: string, stack: NestedStack, around: readonly string[]): TemplateMachine[] {
  return machinesOf(templateIn(file), stack.values, around).map((machine) => ({
    ...machine,
    logicalId: `${stack.logicalId}/${machine.logicalId}`,
    read() {
      const found = machine.read();
      return {
        ...found,
        notices: [...stack.notices, ...found.notices],
        fictitiousArns: [...stack.fictitiousArns, ...found.fictitiousArns],
      };
    },
  }));
}

/** The names that can have values: placeholders of a template's definitions, and its parameters. */
export function namesIn(template: Template): string[] {
  const resources = [...intrinsicsOf(template, {}).resources.values()].map(({ value }) => value);
  const machines = resources.filter(isMachine);
  const external = machines.flatMap((machine) => {
    const properties = ownField(machine, 'Properties');
    const written = ownField(properties, 'DefinitionUri') ?? ownField(properties, 'DefinitionS3Location');
    const path = localPath(template, written);
    return path === undefined ? [] : placeholderNames(readUserFile(path));
  });
  return [
    ...Object.keys(objectOf(ownField(template.value, 'Parameters')) ?? {}),
    ...placeholderNames(JSON.stringify(machines)),
    ...external,
  ];
}
