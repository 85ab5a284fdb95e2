import { objectOf, ownField } from '../../asl/graph';
import { invalidJson, jsonFault, lineAndColumn } from '../../json-fault';
import { UserError } from '../../user-error';
import { readUserFile } from '../../user-file';
import {
  definitionIn,
  type FoundDefinition,
  fillWithFictitious,
  positions,
  type Substitutions,
} from '../definition';
import { Positions } from '../positions';
import { type Position, SourceError, type ValuePath } from '../source-text';
import { assetFile } from './cdk-assets';
import { IntrinsicError } from './intrinsic-error';
import { Intrinsics } from './intrinsics';
import { hasFile, localPath, type Template } from './template';

/** A definition that is not in a local file. */
export class NotLocalError extends UserError {
  override readonly name = 'NotLocalError';
}

/** A mistake in a template, with its position. */
export class TemplateError extends UserError {
  override readonly name = 'TemplateError';

  constructor(
    file: string,
    readonly problem: string,
    readonly place: Position,
    hint?: string,
  ) {
    super(`${file}:${place.line}:${place.column}: ${problem}`, hint);
  }
}

/** Reads one state machine of a template. */
export class MachineReader {
  /** The name of the state machine: that of the resource, or its logical id. */
  readonly name: string;
  readonly #intrinsics: Intrinsics;
  readonly #properties: unknown;
  /** The path to the resource in the template. */
  readonly #path: ValuePath;
  readonly #template: Template;
  readonly #positions: Positions;
  readonly #logicalId: string;
  readonly #values: Substitutions;

  constructor(template: Template, logicalId: string, values: Substitutions) {
    this.#template = template;
    this.#positions = new Positions(template.text);
    this.#logicalId = logicalId;
    this.#values = values;
    this.#intrinsics = new Intrinsics(template, values);
    const resource = this.#intrinsics.resources.get(logicalId);
    this.#properties = ownField(resource?.value, 'Properties');
    this.#path = [...(resource?.path ?? []), 'Properties'];
    this.name = this.#ownName() ?? logicalId;
  }

  /** The name that the resource has; undefined also for one that cannot be evaluated, which `read` reports. */
  #ownName(): string | undefined {
    try {
      const name = this.#property('Name') ?? this.#property('StateMachineName');
      return typeof name === 'string' ? name : undefined;
    } catch (error) {
      if (error instanceof TemplateError) return undefined;
      throw error;
    }
  }

  /** @throws UserError when the definition cannot be read */
  read(): FoundDefinition {
    const { file } = this.#template;
    for (const property of ['Name', 'StateMachineName']) this.#property(property);
    for (const property of ['Definition', 'DefinitionString'] as const) {
      const value = this.#property(property);
      if (value !== undefined) return this.#inline(property, value);
    }
    for (const property of ['DefinitionUri', 'DefinitionS3Location'] as const) {
      const value = this.#property(property);
      if (value === undefined) continue;
      const path = localPath(this.#template, value) ?? assetFile(this.#template, ownField(value, 'Key'));
      if (path !== undefined) return this.#external(property, path);
      throw new NotLocalError(
        `${file}: the definition of ${this.#logicalId} is in S3 (${property}), which is not read here.`,
        `Use a local copy of the definition: --definition FILE`,
      );
    }
    throw new TemplateError(
      file,
      `${this.#logicalId} has no definition.`,
      this.#placeOf([]),
      'It needs Definition, DefinitionString, or DefinitionUri with a path.',
    );
  }

  /** The value of a property of the resource. @throws TemplateError for an intrinsic function that CloudFormation refuses */
  #property(name: string): unknown {
    try {
      return this.#intrinsics.evaluate(ownField(this.#properties, name));
    } catch (error) {
      if (!(error instanceof IntrinsicError)) throw error;
      throw new TemplateError(
        this.#template.file,
        `the ${name} of ${this.#logicalId}: ${error.message}`,
        this.#placeOf([name, ...error.path]),
      );
    }
  }

  #placeOf(path: ValuePath): Position {
    return this.#positions.at([...this.#path, ...path]);
  }

  #inline(property: string, value: unknown): FoundDefinition {
    const { file } = this.#template;
    if (this.#intrinsics.fictitious.has(value)) {
      throw new NotLocalError(
        `${file}: the ${property} of ${this.#logicalId} is known only after a deployment.`,
        'Set the parameter that has it (--substitution NAME=VALUE), or use a copy of the definition: --definition FILE',
      );
    }
    const isText = typeof value === 'string';
    // Like CloudFormation, this substitutes in the text.
    const filled = fillWithFictitious(isText ? value : JSON.stringify(value), this.#substitutions());
    const subject = `the ${property} of ${this.#logicalId}`;
    const fault = jsonFault(filled.text);
    if (fault) {
      const place = this.#inText(property, filled.text)?.(lineAndColumn(filled.text, fault.position));
      if (place)
        throw new SourceError(invalidJson(`${file}: ${subject}`, filled.text, place) as string, place);
      throw new TemplateError(file, invalidJson(subject, filled.text) as string, this.#placeOf([property]));
    }
    const definition: unknown = JSON.parse(filled.text);
    if (!objectOf(definition)) {
      throw new TemplateError(file, `${subject} is not a JSON object.`, this.#placeOf([property]));
    }
    const positionOf = isText
      ? this.#positionsInText(property, filled.text, definition)
      : positions(this.#template.text, definition, [...this.#path, property]);
    return this.#found({ ...filled, file, definition: definition as object, positionOf });
  }

  /** The positions of what a text in the template defines: its own lines, or the line at which it begins. */
  #positionsInText(property: string, text: string, definition: unknown): FoundDefinition['positionOf'] {
    const inText = positions(text, definition);
    return (location) => this.#inText(property, text)?.(inText(location)) ?? this.#placeOf([property]);
  }

  /** Turns a position in a text into one in the template, if the text has the same lines there. */
  #inText(property: string, text: string): ((position: Position) => Position) | undefined {
    const block = this.#positions.blockTextAt([...this.#path, property]);
    return block?.lines === text.trimEnd().split('\n').length ? block.positionOf : undefined;
  }

  #external(property: string, path: string): FoundDefinition {
    const { file } = this.#template;
    if (!hasFile(path)) {
      throw new TemplateError(
        file,
        `the ${property} of ${this.#logicalId}, ${path}, does not exist.`,
        this.#placeOf([property]),
        'The path is relative to the folder of the template.',
      );
    }
    return this.#found({ file: path, ...definitionIn(readUserFile(path), path, this.#substitutions()) });
  }

  /** The resource's own substitutions; given values override them. */
  #substitutions(): Substitutions {
    const own = objectOf(this.#property('DefinitionSubstitutions')) ?? {};
    return {
      ...Object.fromEntries(Object.entries(own).map(([name, value]) => [name, String(value)])),
      ...this.#values,
    };
  }

  #found(found: Omit<FoundDefinition, 'name' | 'type'>): FoundDefinition {
    const type = this.#property('Type') ?? this.#property('StateMachineType');
    const { fictitious } = this.#intrinsics;
    return {
      ...found,
      template: this.#template.file,
      name: this.name,
      type: type === 'EXPRESS' ? 'EXPRESS' : 'STANDARD',
      notices: [...fictitious.notices.map((notice) => `${this.#template.file}: ${notice}`), ...found.notices],
      fictitiousArns: [...fictitious.arns, ...found.fictitiousArns],
    };
  }
}
