import type { TerraformElement, TerraformResource } from 'cdktf';
import { LazyText } from './resolve-tokens';

/**
 * Sets the last part of an element's Terraform address: `address('test', new IamRole(…))` is
 * `aws_iam_role.test`. CDKTF's default is the construct's path and a hash, so moving a construct would
 * destroy its resource. Call it before anything refers to the element.
 */
export function address<T extends TerraformElement>(name: string, element: T): T {
  element.overrideLogicalId(name);
  return element;
}

/**
 * An attribute of a resource of the same stack, such as `${aws_iam_role.test.arn}`. The getters of a resource return a
 * token that other stacks can use, too: it costs a stack trace.
 */
export function attribute(name: string, resource: TerraformResource): string {
  return reference(() => `\${${addressIn(resource)}.${name}}`);
}

/** The address of a resource of the same stack, for `dependsOn`. */
export const addressOf = (resource: TerraformResource): string => reference(() => addressIn(resource));

/** The last part of an address can change until the stack is synthesized. */
const reference = (write: () => string): string => new LazyText(() => [], write).toString();

const addressIn = ({ terraformResourceType, friendlyUniqueId }: TerraformResource): string =>
  `${terraformResourceType}.${friendlyUniqueId}`;
