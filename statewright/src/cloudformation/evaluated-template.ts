import { objectOf, ownField } from '../asl/graph';
import { IntrinsicError } from '../definitions/cloudformation/intrinsic-error';
import { Intrinsics } from '../definitions/cloudformation/intrinsics';
import { TemplateError } from '../definitions/cloudformation/machine-reader';
import type { Template } from '../definitions/cloudformation/template';
import type { Substitutions } from '../definitions/definition';
import { Positions } from '../definitions/positions';
import type { ValuePath } from '../definitions/source-text';
import { withSamResources } from './sam';
import type { Properties, StackResource } from './stack-resource';

/** A template whose parts are evaluated one by one. Errors have the line of the template. */
export class EvaluatedTemplate {
  readonly #intrinsics: Intrinsics;

  private constructor(
    readonly template: Template,
    readonly parameters: Substitutions,
  ) {
    this.#intrinsics = new Intrinsics(template, parameters);
  }

  /** A template with what SAM makes of it. @throws TemplateError for what CloudFormation would refuse */
  static of(template: Template, parameters: Substitutions): EvaluatedTemplate {
    return withPlace(
      template,
      [],
      () => new EvaluatedTemplate(withSamResources(template, parameters), parameters),
    );
  }

  resource(logicalId: string, label: string): StackResource {
    // First: an error in a property, such as the name, has its line.
    const properties = this.propertiesOf(logicalId);
    const { name = logicalId, arn = '' } =
      this.#at(['Resources', logicalId], () => this.#intrinsics.valuesOf(logicalId)) ?? {};
    return {
      logicalId,
      label,
      type: this.typeOf(logicalId),
      name,
      arn,
      properties,
      metadata: this.#evaluated(logicalId, 'Metadata'),
      template: this.template,
      parameters: this.parameters,
    };
  }

  /** The logical ids of the resources that are created. */
  get created(): readonly string[] {
    return [...this.#intrinsics.resources].flatMap(([id, { value, path }]) =>
      this.#at(path, () => this.#intrinsics.isCreated(value)) ? [id] : [],
    );
  }

  /** A resource as it is written; undefined if the template does not have it. */
  written(logicalId: string): unknown {
    return this.#intrinsics.resources.get(logicalId)?.value;
  }

  typeOf(logicalId: string): string {
    return String(ownField(this.written(logicalId), 'Type'));
  }

  propertiesOf(logicalId: string): Properties {
    return this.#evaluated(logicalId, 'Properties');
  }

  #evaluated(logicalId: string, part: string): Properties {
    const { value, path = [] } = this.#intrinsics.resources.get(logicalId) ?? {};
    const fields = ownField(value, part);
    return objectOf(this.#at([...path, part], () => this.#intrinsics.evaluate(fields))) ?? {};
  }

  evaluate(value: unknown): unknown {
    return this.#at([], () => this.#intrinsics.evaluate(value));
  }

  /** About the values that only a deployment to AWS knows. */
  get notices(): readonly string[] {
    return this.#intrinsics.fictitious.notices;
  }

  #at<T>(path: ValuePath, evaluate: () => T): T {
    return withPlace(this.template, path, evaluate);
  }
}

function withPlace<T>({ file, text }: Template, path: ValuePath, evaluate: () => T): T {
  try {
    return evaluate();
  } catch (error) {
    if (!(error instanceof IntrinsicError)) throw error;
    throw new TemplateError(file, error.message, new Positions(text).at([...path, ...error.path]));
  }
}
