import type { RoleSession } from '../account-context';
import { boundary, identityPolicies } from './effective-policies';
import type { PolicyDocument } from './policy-document';
import type { ConditionValues } from './policy-variables';
import type { IamStore } from './store';

/** Who makes a request, as far as policies are concerned. */
export interface Principal {
  /** The ARN that a denial shows. */
  readonly arn: string;
  /** The ARNs by which the policy of a resource may name it. */
  readonly ids: readonly string[];
  readonly policies: readonly PolicyDocument[];
  readonly boundary: PolicyDocument | undefined;
  readonly sessionPolicies?: readonly string[] | undefined;
  /** Its condition keys (IAM User Guide, "AWS global condition context keys"). */
  readonly conditions: ConditionValues;
}

/** The ARN of a role's session. */
export function sessionArn(roleArn: string, sessionName: string): string {
  const [account = '', path = ''] = roleArn.split(':').slice(4);
  return `arn:aws:sts::${account}:assumed-role/${path.slice(path.lastIndexOf('/') + 1)}/${sessionName}`;
}

/** A session of a role. A role that does not exist may do nothing. */
export function sessionPrincipal(
  iam: IamStore,
  { roleArn, sessionName, sessionPolicies, tags = {} }: Omit<RoleSession, 'kind'>,
): Principal {
  const role = iam.findRole(roleArn);
  const arn = sessionArn(roleArn, sessionName);
  return {
    arn,
    ids: [roleArn, arn],
    policies: role ? identityPolicies(iam, role) : [],
    boundary: role && boundary(iam, role),
    sessionPolicies,
    conditions: {
      'aws:PrincipalArn': roleArn,
      'aws:PrincipalType': 'AssumedRole',
      ...(role && { 'aws:userid': `${role.RoleId}:${sessionName}` }),
      ...tagsOf(role?.Tags ?? []),
      ...tagsOf(Object.entries(tags).map(([Key, Value]) => ({ Key, Value }))),
    },
  };
}

/** A user, with the policies of its groups. */
export function userPrincipal(iam: IamStore, userName: string): Principal {
  const user = iam.user(userName);
  return {
    arn: user.Arn,
    ids: [user.Arn],
    policies: [user, ...iam.groupsOf(userName)].flatMap((holder) => identityPolicies(iam, holder)),
    boundary: boundary(iam, user),
    conditions: {
      'aws:PrincipalArn': user.Arn,
      'aws:PrincipalType': 'User',
      'aws:userid': user.UserId,
      'aws:username': userName,
      ...tagsOf(user.Tags),
    },
  };
}

const tagsOf = (tags: readonly { readonly Key: string; readonly Value: string }[]) =>
  Object.fromEntries(tags.map(({ Key, Value }) => [`aws:PrincipalTag/${Key}`, Value]));
