import type { TerraformElement } from 'cdktf';

/**
 * Sets the last part of an element's Terraform address: `address('test', new IamRole(…))` is
 * `aws_iam_role.test`. CDKTF's default is the construct's path and a hash, so moving a construct would
 * destroy its resource. Call it before anything refers to the element.
 */
export function address<T extends TerraformElement>(name: string, element: T): T {
  element.overrideLogicalId(name);
  return element;
}
