import type { AccountContext, Authorize } from '../account-context';
import { operation } from '../api';
import { memoryTable, type OpenTable } from '../table';
import * as access from './authorize';
import * as policies from './managed-policies';
import { type IamRequest, iamApi } from './requests';
import * as rolePolicies from './role-policies';
import * as roles from './roles';
import { IamStore } from './store';

/**
 * AWS Identity and Access Management: roles, policies and the decisions that follow from them. Operations, members and
 * errors are those of the IAM API Reference; policy documents are plain JSON text.
 */
export class IamService {
  readonly #store: IamStore;

  constructor(context: AccountContext, openTable: OpenTable = memoryTable) {
    this.#store = new IamStore(context, openTable);
  }

  #operation<O extends keyof typeof iamApi.requests, R>(
    name: O,
    run: (store: IamStore, request: IamRequest<O>) => R,
  ) {
    return operation(iamApi, name, (request) => run(this.#store, request));
  }

  readonly createRole = this.#operation('CreateRole', roles.createRole);
  readonly getRole = this.#operation('GetRole', roles.getRole);
  readonly listRoles = this.#operation('ListRoles', roles.listRoles);
  readonly updateRole = this.#operation('UpdateRole', roles.updateRole);
  readonly updateRoleDescription = this.#operation('UpdateRoleDescription', roles.updateRoleDescription);
  readonly updateAssumeRolePolicy = this.#operation('UpdateAssumeRolePolicy', roles.updateAssumeRolePolicy);
  readonly deleteRole = this.#operation('DeleteRole', roles.deleteRole);
  readonly listInstanceProfilesForRole = this.#operation(
    'ListInstanceProfilesForRole',
    roles.listInstanceProfilesForRole,
  );
  readonly tagRole = this.#operation('TagRole', roles.tagRole);
  readonly untagRole = this.#operation('UntagRole', roles.untagRole);
  readonly listRoleTags = this.#operation('ListRoleTags', roles.listRoleTags);

  readonly putRolePolicy = this.#operation('PutRolePolicy', rolePolicies.putRolePolicy);
  readonly getRolePolicy = this.#operation('GetRolePolicy', rolePolicies.getRolePolicy);
  readonly listRolePolicies = this.#operation('ListRolePolicies', rolePolicies.listRolePolicies);
  readonly deleteRolePolicy = this.#operation('DeleteRolePolicy', rolePolicies.deleteRolePolicy);
  readonly attachRolePolicy = this.#operation('AttachRolePolicy', rolePolicies.attachRolePolicy);
  readonly detachRolePolicy = this.#operation('DetachRolePolicy', rolePolicies.detachRolePolicy);
  readonly listAttachedRolePolicies = this.#operation(
    'ListAttachedRolePolicies',
    rolePolicies.listAttachedRolePolicies,
  );

  readonly createPolicy = this.#operation('CreatePolicy', policies.createPolicy);
  readonly getPolicy = this.#operation('GetPolicy', policies.getPolicy);
  readonly listPolicies = this.#operation('ListPolicies', policies.listPolicies);
  readonly deletePolicy = this.#operation('DeletePolicy', policies.deletePolicy);
  readonly createPolicyVersion = this.#operation('CreatePolicyVersion', policies.createPolicyVersion);
  readonly getPolicyVersion = this.#operation('GetPolicyVersion', policies.getPolicyVersion);
  readonly listPolicyVersions = this.#operation('ListPolicyVersions', policies.listPolicyVersions);
  readonly setDefaultPolicyVersion = this.#operation(
    'SetDefaultPolicyVersion',
    policies.setDefaultPolicyVersion,
  );
  readonly deletePolicyVersion = this.#operation('DeletePolicyVersion', policies.deletePolicyVersion);
  readonly listEntitiesForPolicy = this.#operation('ListEntitiesForPolicy', policies.listEntitiesForPolicy);
  readonly tagPolicy = this.#operation('TagPolicy', policies.tagPolicy);
  readonly untagPolicy = this.#operation('UntagPolicy', policies.untagPolicy);
  readonly listPolicyTags = this.#operation('ListPolicyTags', policies.listPolicyTags);

  /** Whether a role's policies allow an action. The other services ask before they act with a role. */
  readonly authorize: Authorize = (request) => access.authorize(this.#store, request);
  /** Whether a role's trust policy lets a service assume it. */
  readonly canAssume = (request: access.AssumeRequest) => access.canAssume(this.#store, request);
}
