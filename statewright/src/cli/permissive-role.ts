import { AwsError } from '../local-aws/aws-error';
import type { OtherTypes, TargetRegion } from '../local-aws/deployment';
import { otherResources } from '../testing/other-resources';

/** A role that exists already in the user's account. */
const ROLE = /(?:^|\.)data\.aws_iam_role\./;

/**
 * Creates the roles that data sources read, which may then do everything.
 *
 * @param otherTypes stands in for everything else
 * @param onCreated called with the address of each
 */
export const withOtherRoles =
  (otherTypes: OtherTypes, onCreated: (address: string) => unknown = () => {}): OtherTypes =>
  (block, context, reason) => {
    if (!ROLE.test(block.place)) return otherTypes(block, context, reason);
    const { name, path } = block.values;
    const Path = typeof path === 'string' ? path : '/';
    const isCreated = typeof name === 'string' && createPermissiveRole(context.target.iam, name, Path);
    if (isCreated) onCreated(block.place);
    return otherResources(block, context);
  };

/**
 * Creates a role that may do everything, in place of one whose policies are not known.
 *
 * @returns whether it was created: a role that exists already keeps its own policies
 */
export function createPermissiveRole(iam: TargetRegion['iam'], RoleName: string, Path = '/'): boolean {
  if (isOther(iam, RoleName)) return false;
  try {
    iam.createRole({
      RoleName,
      Path,
      Description: DESCRIPTION,
      AssumeRolePolicyDocument: policy({
        Principal: { Service: SERVICES, AWS: '*' },
        Action: 'sts:AssumeRole',
      }),
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

/** The services of this AWS that assume roles. */
const SERVICES = ['states', 'lambda', 'events'].map((service) => `${service}.amazonaws.com`);

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
