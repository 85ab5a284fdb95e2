import type { Tag } from './requests';

/** What policies are attached to: a role, a user or a group. */
export interface PolicyHolder {
  /** Documents (JSON text as given) by name. */
  readonly inlinePolicies: Readonly<Record<string, string>>;
  readonly attachedPolicyArns: readonly string[];
}

/** A role with everything that hangs on it. Times are epoch milliseconds, documents JSON text as given. */
export interface RoleRecord extends PolicyHolder {
  readonly RoleName: string;
  readonly RoleId: string;
  readonly Arn: string;
  readonly Path: string;
  readonly CreateDate: number;
  readonly AssumeRolePolicyDocument: string;
  readonly Description?: string;
  /** Seconds. */
  readonly MaxSessionDuration: number;
  /** The ARN of a managed policy. */
  readonly PermissionsBoundary?: string | undefined;
  readonly Tags: readonly Tag[];
}

export interface UserRecord extends PolicyHolder {
  readonly UserName: string;
  readonly UserId: string;
  readonly Arn: string;
  readonly Path: string;
  readonly CreateDate: number;
  readonly PermissionsBoundary?: string | undefined;
  readonly Tags: readonly Tag[];
}

export interface GroupRecord extends PolicyHolder {
  readonly GroupName: string;
  readonly GroupId: string;
  readonly Arn: string;
  readonly Path: string;
  readonly CreateDate: number;
  readonly userNames: readonly string[];
}

export interface InstanceProfileRecord {
  readonly InstanceProfileName: string;
  readonly InstanceProfileId: string;
  readonly Arn: string;
  readonly Path: string;
  readonly CreateDate: number;
  readonly Tags: readonly Tag[];
  readonly roleName?: string | undefined;
}

/** An OpenID Connect provider. */
export interface OidcProviderRecord {
  readonly Arn: string;
  /** Without `https://`. */
  readonly Url: string;
  readonly ClientIDList: readonly string[];
  readonly ThumbprintList: readonly string[];
  readonly CreateDate: number;
  readonly Tags: readonly Tag[];
}

export interface AccountAliasRecord {
  readonly AccountAlias: string;
}

export interface AccessKeyRecord {
  readonly UserName: string;
  readonly AccessKeyId: string;
  readonly SecretAccessKey: string;
  readonly Status: 'Active' | 'Inactive';
  readonly CreateDate: number;
}

export interface PolicyVersionRecord {
  /** `v1`, `v2` and so on. */
  readonly VersionId: string;
  readonly Document: string;
  readonly CreateDate: number;
}

/** A customer-managed policy. */
export interface PolicyRecord {
  readonly PolicyName: string;
  readonly PolicyId: string;
  readonly Arn: string;
  readonly Path: string;
  readonly CreateDate: number;
  readonly UpdateDate: number;
  readonly Description?: string;
  readonly DefaultVersionId: string;
  /** Newest first. */
  readonly versions: readonly PolicyVersionRecord[];
  /** How many versions there ever were: their numbers are not used twice. */
  readonly versionCount: number;
  readonly Tags: readonly Tag[];
}

/** When a role's permissions were used last. */
export interface RoleUse {
  readonly LastUsedDate: Date;
  readonly Region: string;
}
