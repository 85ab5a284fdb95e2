import type { AccountContext } from '../account-context';
import { AwsError } from '../aws-error';
import type { OpenTable, Table } from '../table';
import { awsManagedPolicy, isAwsManagedPolicy } from './aws-managed-policies';
import { noSuchEntity, unknownContent } from './errors';
import type {
  AccessKeyRecord,
  AccountAliasRecord,
  GroupRecord,
  InstanceProfileRecord,
  OidcProviderRecord,
  PolicyRecord,
  RoleRecord,
  RoleUse,
  UserRecord,
} from './records';

/** The path of the roles that belong to AWS services (IAM User Guide, "Service-linked roles"). */
export const SERVICE_LINKED_PATH = '/aws-service-role/';

/** What IAM knows, and the few questions that every operation asks of it. */
export class IamStore {
  /** By role name. */
  readonly roles: Table<RoleRecord>;
  /** By user name. */
  readonly users: Table<UserRecord>;
  /** By the key's id. */
  readonly accessKeys: Table<AccessKeyRecord>;
  /** By group name. */
  readonly groups: Table<GroupRecord>;
  /** By the profile's name. */
  readonly instanceProfiles: Table<InstanceProfileRecord>;
  /** By ARN. */
  readonly policies: Table<PolicyRecord>;
  /** By ARN. */
  readonly oidcProviders: Table<OidcProviderRecord>;
  /** By alias; an account has one at most. */
  readonly accountAliases: Table<AccountAliasRecord>;
  /** The ids of the deletions of service-linked roles. Not kept on disk: a deletion ends at once. */
  readonly roleDeletions = new Set<string>();
  /** By the role's ARN. Not kept on disk: it changes with every call. */
  readonly #lastUses = new Map<string, RoleUse>();

  constructor(
    readonly context: AccountContext,
    openTable: OpenTable,
  ) {
    this.roles = openTable('iam.roles');
    this.users = openTable('iam.users');
    this.accessKeys = openTable('iam.access-keys');
    this.groups = openTable('iam.groups');
    this.instanceProfiles = openTable('iam.instance-profiles');
    this.policies = openTable('iam.policies');
    this.oidcProviders = openTable('iam.oidc-providers');
    this.accountAliases = openTable('iam.account-aliases');
  }

  role(name: string): RoleRecord {
    return found(this.roles.get(name), `The role with name ${name} cannot be found.`);
  }

  /** A role that the account may change: one that is linked to a service is changed by that service. */
  ownRole(name: string): RoleRecord {
    const role = this.role(name);
    if (!role.Path.startsWith(SERVICE_LINKED_PATH)) return role;
    throw new AwsError(
      'UnmodifiableEntity',
      `Cannot perform the operation on the protected role '${name}' - this role is only modifiable by AWS`,
    );
  }

  user(name: string): UserRecord {
    return found(this.users.get(name), `The user with name ${name} cannot be found.`);
  }

  group(name: string): GroupRecord {
    return found(this.groups.get(name), `The group with name ${name} cannot be found.`);
  }

  instanceProfile(name: string): InstanceProfileRecord {
    return found(this.instanceProfiles.get(name), `Instance Profile ${name} cannot be found.`);
  }

  /** A policy of the account or of AWS. */
  policy(arn: string): PolicyRecord {
    if (!isAwsManagedPolicy(arn)) return found(this.policies.get(arn), `Policy ${arn} was not found.`);
    const policy = awsManagedPolicy(arn);
    // Not NoSuchEntity, which Terraform tries again for minutes: the policy may well exist on AWS.
    if (policy === undefined) throw unknownContent(arn);
    return policy;
  }

  /** A policy of the account, which can be changed. */
  ownPolicy(arn: string): PolicyRecord {
    if (isAwsManagedPolicy(arn)) {
      throw new AwsError('AccessDenied', `Policy ${arn} is outside your own account.`, 403);
    }
    return this.policy(arn);
  }

  /** The role with exactly this ARN. */
  findRole(arn: string): RoleRecord | undefined {
    const role = this.roles.get(arn.slice(arn.lastIndexOf('/') + 1));
    return role?.Arn === arn ? role : undefined;
  }

  accessKeysOf(userName: string): AccessKeyRecord[] {
    return [...this.accessKeys.values()].filter(({ UserName }) => UserName === userName);
  }

  groupsOf(userName: string): GroupRecord[] {
    return [...this.groups.values()].filter(({ userNames }) => userNames.includes(userName));
  }

  updateRole(name: string, change: Partial<RoleRecord>): void {
    this.roles.set(name, { ...this.role(name), ...change });
  }

  updateUser(name: string, change: Partial<UserRecord>): void {
    this.users.set(name, { ...this.user(name), ...change });
  }

  updateGroup(name: string, change: Partial<GroupRecord>): void {
    this.groups.set(name, { ...this.group(name), ...change });
  }

  updateInstanceProfile(name: string, change: Partial<InstanceProfileRecord>): void {
    this.instanceProfiles.set(name, { ...this.instanceProfile(name), ...change });
  }

  updatePolicy(arn: string, change: Partial<PolicyRecord>): void {
    this.policies.set(arn, { ...this.ownPolicy(arn), ...change });
  }

  /** An id such as AWS makes: four letters for the kind, then 17 capitals and digits. */
  newId(kind: 'AROA' | 'ANPA' | 'AIDA' | 'AGPA' | 'AIPA'): string {
    return kind + this.context.uuid().replaceAll('-', '').slice(0, 17).toUpperCase();
  }

  markUsed(roleArn: string, region: string | readonly string[] = this.context.region): void {
    const LastUsedDate = new Date(this.context.clock.now());
    this.#lastUses.set(roleArn, { LastUsedDate, Region: String(region) });
  }

  lastUse({ Arn }: RoleRecord): RoleUse | undefined {
    return this.#lastUses.get(Arn);
  }
}

function found<T>(record: T | undefined, message: string): T {
  if (record === undefined) throw noSuchEntity(message);
  return record;
}
