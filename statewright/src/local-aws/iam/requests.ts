import type { Api, RequestOf } from '../api';
import { boolean, integer, list, type SchemaType, string, structure } from '../schema';

/** The name of an existing role: its form is checked when a role is created. */
const RoleName = string();
const PolicyName = string();
const newName = (length: number) => string({ length: [0, length], pattern: '[\\w+=,.@-]+' });

const Path = string({ pattern: '(/)|(/[!-~]+/)' });
/** JSON text. */
const PolicyDocument = string();
const PolicyArn = string();
const VersionId = string();
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
      { Path, Description: string(), MaxSessionDuration, Tags },
    ),
    GetRole: structure({ RoleName }),
    ListRoles: structure({}, { PathPrefix: string(), ...paging }),
    UpdateRole: structure({ RoleName }, { Description: string(), MaxSessionDuration }),
    UpdateRoleDescription: structure({ RoleName, Description: string() }),
    UpdateAssumeRolePolicy: structure({ RoleName, PolicyDocument }),
    DeleteRole: structure({ RoleName }),
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
    ListPolicies: structure({}, { PathPrefix: string(), ...paging }),
    DeletePolicy: structure({ PolicyArn }),
    CreatePolicyVersion: structure({ PolicyArn, PolicyDocument }, { SetAsDefault: boolean() }),
    GetPolicyVersion: structure({ PolicyArn, VersionId }),
    ListPolicyVersions: structure({ PolicyArn }, paging),
    SetDefaultPolicyVersion: structure({ PolicyArn, VersionId }),
    DeletePolicyVersion: structure({ PolicyArn, VersionId }),
    ListEntitiesForPolicy: structure({ PolicyArn }),
    TagPolicy: structure({ PolicyArn, Tags }),
    UntagPolicy: structure({ PolicyArn, TagKeys }),
    ListPolicyTags: structure({ PolicyArn }, paging),
  },
} satisfies Api;

export type IamRequest<O extends keyof typeof iamApi.requests> = RequestOf<typeof iamApi, O>;
