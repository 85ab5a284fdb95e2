import { AwsError } from '../aws-error';
import {
  checkDocumentSize,
  checkName,
  checkPath,
  checkSessionDuration,
  withoutTags,
  withTags,
} from './check';
import { parsePolicy } from './parse-policy';
import { type IamStore, iamPage, type PagingRequest, type RoleRecord, type Tag } from './store';

export interface CreateRoleRequest {
  readonly RoleName: string;
  /** JSON text. */
  readonly AssumeRolePolicyDocument: string;
  readonly Path?: string;
  readonly Description?: string;
  readonly MaxSessionDuration?: number;
  readonly Tags?: readonly Tag[];
}

/** A role as the API shows it. */
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

export interface RoleNameRequest {
  readonly RoleName: string;
}

export function createRole(iam: IamStore, request: CreateRoleRequest): { Role: Role } {
  const { RoleName, AssumeRolePolicyDocument, Path = '/', MaxSessionDuration = 3600 } = request;
  checkName(RoleName, 'roleName', 64);
  checkPath(Path);
  checkSessionDuration(MaxSessionDuration);
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

export function getRole(iam: IamStore, { RoleName }: RoleNameRequest): { Role: Role } {
  return { Role: show(iam.role(RoleName)) };
}

export function listRoles(iam: IamStore, request: PagingRequest & { readonly PathPrefix?: string } = {}) {
  const roles = [...iam.roles.values()].filter((role) => role.Path.startsWith(request.PathPrefix ?? '/'));
  const { items, paging } = iamPage(
    roles.sort((a, b) => (a.RoleName < b.RoleName ? -1 : 1)),
    request,
  );
  // ListRoles leaves the tags out.
  return { Roles: items.map((role) => show({ ...role, Tags: [] })), ...paging };
}

export interface UpdateRoleRequest {
  readonly RoleName: string;
  readonly Description?: string;
  readonly MaxSessionDuration?: number;
}

export function updateRole(iam: IamStore, request: UpdateRoleRequest): Record<never, never> {
  const { RoleName, Description, MaxSessionDuration } = request;
  if (MaxSessionDuration !== undefined) checkSessionDuration(MaxSessionDuration);
  iam.updateRole(RoleName, {
    ...(Description !== undefined && { Description }),
    ...(MaxSessionDuration !== undefined && { MaxSessionDuration }),
  });
  return {};
}

export function updateRoleDescription(
  iam: IamStore,
  { RoleName, Description }: { readonly RoleName: string; readonly Description: string },
): { Role: Role } {
  iam.updateRole(RoleName, { Description });
  return getRole(iam, { RoleName });
}

export function updateAssumeRolePolicy(
  iam: IamStore,
  { RoleName, PolicyDocument }: { readonly RoleName: string; readonly PolicyDocument: string },
): void {
  iam.role(RoleName);
  checkTrustPolicy(PolicyDocument);
  iam.updateRole(RoleName, { AssumeRolePolicyDocument: PolicyDocument });
}

export function deleteRole(iam: IamStore, { RoleName }: RoleNameRequest): void {
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
export function listInstanceProfilesForRole(iam: IamStore, { RoleName }: RoleNameRequest) {
  iam.role(RoleName);
  return { InstanceProfiles: [], IsTruncated: false };
}

export function tagRole(
  iam: IamStore,
  { RoleName, Tags }: { readonly RoleName: string; readonly Tags: readonly Tag[] },
): void {
  iam.updateRole(RoleName, { Tags: withTags(iam.role(RoleName).Tags, Tags) });
}

export function untagRole(
  iam: IamStore,
  { RoleName, TagKeys }: { readonly RoleName: string; readonly TagKeys: readonly string[] },
): void {
  iam.updateRole(RoleName, { Tags: withoutTags(iam.role(RoleName).Tags, TagKeys) });
}

export function listRoleTags(iam: IamStore, request: RoleNameRequest & PagingRequest) {
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

const deleteConflict = (message: string) => new AwsError('DeleteConflict', message, 409);
