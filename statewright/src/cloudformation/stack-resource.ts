import type { Template } from '../definitions/cloudformation/template';
import type { Substitutions } from '../definitions/definition';

/** Properties with every intrinsic function in them evaluated. */
export type Properties = Readonly<Record<string, unknown>>;

/** A resource of a template that is deployed. */
export interface StackResource {
  readonly logicalId: string;
  /** Its name in Terraform JSON: the logical id, after those of the stacks around it. */
  readonly label: string;
  readonly type: string;
  /** The name in AWS. */
  readonly name: string;
  readonly arn: string;
  readonly properties: Properties;
  readonly metadata: Properties;
  readonly template: Template;
  /** The values of the template's parameters. */
  readonly parameters: Substitutions;
}
