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
  try {
    iam.createRole({
      RoleName,
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

const policy = (statement: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
