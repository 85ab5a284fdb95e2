import { dirname, join } from 'node:path';
import { objectOf, ownField } from '../../asl/graph';
import { invalidJson } from '../../json-fault';
import { UserError } from '../../user-error';
import { readUserFile } from '../../user-file';
import {
  definitionIn,
  type FoundDefinition,
  fillOrMakeUp,
  positions,
  type Substitutions,
} from '../definition';
import { placeholderNames } from '../placeholders';
import { Intrinsics } from './intrinsics';

const MACHINE = /^AWS::(?:StepFunctions|Serverless)::StateMachine$/;

/** A definition that is not in a local file. */
export class NotLocalError extends UserError {
  override readonly name = 'NotLocalError';
}

/** A template and its file. */
export interface Template {
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
}

/** A state machine of a template: its definition is read on demand, so that an invalid one does not affect the others. */
export interface TemplateMachine {
  readonly logicalId: string;
  readonly name: string;
  /** @throws UserError when the definition cannot be read */
  read(): FoundDefinition;
}

/** Whether a value is a CloudFormation or SAM template. */
export const isTemplate = (value: unknown): boolean => objectOf(ownField(value, 'Resources')) !== undefined;

/** The state machines of a template, `AWS::StepFunctions::StateMachine` and `AWS::Serverless::StateMachine`. */
export function machinesOf(template: Template, values: Substitutions): TemplateMachine[] {
  const resources = objectOf(ownField(template.value, 'Resources')) ?? {};
  return Object.entries(resources)
    .filter(([, resource]) => MACHINE.test(String(ownField(resource, 'Type'))))
    .map(([logicalId, resource]) => {
      const own = new Intrinsics(template.value, values).evaluate(
        ownField(ownField(resource, 'Properties'), 'Name') ??
          ownField(ownField(resource, 'Properties'), 'StateMachineName'),
      );
      const name = typeof own === 'string' ? own : logicalId;
      return { logicalId, name, read: () => new MachineReader(template, logicalId, name, values).read() };
    });
}

/** The names that can have values: placeholders of a template's definitions, and its parameters. */
export function namesIn(template: Template): string[] {
  const resources = objectOf(ownField(template.value, 'Resources')) ?? {};
  const machines = Object.values(resources).filter((each) => MACHINE.test(String(ownField(each, 'Type'))));
  const external = machines.flatMap((machine) => {
    const properties = ownField(machine, 'Properties');
    const path = ownField(properties, 'DefinitionUri') ?? ownField(properties, 'DefinitionS3Location');
    return isLocal(path) ? placeholderNames(readUserFile(join(dirname(template.file), path))) : [];
  });
  return [
    ...Object.keys(objectOf(ownField(template.value, 'Parameters')) ?? {}),
    ...placeholderNames(JSON.stringify(machines)),
    ...external,
  ];
}

const isLocal = (path: unknown): path is string => typeof path === 'string' && !path.startsWith('s3://');

/** Reads one state machine of a template. */
class MachineReader {
  readonly #intrinsics: Intrinsics;
  readonly #properties: unknown;

  constructor(
    private readonly template: Template,
    private readonly logicalId: string,
    private readonly machineName: string,
    private readonly values: Substitutions,
  ) {
    this.#intrinsics = new Intrinsics(template.value, values);
    const resources = ownField(template.value, 'Resources');
    this.#properties = ownField(ownField(resources, logicalId), 'Properties');
  }

  read(): FoundDefinition {
    const { file, logicalId } = { file: this.template.file, logicalId: this.logicalId };
    for (const property of ['Definition', 'DefinitionString'] as const) {
      const value = ownField(this.#properties, property);
      if (value !== undefined) return this.#inline(property, value);
    }
    for (const property of ['DefinitionUri', 'DefinitionS3Location'] as const) {
      const value = ownField(this.#properties, property);
      if (value === undefined) continue;
      if (isLocal(value)) return this.#external(join(dirname(file), value));
      throw new NotLocalError(
        `${file}: the definition of ${logicalId} is in S3 (${property}), which is not read here.`,
        `Use a local copy of the definition: --definition FILE`,
      );
    }
    throw new UserError(
      `${file}: ${logicalId} has no definition.`,
      'It needs Definition, DefinitionString, or DefinitionUri with a path.',
    );
  }

  #inline(property: string, written: unknown): FoundDefinition {
    const { file, text } = this.template;
    const value = this.#intrinsics.evaluate(written);
    // Like CloudFormation, this substitutes in the text.
    const filled = fillOrMakeUp(
      typeof value === 'string' ? value : JSON.stringify(value),
      this.#substitutions(),
    );
    const problem = invalidJson(`${file}: the ${property} of ${this.logicalId}`, filled.text);
    if (problem) throw new UserError(problem);
    const definition: unknown = JSON.parse(filled.text);
    if (!objectOf(definition)) {
      throw new UserError(`${file}: the ${property} of ${this.logicalId} is not a JSON object.`);
    }
    return this.#found({
      file,
      definition: definition as object,
      notices: filled.notices,
      fictitiousArns: filled.fictitiousArns,
      values: filled.values,
      positionOf: positions(text, definition, ['Resources', this.logicalId, 'Properties', property]),
    });
  }

  #external(file: string): FoundDefinition {
    return this.#found({ file, ...definitionIn(readUserFile(file), file, this.#substitutions()) });
  }

  /** The resource's own substitutions; given values override them. */
  #substitutions(): Substitutions {
    const own =
      objectOf(this.#intrinsics.evaluate(ownField(this.#properties, 'DefinitionSubstitutions'))) ?? {};
    return {
      ...Object.fromEntries(Object.entries(own).map(([name, value]) => [name, String(value)])),
      ...this.values,
    };
  }

  #found(found: Omit<FoundDefinition, 'name' | 'type'>): FoundDefinition {
    const type = this.#intrinsics.evaluate(
      ownField(this.#properties, 'Type') ?? ownField(this.#properties, 'StateMachineType'),
    );
    const { fictitious } = this.#intrinsics;
    const notices = [...fictitious.keys()].map(
      (what) =>
        `${this.template.file}: ${what} is not known before a deployment; a fictitious ARN takes its place.`,
    );
    return {
      ...found,
      name: this.machineName,
      type: type === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
      notices: [...notices, ...found.notices],
      fictitiousArns: [...fictitious.values(), ...found.fictitiousArns],
    };
  }
}
