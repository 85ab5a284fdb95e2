import type { AccountContext, Authorize } from '../account-context';
import { memoryTable, type OpenTable } from '../table';
import * as access from './authorize';
import * as policies from './managed-policies';
import * as rolePolicies from './role-policies';
import * as roles from './roles';
import { IamStore } from './store';

/**
 * AWS Identity and Access Management: roles and policies, and the decisions made from them. Operations, members and
 * errors are those of the IAM API Reference; policy documents go in and out as plain JSON text.
 */
export class IamService {
  readonly #store: IamStore;

  constructor(context: AccountContext, openTable: OpenTable = memoryTable) {
    this.#store = new IamStore(context, openTable);
  }

  /** Makes a method of an operation that is written as a function over the store. */
  #method<A extends unknown[], R>(operation: (store: IamStore, ...request: A) => R): (...request: A) => R {
    return (...request) => operation(this.#store, ...request);
  }

  readonly createRole = this.#method(roles.createRole);
  readonly getRole = this.#method(roles.getRole);
  readonly listRoles = this.#method(roles.listRoles);
  readonly updateRole = this.#method(roles.updateRole);
  readonly updateRoleDescription = this.#method(roles.updateRoleDescription);
  readonly updateAssumeRolePolicy = this.#method(roles.updateAssumeRolePolicy);
  readonly deleteRole = this.#method(roles.deleteRole);
  readonly listInstanceProfilesForRole = this.#method(roles.listInstanceProfilesForRole);
  readonly tagRole = this.#method(roles.tagRole);
  readonly untagRole = this.#method(roles.untagRole);
  readonly listRoleTags = this.#method(roles.listRoleTags);

  readonly putRolePolicy = this.#method(rolePolicies.putRolePolicy);
  readonly getRolePolicy = this.#method(rolePolicies.getRolePolicy);
  readonly listRolePolicies = this.#method(rolePolicies.listRolePolicies);
  readonly deleteRolePolicy = this.#method(rolePolicies.deleteRolePolicy);
  readonly attachRolePolicy = this.#method(rolePolicies.attachRolePolicy);
  readonly detachRolePolicy = this.#method(rolePolicies.detachRolePolicy);
  readonly listAttachedRolePolicies = this.#method(rolePolicies.listAttachedRolePolicies);

  readonly createPolicy = this.#method(policies.createPolicy);
  readonly getPolicy = this.#method(policies.getPolicy);
  readonly listPolicies = this.#method(policies.listPolicies);
  readonly deletePolicy = this.#method(policies.deletePolicy);
  readonly createPolicyVersion = this.#method(policies.createPolicyVersion);
  readonly getPolicyVersion = this.#method(policies.getPolicyVersion);
  readonly listPolicyVersions = this.#method(policies.listPolicyVersions);
  readonly setDefaultPolicyVersion = this.#method(policies.setDefaultPolicyVersion);
  readonly deletePolicyVersion = this.#method(policies.deletePolicyVersion);
  readonly listEntitiesForPolicy = this.#method(policies.listEntitiesForPolicy);
  readonly tagPolicy = this.#method(policies.tagPolicy);
  readonly untagPolicy = this.#method(policies.untagPolicy);
  readonly listPolicyTags = this.#method(policies.listPolicyTags);

  /** Whether a role's policies let it do something: what the other services ask before they act with a role. */
  readonly authorize: Authorize = this.#method(access.authorize);
  /** Whether a role's trust policy lets a service act with it. */
  readonly canAssume = this.#method(access.canAssume);
}
