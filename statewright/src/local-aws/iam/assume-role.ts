import type { Caller } from '../account-context';
import { authorizePrincipal, principalOf } from './authorize';
import { decide, type PolicyQuestion } from './decide';
import { cachedPolicy } from './effective-policies';
import type { ConditionValues } from './policy-variables';
import type { RoleRecord } from './records';
import type { IamStore } from './store';

/** A question to IAM: may this service assume this role? */
export interface AssumeRequest {
  readonly roleArn: string;
  /** The service's principal, such as `states.amazonaws.com`. */
  readonly service: string;
  /** Values of condition keys, such as `aws:SourceArn`. */
  readonly conditions?: Readonly<Record<string, string>>;
}

/** Whether the role's trust policy lets the service assume it; false when the role does not exist. */
export const canAssume = (iam: IamStore, { roleArn, service, conditions }: AssumeRequest): boolean =>
  trusts(iam, roleArn, {
    action: 'sts:AssumeRole',
    principal: { kind: 'Service', ids: [service] },
    ...(conditions && { conditions }),
  });

/**
 * Whether a caller may assume a role. The trust policy must name the caller or its account; if it names only the account,
 * the caller's own policies must allow the call (IAM User Guide, "How permissions and policies provide access management",
 * "Cross-account policy evaluation logic"). The owner of the account may do what the account may do.
 */
export function mayAssume(
  iam: IamStore,
  roleArn: string,
  caller: Caller,
  conditions: ConditionValues,
): boolean {
  const action = 'sts:AssumeRole';
  const account = `arn:aws:iam::${iam.context.accountId}:root`;
  if (caller.kind === 'owner') {
    return trusts(iam, roleArn, { action, conditions, principal: { kind: 'AWS', ids: [account] } });
  }
  const principal = principalOf(iam, caller);
  const ids = [...principal.ids, account];
  if (!trusts(iam, roleArn, { action, conditions, principal: { kind: 'AWS', ids } })) return false;
  const { AssumeRolePolicyDocument } = iam.findRole(roleArn) as RoleRecord;
  const trust = cachedPolicy(AssumeRolePolicyDocument, 'trust');
  return authorizePrincipal(iam, principal, { action, resource: roleArn, conditions }, trust).allowed;
}

/** Whether a role's trust policy allows an action; false when the role does not exist. */
export function trusts(iam: IamStore, roleArn: string, question: PolicyQuestion): boolean {
  const role = iam.findRole(roleArn);
  return (
    role !== undefined &&
    decide([cachedPolicy(role.AssumeRolePolicyDocument, 'trust')], question) === 'allowed'
  );
}
