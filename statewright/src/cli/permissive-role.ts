import type { TargetRegion } from '../local-aws/deployment';

/** Creates a role that may do everything, in place of one whose policies are not known. */
export function createPermissiveRole(
  iam: TargetRegion['iam'],
  RoleName: string,
  services: readonly string[],
): void {
  iam.createRole({
    RoleName,
    AssumeRolePolicyDocument: policy({ Principal: { Service: services }, Action: 'sts:AssumeRole' }),
  });
  iam.putRolePolicy({
    RoleName,
    PolicyName: 'everything',
    PolicyDocument: policy({ Action: '*', Resource: '*' }),
  });
}

const policy = (statement: object): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
