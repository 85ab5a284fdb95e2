import { awsManagedPolicies, isAwsManagedPolicy } from './aws-managed-policies';
import { checkDocumentSize } from './document-size';
import { deleteConflict, entityExists, limitExceeded, noSuchEntity } from './errors';
import { iamPage, pageUnderPath } from './paging';
import { parsePolicy } from './parse-policy';
import type { GroupRecord, PolicyRecord, PolicyVersionRecord, RoleRecord, UserRecord } from './records';
import type { IamRequest } from './requests';
import type { IamStore } from './store';
import { withoutTags, withTags } from './tags';

export function createPolicy(iam: IamStore, request: IamRequest<'CreatePolicy'>) {
  const { PolicyName, PolicyDocument, Path = '/', Description } = request;
  checkPolicyDocument(PolicyDocument);
  const Arn = `arn:aws:iam::${iam.context.accountId}:policy${Path}${PolicyName}`;
  if (iam.policies.has(Arn)) {
    throw entityExists(`A policy called ${PolicyName} already exists. Duplicate names are not allowed.`);
  }
  const now = iam.context.clock.now();
  const policy: PolicyRecord = {
    PolicyName,
    PolicyId: iam.newId('ANPA'),
    Arn,
    Path,
    CreateDate: now,
    UpdateDate: now,
    ...(Description !== undefined && { Description }),
    DefaultVersionId: 'v1',
    versions: [{ VersionId: 'v1', Document: PolicyDocument, CreateDate: now }],
    versionCount: 1,
    Tags: withTags([], request.Tags ?? []),
  };
  iam.policies.set(Arn, policy);
  return { Policy: show(iam, policy) };
}

export function getPolicy(iam: IamStore, { PolicyArn }: IamRequest<'GetPolicy'>) {
  return { Policy: show(iam, iam.policy(PolicyArn)) };
}

/** The policies of the account, then those of AWS whose content is known here. */
export function listPolicies(iam: IamStore, request: IamRequest<'ListPolicies'>) {
  const { Scope = 'All', OnlyAttached = false, PolicyUsageFilter } = request;
  const isUsed = ({ Arn }: PolicyRecord) =>
    (PolicyUsageFilter !== 'PermissionsBoundary' && attachmentCount(iam, Arn) > 0) ||
    (PolicyUsageFilter !== 'PermissionsPolicy' && boundaryCount(iam, Arn) > 0);
  const policies = [
    ...(Scope === 'AWS' ? [] : iam.policies.values()),
    ...(Scope === 'Local' ? [] : awsManagedPolicies()),
  ].filter((policy) => !OnlyAttached || isUsed(policy));
  const { items, paging } = pageUnderPath(policies, ({ Arn }) => Arn, request);
  // ListPolicies leaves the tags and the description out.
  return {
    Policies: items.map(({ Description: _, ...policy }) => show(iam, { ...policy, Tags: [] })),
    ...paging,
  };
}

export function deletePolicy(iam: IamStore, { PolicyArn }: IamRequest<'DeletePolicy'>): void {
  const policy = iam.ownPolicy(PolicyArn);
  if (attachmentCount(iam, PolicyArn) + boundaryCount(iam, PolicyArn) > 0) {
    throw deleteConflict('Cannot delete a policy attached to entities.');
  }
  if (policy.versions.length > 1) {
    throw deleteConflict(
      "This policy has more than one version. Before you delete a policy, you must delete the policy's versions. The default version is deleted with the policy.",
    );
  }
  iam.policies.delete(PolicyArn);
}

export function createPolicyVersion(iam: IamStore, request: IamRequest<'CreatePolicyVersion'>) {
  const { PolicyArn, PolicyDocument, SetAsDefault = false } = request;
  const policy = iam.ownPolicy(PolicyArn);
  checkPolicyDocument(PolicyDocument);
  if (policy.versions.length >= 5) {
    throw limitExceeded(
      'A managed policy can have up to 5 versions. Before you create a new version, you must delete an existing version.',
    );
  }
  const versionCount = policy.versionCount + 1;
  const version: PolicyVersionRecord = {
    VersionId: `v${versionCount}`,
    Document: PolicyDocument,
    CreateDate: iam.context.clock.now(),
  };
  iam.updatePolicy(PolicyArn, {
    versions: [version, ...policy.versions],
    versionCount,
    UpdateDate: version.CreateDate,
    ...(SetAsDefault && { DefaultVersionId: version.VersionId }),
  });
  const { Document: _, ...shown } = showVersion(version, iam.policy(PolicyArn));
  return { PolicyVersion: shown };
}

export function getPolicyVersion(iam: IamStore, { PolicyArn, VersionId }: IamRequest<'GetPolicyVersion'>) {
  const policy = iam.policy(PolicyArn);
  return { PolicyVersion: showVersion(findVersion(policy, VersionId), policy) };
}

export function listPolicyVersions(iam: IamStore, request: IamRequest<'ListPolicyVersions'>) {
  const policy = iam.policy(request.PolicyArn);
  const { items, paging } = iamPage(policy.versions, request);
  const versions = items.map((version) => {
    const { Document: _, ...shown } = showVersion(version, policy);
    return shown;
  });
  return { Versions: versions, ...paging };
}

