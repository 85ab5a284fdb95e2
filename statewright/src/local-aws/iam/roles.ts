import { AwsError } from '../aws-error';
import { checkDocumentSize } from './document-size';
import { deleteConflict, entityExists, noSuchEntity } from './errors';
import { checkBoundary, checkNoPolicies } from './holder-policies';
import { profilesOf, showInstanceProfile } from './instance-profiles';
import { iamPage, pageUnderPath } from './paging';
import { parsePolicy } from './parse-policy';
import type { RoleRecord } from './records';
import { type IamRequest, iamApi } from './requests';
import { type Role, showPrincipal } from './show';
import { type IamStore, SERVICE_LINKED_PATH } from './store';
import { withoutTags, withTags } from './tags';

export function createRole(iam: IamStore, request: IamRequest<'CreateRole'>): { Role: Role } {
  const { RoleName, AssumeRolePolicyDocument, PermissionsBoundary, MaxSessionDuration } = request;
  if (request.Path?.startsWith(SERVICE_LINKED_PATH)) {
    throw new AwsError(iamApi.invalid, `The path ${SERVICE_LINKED_PATH} is for service-linked roles only.`);
  }
  checkTrustPolicy(AssumeRolePolicyDocument);
  if (PermissionsBoundary !== undefined) checkBoundary(iam, PermissionsBoundary);
  if (iam.roles.has(RoleName)) {
    throw entityExists(`Role with name ${RoleName} already exists.`);
  }
  const { MaxSessionDuration: _, ...shown } = showPrincipal(addRole(iam, request));
  return { Role: { ...shown, ...(MaxSessionDuration !== undefined && { MaxSessionDuration }) } };
}

/** Keeps a new role; its members are checked before. */
export function addRole(iam: IamStore, request: IamRequest<'CreateRole'>): RoleRecord {
  const { RoleName, AssumeRolePolicyDocument, Path = '/', PermissionsBoundary } = request;
  const role: RoleRecord = {
    RoleName,
    RoleId: iam.newId('AROA'),
    Arn: `arn:aws:iam::${iam.context.accountId}:role${Path}${RoleName}`,
    Path,
    CreateDate: iam.context.clock.now(),
    AssumeRolePolicyDocument,
    ...(request.Description !== undefined && { Description: request.Description }),
    MaxSessionDuration: request.MaxSessionDuration ?? 3600,
    ...(PermissionsBoundary !== undefined && { PermissionsBoundary }),
    Tags: withTags([], request.Tags ?? []),
    inlinePolicies: {},
    attachedPolicyArns: [],
  };
  iam.roles.set(RoleName, role);
  return role;
}

export function getRole(iam: IamStore, { RoleName }: IamRequest<'GetRole'>): { Role: Role } {
  const role = iam.role(RoleName);
  return { Role: { ...showPrincipal(role), RoleLastUsed: iam.lastUse(role) ?? {} } };
}

export function listRoles(iam: IamStore, request: IamRequest<'ListRoles'>) {
  const { items, paging } = pageUnderPath(iam.roles.values(), ({ RoleName }) => RoleName, request);
  // ListRoles leaves the tags and the boundary out.
  return {
    Roles: items.map(({ PermissionsBoundary: _, ...role }) => showPrincipal({ ...role, Tags: [] })),
    ...paging,
  };
}

export function updateRole(iam: IamStore, request: IamRequest<'UpdateRole'>): Record<never, never> {
  const { RoleName, Description, MaxSessionDuration } = request;
  iam.updateRole(RoleName, {
    ...(Description !== undefined && { Description }),
    ...(MaxSessionDuration !== undefined && { MaxSessionDuration }),
  });
  return {};
}

export function updateRoleDescription(
  iam: IamStore,
  { RoleName, Description }: IamRequest<'UpdateRoleDescription'>,
): { Role: Role } {
  iam.updateRole(RoleName, { Description });
  return getRole(iam, { RoleName });
}

export function updateAssumeRolePolicy(
  iam: IamStore,
  { RoleName, PolicyDocument }: IamRequest<'UpdateAssumeRolePolicy'>,
): void {
  iam.ownRole(RoleName);
  checkTrustPolicy(PolicyDocument);
  iam.updateRole(RoleName, { AssumeRolePolicyDocument: PolicyDocument });
}

export function deleteRole(iam: IamStore, { RoleName }: IamRequest<'DeleteRole'>): void {
  const role = iam.ownRole(RoleName);
  checkNoPolicies(role);
  if (profilesOf(iam, RoleName).length > 0) {
    throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
  }
  iam.roles.delete(RoleName);
}

export function putRolePermissionsBoundary(
  iam: IamStore,
  { RoleName, PermissionsBoundary }: IamRequest<'PutRolePermissionsBoundary'>,
): void {
  iam.ownRole(RoleName);
  checkBoundary(iam, PermissionsBoundary);
  iam.updateRole(RoleName, { PermissionsBoundary });
}

export function deleteRolePermissionsBoundary(
  iam: IamStore,
  { RoleName }: IamRequest<'DeleteRolePermissionsBoundary'>,
): void {
  if (iam.ownRole(RoleName).PermissionsBoundary === undefined) {
    throw noSuchEntity(`Role with name ${RoleName} does not have a permissions boundary.`);
  }
  iam.updateRole(RoleName, { PermissionsBoundary: undefined });
}

export function listInstanceProfilesForRole(
  iam: IamStore,
  request: IamRequest<'ListInstanceProfilesForRole'>,
) {
  iam.role(request.RoleName);
  const { items, paging } = iamPage(profilesOf(iam, request.RoleName), request);
  return { InstanceProfiles: items.map((profile) => showInstanceProfile(iam, profile)), ...paging };
}

export function tagRole(iam: IamStore, { RoleName, Tags }: IamRequest<'TagRole'>): void {
  iam.updateRole(RoleName, { Tags: withTags(iam.role(RoleName).Tags, Tags) });
}

export function untagRole(iam: IamStore, { RoleName, TagKeys }: IamRequest<'UntagRole'>): void {
  iam.updateRole(RoleName, { Tags: withoutTags(iam.role(RoleName).Tags, TagKeys) });
}

export function listRoleTags(iam: IamStore, request: IamRequest<'ListRoleTags'>) {
  const { items, paging } = iamPage(iam.role(request.RoleName).Tags, request);
  return { Tags: items, ...paging };
}

function checkTrustPolicy(document: string): void {
  parsePolicy(document, 'trust');
  checkDocumentSize([document], 'ACLSizePerRole', 2048);
}
