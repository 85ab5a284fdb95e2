import type { Api, RequestOf } from '../api';
import { boolean, enumeration, integer, list, type SchemaType, string, structure } from '../schema';

/** The name of an existing role: its form is checked when a role is created. */
const RoleName = string();
const UserName = string();
const AccessKeyId = string({ length: [16, 128] });
const GroupName = string();
const InstanceProfileName = string();
const PolicyName = string();
const newName = (length: number) => string({ length: [0, length], pattern: '[\\w+=,.@-]+' });

const Path = string({ pattern: '(/)|(/[!-~]+/)' });
/** JSON text. */
const PolicyDocument = string();
const PolicyArn = string();
const VersionId = string();
/** The ARN of a managed policy. */
const PermissionsBoundary = string({ length: [20, 2048] });
const PolicyUsageFilter = enumeration('PermissionsPolicy', 'PermissionsBoundary');
/** In seconds: from one hour to twelve. */
const MaxSessionDuration = integer({ range: [3600, 43_200] });

const tag = structure({ Key: string(), Value: string() });
export type Tag = SchemaType<typeof tag>;
const Tags = list(tag);
const TagKeys = list(string());

const paging = { Marker: string(), MaxItems: integer() };
const pagingRequest = structure({}, paging);
export type PagingRequest = SchemaType<typeof pagingRequest>;

