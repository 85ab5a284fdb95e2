import type { AccountOptions } from '../local-aws/account';

type Permissions = NonNullable<AccountOptions['permissions']>;

/** Allows everything to every role: a definition alone comes without its policies. */
export const everything: Permissions = () => ({
  authorize: () => ({ allowed: true }),
  canAssume: () => true,
  mayAssume: () => true,
});

/** Evaluates IAM, except for roles of other accounts, which Credentials may name: their policies are not known. */
export const ownRoles: Permissions = (iam) => ({
  authorize: (request) => (isForeign(request.roleArn) ? { allowed: true } : iam.authorize(request)),
  canAssume: (request) => isForeign(request.roleArn) || iam.canAssume(request),
  mayAssume: (roleArn, ...by) => isForeign(roleArn) || iam.mayAssume(roleArn, ...by),
});

const isForeign = (roleArn: string) => roleArn.split(':')[4] !== '000000000000';
