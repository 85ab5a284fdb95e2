import type { GroupRecord, PolicyHolder, RoleRecord, UserRecord } from './records';
import type { IamStore } from './store';

/** A role, user or group, as the operations for its policies see it. */
export interface HolderAccess extends PolicyHolder {
  /** In messages. */
  readonly noun: 'role' | 'user' | 'group';
  /** The quota for the characters of all its inline policies (IAM User Guide, "IAM and AWS STS quotas"). */
  readonly inlineQuota: readonly [name: string, characters: number];
  /** The name of the quota for attached policies; each is 10. */
  readonly attachedQuota: string;
  update(change: Partial<PolicyHolder>): void;
}

export const roleHolder = (iam: IamStore, name: string): HolderAccess => ({
  ...policiesOf(iam.role(name)),
  noun: 'role',
  inlineQuota: ['RolePolicySize', 10_240],
  attachedQuota: 'PoliciesPerRole',
  update: (change) => iam.updateRole(iam.ownRole(name).RoleName, change),
});

export const userHolder = (iam: IamStore, name: string): HolderAccess => ({
  ...policiesOf(iam.user(name)),
  noun: 'user',
  inlineQuota: ['UserPolicySize', 2048],
  attachedQuota: 'PoliciesPerUser',
  update: (change) => iam.updateUser(name, change),
});

export const groupHolder = (iam: IamStore, name: string): HolderAccess => ({
  ...policiesOf(iam.group(name)),
  noun: 'group',
  inlineQuota: ['GroupPolicySize', 5120],
  attachedQuota: 'PoliciesPerGroup',
  update: (change) => iam.updateGroup(name, change),
});

const policiesOf = ({ inlinePolicies, attachedPolicyArns }: RoleRecord | UserRecord | GroupRecord) => ({
  inlinePolicies,
  attachedPolicyArns,
});
