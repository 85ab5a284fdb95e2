import { AwsError } from '../aws-error';
import { checkDocumentSize } from './document-size';
import { deleteConflict, limitExceeded, noSuchEntity } from './errors';
import { iamPage } from './paging';
import { parsePolicy } from './parse-policy';
import type { IamRequest } from './requests';
import type { IamStore, PolicyRecord, PolicyVersionRecord } from './store';
import { withoutTags, withTags } from './tags';

export function createPolicy(iam: IamStore, request: IamRequest<'CreatePolicy'>) {
  const { PolicyName, PolicyDocument, Path = '/', Description } = request;
  checkPolicyDocument(PolicyDocument);
  const Arn = `arn:aws:iam::${iam.context.accountId}:policy${Path}${PolicyName}`;
  if (iam.policies.has(Arn)) {
    throw new AwsError(
      'EntityAlreadyExists',
      `A policy called ${PolicyName} already exists. Duplicate names are not allowed.`,
      409,
    );
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

/** Customer managed policies only: AWS managed policies can be attached, but are not listed. */
export function listPolicies(iam: IamStore, request: IamRequest<'ListPolicies'>) {
  const policies = [...iam.policies.values()].filter((policy) =>
    policy.Path.startsWith(request.PathPrefix ?? '/'),
  );
  const { items, paging } = iamPage(policies, request);
  return { Policies: items.map((policy) => show(iam, policy)), ...paging };
}

export function deletePolicy(iam: IamStore, { PolicyArn }: IamRequest<'DeletePolicy'>): void {
  const policy = iam.policy(PolicyArn);
  if (iam.rolesWithPolicy(PolicyArn).length > 0) {
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
  const policy = iam.policy(PolicyArn);
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
  findVersion(iam.policy(PolicyArn), VersionId);
  iam.updatePolicy(PolicyArn, { DefaultVersionId: VersionId });
}

export function deletePolicyVersion(
  iam: IamStore,
  { PolicyArn, VersionId }: IamRequest<'DeletePolicyVersion'>,
): void {
  const policy = iam.policy(PolicyArn);
  findVersion(policy, VersionId);
  if (VersionId === policy.DefaultVersionId) {
    throw deleteConflict('Cannot delete the default version of a policy.');
  }
  iam.updatePolicy(PolicyArn, {
    versions: policy.versions.filter((version) => version.VersionId !== VersionId),
  });
}

export function listEntitiesForPolicy(iam: IamStore, { PolicyArn }: IamRequest<'ListEntitiesForPolicy'>) {
  iam.policy(PolicyArn);
  const roles = iam.rolesWithPolicy(PolicyArn).map(({ RoleName, RoleId }) => ({ RoleName, RoleId }));
  return { PolicyRoles: roles, PolicyUsers: [], PolicyGroups: [], IsTruncated: false };
}

export function tagPolicy(iam: IamStore, { PolicyArn, Tags }: IamRequest<'TagPolicy'>): void {
  iam.updatePolicy(PolicyArn, { Tags: withTags(iam.policy(PolicyArn).Tags, Tags) });
}

export function untagPolicy(iam: IamStore, { PolicyArn, TagKeys }: IamRequest<'UntagPolicy'>): void {
  iam.updatePolicy(PolicyArn, { Tags: withoutTags(iam.policy(PolicyArn).Tags, TagKeys) });
}

export function listPolicyTags(iam: IamStore, request: IamRequest<'ListPolicyTags'>) {
  const { items, paging } = iamPage(iam.policy(request.PolicyArn).Tags, request);
  return { Tags: items, ...paging };
}

function show(iam: IamStore, { versions: _, versionCount: __, Tags, ...policy }: PolicyRecord) {
  return {
    ...policy,
    CreateDate: new Date(policy.CreateDate),
    UpdateDate: new Date(policy.UpdateDate),
    AttachmentCount: iam.rolesWithPolicy(policy.Arn).length,
    PermissionsBoundaryUsageCount: 0,
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
