import { AwsError } from '../aws-error';
import { checkDocumentSize } from './document-size';
import { deleteConflict } from './errors';
import { iamPage } from './paging';
import { parsePolicy } from './parse-policy';
import type { IamRequest, Tag } from './requests';
import type { IamStore, RoleRecord } from './store';
import { withoutTags, withTags } from './tags';

/** A role as the API returns it. */
export interface Role {
  readonly RoleName: string;
  readonly RoleId: string;
  readonly Arn: string;
  readonly Path: string;
  readonly CreateDate: Date;
  /** JSON text; the Query protocol percent-encodes it. */
  readonly AssumeRolePolicyDocument: string;
  readonly Description?: string;
  readonly MaxSessionDuration: number;
  readonly Tags?: readonly Tag[];
}

export function createRole(iam: IamStore, request: IamRequest<'CreateRole'>): { Role: Role } {
  const { RoleName, AssumeRolePolicyDocument, Path = '/', MaxSessionDuration = 3600 } = request;
  checkTrustPolicy(AssumeRolePolicyDocument);
  if (iam.roles.has(RoleName)) {
    throw new AwsError('EntityAlreadyExists', `Role with name ${RoleName} already exists.`, 409);
  }
  const role: RoleRecord = {
    RoleName,
    RoleId: iam.newId('AROA'),
    Arn: `arn:aws:iam::${iam.context.accountId}:role${Path}${RoleName}`,
    Path,
    CreateDate: iam.context.clock.now(),
    AssumeRolePolicyDocument,
    ...(request.Description !== undefined && { Description: request.Description }),
    MaxSessionDuration,
    Tags: withTags([], request.Tags ?? []),
    inlinePolicies: {},
    attachedPolicyArns: [],
  };
  iam.roles.set(RoleName, role);
  return { Role: show(role) };
}

export function getRole(iam: IamStore, { RoleName }: IamRequest<'GetRole'>): { Role: Role } {
  return { Role: show(iam.role(RoleName)) };
}

export function listRoles(iam: IamStore, request: IamRequest<'ListRoles'>) {
  const roles = [...iam.roles.values()].filter((role) => role.Path.startsWith(request.PathPrefix ?? '/'));
  const { items, paging } = iamPage(
    roles.sort((a, b) => (a.RoleName < b.RoleName ? -1 : 1)),
    request,
  );
  // ListRoles leaves the tags out.
  return { Roles: items.map((role) => show({ ...role, Tags: [] })), ...paging };
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
  iam.role(RoleName);
  checkTrustPolicy(PolicyDocument);
  iam.updateRole(RoleName, { AssumeRolePolicyDocument: PolicyDocument });
}

export function deleteRole(iam: IamStore, { RoleName }: IamRequest<'DeleteRole'>): void {
  const role = iam.role(RoleName);
  if (role.attachedPolicyArns.length > 0) {
    throw deleteConflict('Cannot delete entity, must detach all policies first.');
  }
  if (Object.keys(role.inlinePolicies).length > 0) {
    throw deleteConflict('Cannot delete entity, must delete policies first.');
  }
  iam.roles.delete(RoleName);
}

/** This account has no instance profiles; Terraform asks for them before it deletes a role. */
export function listInstanceProfilesForRole(
  iam: IamStore,
  { RoleName }: IamRequest<'ListInstanceProfilesForRole'>,
) {
  iam.role(RoleName);
  return { InstanceProfiles: [], IsTruncated: false };
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

function show({ inlinePolicies: _, attachedPolicyArns: __, Tags, ...role }: RoleRecord): Role {
  return { ...role, CreateDate: new Date(role.CreateDate), ...(Tags.length > 0 && { Tags }) };
}

function checkTrustPolicy(document: string): void {
  parsePolicy(document, 'trust');
  checkDocumentSize([document], 'ACLSizePerRole', 2048);
}
