import { AwsError } from '../local-aws/aws-error';
import type { TargetRegion } from '../local-aws/deployment';

/**
 * Creates a role that may do everything, in place of one whose policies are not known.
 *
 * @returns whether it was created: a role that exists already keeps its own policies
 */
export function createPermissiveRole(
  iam: TargetRegion['iam'],
  RoleName: string,
  services: readonly string[],
): boolean {
  if (isOther(iam, RoleName)) return false;
  try {
    iam.createRole({
      RoleName,
      Description: DESCRIPTION,
      AssumeRolePolicyDocument: policy({ Principal: { Service: services }, Action: 'sts:AssumeRole' }),
    });
  } catch (error) {
    if (error instanceof AwsError && error.code === 'EntityAlreadyExists') return false;
    throw error;
  }
  iam.putRolePolicy({
    RoleName,
    PolicyName: 'everything',
    PolicyDocument: policy({ Action: '*', Resource: '*' }),
  });
  return true;
}

const DESCRIPTION = 'In place of a role that is not in the stack';

/** Whether the role exists, and was not created here. */
function isOther(iam: TargetRegion['iam'], RoleName: string): boolean {
  try {
    return iam.getRole({ RoleName }).Role.Description !== DESCRIPTION;
  } catch (error) {
    if (error instanceof AwsError && error.code === 'NoSuchEntity') return false;
    throw error;
  }
}

const policy = (statement: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
