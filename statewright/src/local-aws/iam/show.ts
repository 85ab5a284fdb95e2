import type { RoleRecord, RoleUse, UserRecord } from './records';
import type { Tag } from './requests';

/** A permissions boundary as the API returns it. */
export interface AttachedBoundary {
  readonly PermissionsBoundaryType: 'Policy';
  readonly PermissionsBoundaryArn: string;
}

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
  /** Seconds; left out of the answer to a CreateRole that did not name it. */
  readonly MaxSessionDuration?: number;
  readonly PermissionsBoundary?: AttachedBoundary;
  /** Empty for a role that nobody has assumed since the start; only GetRole shows it. */
  readonly RoleLastUsed?: Partial<RoleUse>;
  readonly Tags?: readonly Tag[];
}

/** A role or a user as the API returns it: its policies have operations of their own. */
export function showPrincipal<Kind extends RoleRecord | UserRecord>(record: Kind) {
  const {
    inlinePolicies: _,
    attachedPolicyArns: __,
    PermissionsBoundary,
    Tags,
    CreateDate,
    ...members
  } = record;
  return {
    ...members,
    CreateDate: new Date(CreateDate),
    ...showBoundary(PermissionsBoundary),
    ...(Tags.length > 0 && { Tags }),
  };
}

const showBoundary = (arn: string | undefined): { PermissionsBoundary?: AttachedBoundary } =>
  arn === undefined
    ? {}
    : { PermissionsBoundary: { PermissionsBoundaryType: 'Policy', PermissionsBoundaryArn: arn } };
