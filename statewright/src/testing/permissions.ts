import type { AccountOptions } from '../local-aws/account';
import { AwsError } from '../local-aws/aws-error';
import type { IamService } from '../local-aws/iam/iam-service';

type Permissions = NonNullable<AccountOptions['permissions']>;

/** Allows everything to every role: a definition alone comes without its policies. */
export const everything: Permissions = () => ({
  authorize: () => ({ allowed: true }),
  canAssume: () => true,
  mayAssume: () => true,
});

/**
 * Evaluates IAM, except for roles that the stack does not have: those of other accounts, which Credentials may name, and
 * those that exist already, which a data source reads. Their policies are not known.
 */
export const ownRoles: Permissions = (iam) => ({
  authorize: (request) => (isOwn(iam, request.roleArn) ? iam.authorize(request) : { allowed: true }),
  canAssume: (request) => !isOwn(iam, request.roleArn) || iam.canAssume(request),
  mayAssume: (roleArn, ...by) => !isOwn(iam, roleArn) || iam.mayAssume(roleArn, ...by),
});

function isOwn(iam: IamService, roleArn: string): boolean {
  try {
    return iam.getRole({ RoleName: roleArn.slice(roleArn.lastIndexOf('/') + 1) }).Role.Arn === roleArn;
  } catch (error) {
    if (error instanceof AwsError) return false;
    throw error;
  }
}