export function setDefaultPolicyVersion(
  iam: IamStore,
  { PolicyArn, VersionId }: IamRequest<'SetDefaultPolicyVersion'>,
): void {
  findVersion(iam.ownPolicy(PolicyArn), VersionId);
  iam.updatePolicy(PolicyArn, { DefaultVersionId: VersionId });
}

export function deletePolicyVersion(
  iam: IamStore,
  { PolicyArn, VersionId }: IamRequest<'DeletePolicyVersion'>,
): void {
  const policy = iam.ownPolicy(PolicyArn);
  findVersion(policy, VersionId);
  if (VersionId === policy.DefaultVersionId) {
    throw deleteConflict('Cannot delete the default version of a policy.');
  }
  iam.updatePolicy(PolicyArn, {
    versions: policy.versions.filter((version) => version.VersionId !== VersionId),
  });
}

/** Who has a policy, as a policy or as the permissions boundary. */
export function listEntitiesForPolicy(iam: IamStore, request: IamRequest<'ListEntitiesForPolicy'>) {
  const { PolicyArn, EntityFilter, PolicyUsageFilter } = request;
  if (!isAwsManagedPolicy(PolicyArn)) iam.policy(PolicyArn);
  const has = (holder: Holder) =>
    (PolicyUsageFilter !== 'PermissionsBoundary' && holder.attachedPolicyArns.includes(PolicyArn)) ||
    (PolicyUsageFilter !== 'PermissionsPolicy' && boundaryOf(holder) === PolicyArn);
  const wanted = holdersOf(iam).filter(
    (holder) => (EntityFilter === undefined || EntityFilter === kindOf(holder)) && has(holder),
  );
  const { items, paging } = pageUnderPath(wanted, ({ Arn }) => Arn, request);
  return {
    PolicyRoles: items.flatMap((one) =>
      'RoleName' in one ? [{ RoleName: one.RoleName, RoleId: one.RoleId }] : [],
    ),
    PolicyUsers: items.flatMap((one) =>
      'UserName' in one ? [{ UserName: one.UserName, UserId: one.UserId }] : [],
    ),
    PolicyGroups: items.flatMap((one) =>
      'GroupName' in one ? [{ GroupName: one.GroupName, GroupId: one.GroupId }] : [],
    ),
    ...paging,
  };
}

export function tagPolicy(iam: IamStore, { PolicyArn, Tags }: IamRequest<'TagPolicy'>): void {
  iam.updatePolicy(PolicyArn, { Tags: withTags(iam.ownPolicy(PolicyArn).Tags, Tags) });
}

export function untagPolicy(iam: IamStore, { PolicyArn, TagKeys }: IamRequest<'UntagPolicy'>): void {
  iam.updatePolicy(PolicyArn, { Tags: withoutTags(iam.ownPolicy(PolicyArn).Tags, TagKeys) });
}

export function listPolicyTags(iam: IamStore, request: IamRequest<'ListPolicyTags'>) {
  const { items, paging } = iamPage(iam.policy(request.PolicyArn).Tags, request);
  return { Tags: items, ...paging };
}

type Holder = RoleRecord | UserRecord | GroupRecord;

const kindOf = (holder: Holder) => ('RoleName' in holder ? 'Role' : 'UserName' in holder ? 'User' : 'Group');

const boundaryOf = (holder: Holder) =>
  'PermissionsBoundary' in holder ? holder.PermissionsBoundary : undefined;

const holdersOf = (iam: IamStore): readonly Holder[] => [
  ...iam.roles.values(),
  ...iam.users.values(),
  ...iam.groups.values(),
];

const attachmentCount = (iam: IamStore, arn: string) =>
  holdersOf(iam).filter(({ attachedPolicyArns }) => attachedPolicyArns.includes(arn)).length;

const boundaryCount = (iam: IamStore, arn: string) =>
  holdersOf(iam).filter((holder) => boundaryOf(holder) === arn).length;

function show(iam: IamStore, { versions: _, versionCount: __, Tags, ...policy }: PolicyRecord) {
  return {
    ...policy,
    CreateDate: new Date(policy.CreateDate),
    UpdateDate: new Date(policy.UpdateDate),
    AttachmentCount: attachmentCount(iam, policy.Arn),
    PermissionsBoundaryUsageCount: boundaryCount(iam, policy.Arn),
    IsAttachable: true,
    ...(Tags.length > 0 && { Tags }),
  };
}

function showVersion(version: PolicyVersionRecord, policy: PolicyRecord) {
  return {
    ...version,
    CreateDate: new Date(version.CreateDate),
    IsDefaultVersion: version.VersionId === policy.DefaultVersionId,
  };
}

function findVersion(policy: PolicyRecord, versionId: string): PolicyVersionRecord {
  const version = policy.versions.find((candidate) => candidate.VersionId === versionId);
  if (version === undefined) {
    throw noSuchEntity(`Policy ${policy.Arn} version ${versionId} does not exist or is not attachable.`);
  }
  return version;
}

function checkPolicyDocument(document: string): void {
  parsePolicy(document, 'identity');
  checkDocumentSize([document], 'PolicySize', 6144);
}