/** IAM API Reference, "Actions". */
export const iamApi = {
  invalid: 'ValidationError',
  requests: {
    CreateRole: structure(
      {
        RoleName: newName(64),
        /** JSON text. */
        AssumeRolePolicyDocument: string(),
      },
      { Path, Description: string(), MaxSessionDuration, PermissionsBoundary, Tags },
    ),
    GetRole: structure({ RoleName }),
    ListRoles: structure({}, { PathPrefix: string(), ...paging }),
    UpdateRole: structure({ RoleName }, { Description: string(), MaxSessionDuration }),
    UpdateRoleDescription: structure({ RoleName, Description: string() }),
    UpdateAssumeRolePolicy: structure({ RoleName, PolicyDocument }),
    DeleteRole: structure({ RoleName }),
    PutRolePermissionsBoundary: structure({ RoleName, PermissionsBoundary }),
    DeleteRolePermissionsBoundary: structure({ RoleName }),
    ListInstanceProfilesForRole: structure({ RoleName }, paging),
    TagRole: structure({ RoleName, Tags }),
    UntagRole: structure({ RoleName, TagKeys }),
    ListRoleTags: structure({ RoleName }, paging),

    PutRolePolicy: structure({ RoleName, PolicyName: newName(128), PolicyDocument }),
    GetRolePolicy: structure({ RoleName, PolicyName }),
    ListRolePolicies: structure({ RoleName }, paging),
    DeleteRolePolicy: structure({ RoleName, PolicyName }),
    AttachRolePolicy: structure({ RoleName, PolicyArn }),
    DetachRolePolicy: structure({ RoleName, PolicyArn }),
    ListAttachedRolePolicies: structure({ RoleName }, paging),

    CreatePolicy: structure(
      { PolicyName: newName(128), PolicyDocument },
      { Path, Description: string(), Tags },
    ),
    GetPolicy: structure({ PolicyArn }),
    ListPolicies: structure(
      {},
      {
        Scope: enumeration('All', 'AWS', 'Local'),
        OnlyAttached: boolean(),
        PathPrefix: string(),
        PolicyUsageFilter,
        ...paging,
      },
    ),
    DeletePolicy: structure({ PolicyArn }),
    CreatePolicyVersion: structure({ PolicyArn, PolicyDocument }, { SetAsDefault: boolean() }),
    GetPolicyVersion: structure({ PolicyArn, VersionId }),
    ListPolicyVersions: structure({ PolicyArn }, paging),
    SetDefaultPolicyVersion: structure({ PolicyArn, VersionId }),
    DeletePolicyVersion: structure({ PolicyArn, VersionId }),
    ListEntitiesForPolicy: structure(
      { PolicyArn },
      {
        EntityFilter: enumeration('User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'),
        PathPrefix: string(),
        PolicyUsageFilter,
        ...paging,
      },
    ),
    TagPolicy: structure({ PolicyArn, Tags }),
    UntagPolicy: structure({ PolicyArn, TagKeys }),
    ListPolicyTags: structure({ PolicyArn }, paging),

    CreateUser: structure({ UserName: newName(64) }, { Path, PermissionsBoundary, Tags }),
    GetUser: structure({}, { UserName }),
    ListUsers: structure({}, { PathPrefix: string(), ...paging }),
    UpdateUser: structure({ UserName }, { NewUserName: newName(64), NewPath: Path }),
    DeleteUser: structure({ UserName }),
    PutUserPermissionsBoundary: structure({ UserName, PermissionsBoundary }),
    DeleteUserPermissionsBoundary: structure({ UserName }),
    TagUser: structure({ UserName, Tags }),
    UntagUser: structure({ UserName, TagKeys }),
    ListUserTags: structure({ UserName }, paging),
    PutUserPolicy: structure({ UserName, PolicyName: newName(128), PolicyDocument }),
    GetUserPolicy: structure({ UserName, PolicyName }),
    ListUserPolicies: structure({ UserName }, paging),
    DeleteUserPolicy: structure({ UserName, PolicyName }),
    AttachUserPolicy: structure({ UserName, PolicyArn }),
    DetachUserPolicy: structure({ UserName, PolicyArn }),
    ListAttachedUserPolicies: structure({ UserName }, paging),
    ListGroupsForUser: structure({ UserName }, paging),
    CreateAccessKey: structure({ UserName }),
    ListAccessKeys: structure({ UserName }, paging),
    UpdateAccessKey: structure({ UserName, AccessKeyId, Status: enumeration('Active', 'Inactive') }),
    DeleteAccessKey: structure({ UserName, AccessKeyId }),
    DeleteLoginProfile: structure({ UserName }),
    ListMFADevices: structure({}, { UserName, ...paging }),
    ListServiceSpecificCredentials: structure({}, { UserName }),
    ListSigningCertificates: structure({}, { UserName, ...paging }),
    ListSSHPublicKeys: structure({}, { UserName, ...paging }),
    ListVirtualMFADevices: structure({}, paging),

    CreateGroup: structure({ GroupName: newName(128) }, { Path }),
    GetGroup: structure({ GroupName }, paging),
    ListGroups: structure({}, { PathPrefix: string(), ...paging }),
    UpdateGroup: structure({ GroupName }, { NewGroupName: newName(128), NewPath: Path }),
    DeleteGroup: structure({ GroupName }),
    AddUserToGroup: structure({ GroupName, UserName }),
    RemoveUserFromGroup: structure({ GroupName, UserName }),
    PutGroupPolicy: structure({ GroupName, PolicyName: newName(128), PolicyDocument }),
    GetGroupPolicy: structure({ GroupName, PolicyName }),
    ListGroupPolicies: structure({ GroupName }, paging),
    DeleteGroupPolicy: structure({ GroupName, PolicyName }),
    AttachGroupPolicy: structure({ GroupName, PolicyArn }),
    DetachGroupPolicy: structure({ GroupName, PolicyArn }),
    ListAttachedGroupPolicies: structure({ GroupName }, paging),

    CreateInstanceProfile: structure({ InstanceProfileName: newName(128) }, { Path, Tags }),
    GetInstanceProfile: structure({ InstanceProfileName }),
    ListInstanceProfiles: structure({}, { PathPrefix: string(), ...paging }),
    AddRoleToInstanceProfile: structure({ InstanceProfileName, RoleName }),
    RemoveRoleFromInstanceProfile: structure({ InstanceProfileName, RoleName }),
    DeleteInstanceProfile: structure({ InstanceProfileName }),
    TagInstanceProfile: structure({ InstanceProfileName, Tags }),
    UntagInstanceProfile: structure({ InstanceProfileName, TagKeys }),
    ListInstanceProfileTags: structure({ InstanceProfileName }, paging),
  },
} satisfies Api;

export type IamRequest<O extends keyof typeof iamApi.requests> = RequestOf<typeof iamApi, O>;
