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

const tag = structure({ Key: string({ length: [1, 128] }), Value: string({ length: [0, 256] }) });
export type Tag = SchemaType<typeof tag>;
const Tags = list(tag);
const TagKeys = list(string());

const paging = {
  Marker: string({ length: [1, 320], pattern: '[\\u0020-\\u00FF]+' }),
  MaxItems: integer({ range: [1, 1000] }),
};
const pagingRequest = structure({}, paging);
export type PagingRequest = SchemaType<typeof pagingRequest>;
const underPath = {
  PathPrefix: string({ length: [1, 512], pattern: '\\u002F[\\u0021-\\u007F]*' }),
  ...paging,
};
const pathRequest = structure({}, underPath);
export type PathRequest = SchemaType<typeof pathRequest>;

const OpenIDConnectProviderArn = string({ length: [20, 2048] });
const oidcProvider = structure({ OpenIDConnectProviderArn });
const ClientID = string({ length: [1, 255] });
const ThumbprintList = list(string({ length: [40, 40] }));

const AccountAlias = string({
  length: [3, 63],
  pattern: '^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$',
});

/** JSON texts of policies. */
const PolicyInputList = list(string({ length: [1, 131_072] }));
const ActionNames = list(string({ length: [3, 128] }));
const simulation = {
  PermissionsBoundaryPolicyInputList: PolicyInputList,
  // AWS names no limit; here one answer has the decisions for all of them.
  ResourceArns: list(string({ length: [1, 2048] }), { length: [0, 1000] }),
  ResourcePolicy: string({ length: [1, 131_072] }),
  CallerArn: string({ length: [1, 2048] }),
  ContextEntries: list(
    structure(
      {},
      {
        ContextKeyName: string({ length: [5, 256] }),
        ContextKeyValues: list(string()),
        ContextKeyType: enumeration(
          'string',
          'stringList',
          'numeric',
          'numericList',
          'boolean',
          'booleanList',
          'ip',
          'ipList',
          'binary',
          'binaryList',
          'date',
          'dateList',
        ),
      },
    ),
  ),
  // Without effect: all resources count as those of this account.
  ResourceOwner: string({ length: [1, 2048] }),
  ResourceHandlingOption: string({ length: [1, 64] }),
  ...paging,
};
const simulationRequest = structure({ ActionNames }, simulation);
/** The members that both simulations share. */
export type SimulationRequest = SchemaType<typeof simulationRequest>;

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
    ListRoles: structure({}, underPath),
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
    ListAttachedRolePolicies: structure({ RoleName }, underPath),

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
        PolicyUsageFilter,
        ...underPath,
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
        PolicyUsageFilter,
        ...underPath,
      },
    ),
    TagPolicy: structure({ PolicyArn, Tags }),
    UntagPolicy: structure({ PolicyArn, TagKeys }),
    ListPolicyTags: structure({ PolicyArn }, paging),

    CreateUser: structure({ UserName: newName(64) }, { Path, PermissionsBoundary, Tags }),
    GetUser: structure({}, { UserName }),
    ListUsers: structure({}, underPath),
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
    ListAttachedUserPolicies: structure({ UserName }, underPath),
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
    ListGroups: structure({}, underPath),
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
    ListAttachedGroupPolicies: structure({ GroupName }, underPath),

    CreateInstanceProfile: structure({ InstanceProfileName: newName(128) }, { Path, Tags }),
    GetInstanceProfile: structure({ InstanceProfileName }),
    ListInstanceProfiles: structure({}, underPath),
    AddRoleToInstanceProfile: structure({ InstanceProfileName, RoleName }),
    RemoveRoleFromInstanceProfile: structure({ InstanceProfileName, RoleName }),
    DeleteInstanceProfile: structure({ InstanceProfileName }),
    TagInstanceProfile: structure({ InstanceProfileName, Tags }),
    UntagInstanceProfile: structure({ InstanceProfileName, TagKeys }),
    ListInstanceProfileTags: structure({ InstanceProfileName }, paging),

    CreateOpenIDConnectProvider: structure(
      { Url: string({ length: [1, 255] }) },
      { ClientIDList: list(ClientID), ThumbprintList, Tags },
    ),
    GetOpenIDConnectProvider: oidcProvider,
    ListOpenIDConnectProviders: structure({}),
    DeleteOpenIDConnectProvider: oidcProvider,
    UpdateOpenIDConnectProviderThumbprint: structure({ OpenIDConnectProviderArn, ThumbprintList }),
    AddClientIDToOpenIDConnectProvider: structure({ OpenIDConnectProviderArn, ClientID }),
    RemoveClientIDFromOpenIDConnectProvider: structure({ OpenIDConnectProviderArn, ClientID }),
    TagOpenIDConnectProvider: structure({ OpenIDConnectProviderArn, Tags }),
    UntagOpenIDConnectProvider: structure({ OpenIDConnectProviderArn, TagKeys }),
    ListOpenIDConnectProviderTags: structure({ OpenIDConnectProviderArn }, paging),

    CreateServiceLinkedRole: structure(
      { AWSServiceName: string({ length: [1, 128], pattern: '[\\w+=,.@-]+' }) },
      { Description: string(), CustomSuffix: string({ length: [1, 64], pattern: '[\\w+=,.@-]+' }) },
    ),
    DeleteServiceLinkedRole: structure({ RoleName }),
    GetServiceLinkedRoleDeletionStatus: structure({ DeletionTaskId: string({ length: [1, 1000] }) }),

    CreateAccountAlias: structure({ AccountAlias }),
    DeleteAccountAlias: structure({ AccountAlias }),
    ListAccountAliases: structure({}, paging),

    SimulatePrincipalPolicy: structure(
      { PolicySourceArn: string({ length: [20, 2048] }), ActionNames },
      { PolicyInputList, ...simulation },
    ),
    SimulateCustomPolicy: structure({ PolicyInputList, ActionNames }, simulation),
    GetContextKeysForPrincipalPolicy: structure(
      { PolicySourceArn: string({ length: [20, 2048] }) },
      { PolicyInputList },
    ),
    GetContextKeysForCustomPolicy: structure({ PolicyInputList }),
  },
} satisfies Api;

export type IamRequest<O extends keyof typeof iamApi.requests> = RequestOf<typeof iamApi, O>;
