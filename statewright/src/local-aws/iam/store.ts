import type { AccountContext } from '../account-context';
import type { OpenTable, Table } from '../table';
import { noSuchEntity } from './errors';
import type { Tag } from './requests';

/** A role with everything that hangs on it. Times are epoch milliseconds, documents JSON text as given. */
export interface RoleRecord {
  readonly RoleName: string;
  readonly RoleId: string;
  readonly Arn: string;
  readonly Path: string;
  readonly CreateDate: number;
  readonly AssumeRolePolicyDocument: string;
  readonly Description?: string;
  /** Seconds. */
  readonly MaxSessionDuration: number;
  readonly Tags: readonly Tag[];
  readonly inlinePolicies: Readonly<Record<string, string>>;
  readonly attachedPolicyArns: readonly string[];
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

/** What IAM knows, and the few questions that every operation asks of it. */
export class IamStore {
  /** By role name. */
  readonly roles: Table<RoleRecord>;
  /** By ARN. */
  readonly policies: Table<PolicyRecord>;

  constructor(
    readonly context: AccountContext,
    openTable: OpenTable,
  ) {
    this.roles = openTable('iam.roles');
    this.policies = openTable('iam.policies');
  }

  role(name: string): RoleRecord {
    const role = this.roles.get(name);
    if (role === undefined) throw noSuchEntity(`The role with name ${name} cannot be found.`);
    return role;
  }

  policy(arn: string): PolicyRecord {
    const policy = this.policies.get(arn);
    if (policy === undefined) throw noSuchEntity(`Policy ${arn} was not found.`);
    return policy;
  }

  updateRole(name: string, change: Partial<RoleRecord>): void {
    this.roles.set(name, { ...this.role(name), ...change });
  }

  updatePolicy(arn: string, change: Partial<PolicyRecord>): void {
    this.policies.set(arn, { ...this.policy(arn), ...change });
  }

  /** An id such as AWS makes: four letters for the kind, then 17 capitals and digits. */
  newId(kind: 'AROA' | 'ANPA'): string {
    return kind + this.context.uuid().replaceAll('-', '').slice(0, 17).toUpperCase();
  }

  rolesWithPolicy(policyArn: string): RoleRecord[] {
    return [...this.roles.values()].filter((role) => role.attachedPolicyArns.includes(policyArn));
  }
}
