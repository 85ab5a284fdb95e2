import type { AccountOptions } from '../local-aws/account';

type Permissions = NonNullable<AccountOptions['permissions']>;

/** Lets every role do everything: a definition alone comes without the policies that it would be deployed with. */
export const everything: Permissions = () => ({
  authorize: () => ({ allowed: true }),
  canAssume: () => true,
});

/** IAM decides, but about the roles of other accounts, which Credentials may name: nothing is known of those here. */
export const ownRoles: Permissions = (iam) => ({
  authorize: (request) => (isForeign(request.roleArn) ? { allowed: true } : iam.authorize(request)),
  canAssume: (request) => isForeign(request.roleArn) || iam.canAssume(request),
});

const isForeign = (roleArn: string) => roleArn.split(':')[4] !== '000000000000';
