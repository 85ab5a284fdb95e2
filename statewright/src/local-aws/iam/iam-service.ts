import type { AccountContext, Authorize, Caller } from '../account-context';
import { operation } from '../api';
import { memoryTable } from '../memory-table';
import type { OpenTable } from '../table';
import * as accessKeys from './access-keys';
import * as aliases from './account-aliases';
import { type AssumeRequest, canAssume, mayAssume, trusts } from './assume-role';
import { type Access, allowsService, authorize, authorizeCaller } from './authorize';
import type { PolicyQuestion } from './decide';
import * as groups from './groups';
import {
  attachPolicy,
  detachPolicy,
  inlinePolicy,
  listAttached,
  listPolicyNames,
  putPolicy,
  removePolicy,
} from './holder-policies';
import * as profiles from './instance-profiles';
import * as policies from './managed-policies';
import * as oidc from './oidc-providers';
import { groupHolder, roleHolder, userHolder } from './policy-holder';
import type { ConditionValues } from './policy-variables';
import { type IamRequest, iamApi } from './requests';
import * as roles from './roles';
import * as serviceLinked from './service-linked-roles';
import { showPrincipal } from './show';
import * as simulation from './simulate';
import { IamStore } from './store';
import * as users from './users';

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
  readonly putRolePermissionsBoundary = this.#operation(
    'PutRolePermissionsBoundary',
    roles.putRolePermissionsBoundary,
  );
  readonly deleteRolePermissionsBoundary = this.#operation(
    'DeleteRolePermissionsBoundary',
    roles.deleteRolePermissionsBoundary,
  );
  readonly listInstanceProfilesForRole = this.#operation(
    'ListInstanceProfilesForRole',
    roles.listInstanceProfilesForRole,
  );
  readonly tagRole = this.#operation('TagRole', roles.tagRole);
  readonly untagRole = this.#operation('UntagRole', roles.untagRole);
  readonly listRoleTags = this.#operation('ListRoleTags', roles.listRoleTags);

  readonly putRolePolicy = this.#operation('PutRolePolicy', (iam, request) =>
    putPolicy(roleHolder(iam, request.RoleName), request),
  );
  readonly getRolePolicy = this.#operation('GetRolePolicy', (iam, request) => ({
    RoleName: request.RoleName,
    ...inlinePolicy(roleHolder(iam, request.RoleName), request),
  }));
  readonly listRolePolicies = this.#operation('ListRolePolicies', (iam, request) =>
    listPolicyNames(roleHolder(iam, request.RoleName), request),
  );
  readonly deleteRolePolicy = this.#operation('DeleteRolePolicy', (iam, request) =>
    removePolicy(roleHolder(iam, request.RoleName), request),
  );
  readonly attachRolePolicy = this.#operation('AttachRolePolicy', (iam, request) =>
    attachPolicy(iam, roleHolder(iam, request.RoleName), request),
  );
  readonly detachRolePolicy = this.#operation('DetachRolePolicy', (iam, request) =>
    detachPolicy(roleHolder(iam, request.RoleName), request),
  );
  readonly listAttachedRolePolicies = this.#operation('ListAttachedRolePolicies', (iam, request) =>
    listAttached(roleHolder(iam, request.RoleName), request),
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

  readonly createUser = this.#operation('CreateUser', users.createUser);
  readonly getUser = this.#operation('GetUser', users.getUser);
  readonly listUsers = this.#operation('ListUsers', users.listUsers);
  readonly updateUser = this.#operation('UpdateUser', users.updateUser);
  readonly deleteUser = this.#operation('DeleteUser', users.deleteUser);
  readonly putUserPermissionsBoundary = this.#operation(
    'PutUserPermissionsBoundary',
    users.putUserPermissionsBoundary,
  );
  readonly deleteUserPermissionsBoundary = this.#operation(
    'DeleteUserPermissionsBoundary',
    users.deleteUserPermissionsBoundary,
  );
  readonly tagUser = this.#operation('TagUser', users.tagUser);
  readonly untagUser = this.#operation('UntagUser', users.untagUser);
  readonly listUserTags = this.#operation('ListUserTags', users.listUserTags);
  readonly putUserPolicy = this.#operation('PutUserPolicy', (iam, request) =>
    putPolicy(userHolder(iam, request.UserName), request),
  );
  readonly getUserPolicy = this.#operation('GetUserPolicy', (iam, request) => ({
    UserName: request.UserName,
    ...inlinePolicy(userHolder(iam, request.UserName), request),
  }));
  readonly listUserPolicies = this.#operation('ListUserPolicies', (iam, request) =>
    listPolicyNames(userHolder(iam, request.UserName), request),
  );
  readonly deleteUserPolicy = this.#operation('DeleteUserPolicy', (iam, request) =>
    removePolicy(userHolder(iam, request.UserName), request),
  );
  readonly attachUserPolicy = this.#operation('AttachUserPolicy', (iam, request) =>
    attachPolicy(iam, userHolder(iam, request.UserName), request),
  );
  readonly detachUserPolicy = this.#operation('DetachUserPolicy', (iam, request) =>
    detachPolicy(userHolder(iam, request.UserName), request),
  );
  readonly listAttachedUserPolicies = this.#operation('ListAttachedUserPolicies', (iam, request) =>
    listAttached(userHolder(iam, request.UserName), request),
  );

  readonly createAccessKey = this.#operation('CreateAccessKey', accessKeys.createAccessKey);
  readonly listAccessKeys = this.#operation('ListAccessKeys', accessKeys.listAccessKeys);
  readonly updateAccessKey = this.#operation('UpdateAccessKey', accessKeys.updateAccessKey);
  readonly deleteAccessKey = this.#operation('DeleteAccessKey', accessKeys.deleteAccessKey);
  readonly deleteLoginProfile = this.#operation('DeleteLoginProfile', users.deleteLoginProfile);
  readonly listMFADevices = this.#operation('ListMFADevices', users.listNone('MFADevices'));
  readonly listServiceSpecificCredentials = this.#operation(
    'ListServiceSpecificCredentials',
    users.listNone('ServiceSpecificCredentials'),
  );
  readonly listSigningCertificates = this.#operation(
    'ListSigningCertificates',
    users.listNone('Certificates'),
  );
  readonly listSSHPublicKeys = this.#operation('ListSSHPublicKeys', users.listNone('SSHPublicKeys'));
  readonly listVirtualMFADevices = this.#operation('ListVirtualMFADevices', () => ({
    VirtualMFADevices: [],
    IsTruncated: false,
  }));

  readonly createGroup = this.#operation('CreateGroup', groups.createGroup);
  readonly getGroup = this.#operation('GetGroup', groups.getGroup);
  readonly listGroups = this.#operation('ListGroups', groups.listGroups);
  readonly listGroupsForUser = this.#operation('ListGroupsForUser', groups.listGroupsForUser);
  readonly updateGroup = this.#operation('UpdateGroup', groups.updateGroup);
  readonly deleteGroup = this.#operation('DeleteGroup', groups.deleteGroup);
  readonly addUserToGroup = this.#operation('AddUserToGroup', groups.addUserToGroup);
  readonly removeUserFromGroup = this.#operation('RemoveUserFromGroup', groups.removeUserFromGroup);
  readonly putGroupPolicy = this.#operation('PutGroupPolicy', (iam, request) =>
    putPolicy(groupHolder(iam, request.GroupName), request),
  );
  readonly getGroupPolicy = this.#operation('GetGroupPolicy', (iam, request) => ({
    GroupName: request.GroupName,
    ...inlinePolicy(groupHolder(iam, request.GroupName), request),
  }));
  readonly listGroupPolicies = this.#operation('ListGroupPolicies', (iam, request) =>
    listPolicyNames(groupHolder(iam, request.GroupName), request),
  );
  readonly deleteGroupPolicy = this.#operation('DeleteGroupPolicy', (iam, request) =>
    removePolicy(groupHolder(iam, request.GroupName), request),
  );
  readonly attachGroupPolicy = this.#operation('AttachGroupPolicy', (iam, request) =>
    attachPolicy(iam, groupHolder(iam, request.GroupName), request),
  );
  readonly detachGroupPolicy = this.#operation('DetachGroupPolicy', (iam, request) =>
    detachPolicy(groupHolder(iam, request.GroupName), request),
  );
  readonly listAttachedGroupPolicies = this.#operation('ListAttachedGroupPolicies', (iam, request) =>
    listAttached(groupHolder(iam, request.GroupName), request),
  );

  readonly createInstanceProfile = this.#operation('CreateInstanceProfile', profiles.createInstanceProfile);
  readonly getInstanceProfile = this.#operation('GetInstanceProfile', profiles.getInstanceProfile);
  readonly listInstanceProfiles = this.#operation('ListInstanceProfiles', profiles.listInstanceProfiles);
  readonly addRoleToInstanceProfile = this.#operation(
    'AddRoleToInstanceProfile',
    profiles.addRoleToInstanceProfile,
  );
  readonly removeRoleFromInstanceProfile = this.#operation(
    'RemoveRoleFromInstanceProfile',
    profiles.removeRoleFromInstanceProfile,
  );
  readonly deleteInstanceProfile = this.#operation('DeleteInstanceProfile', profiles.deleteInstanceProfile);
  readonly tagInstanceProfile = this.#operation('TagInstanceProfile', profiles.tagInstanceProfile);
  readonly untagInstanceProfile = this.#operation('UntagInstanceProfile', profiles.untagInstanceProfile);
  readonly listInstanceProfileTags = this.#operation(
    'ListInstanceProfileTags',
    profiles.listInstanceProfileTags,
  );

  readonly createOpenIDConnectProvider = this.#operation(
    'CreateOpenIDConnectProvider',
    oidc.createOpenIDConnectProvider,
  );
  readonly getOpenIDConnectProvider = this.#operation(
    'GetOpenIDConnectProvider',
    oidc.getOpenIDConnectProvider,
  );
  readonly listOpenIDConnectProviders = this.#operation(
    'ListOpenIDConnectProviders',
    oidc.listOpenIDConnectProviders,
  );
  readonly deleteOpenIDConnectProvider = this.#operation(
    'DeleteOpenIDConnectProvider',
    oidc.deleteOpenIDConnectProvider,
  );
  readonly updateOpenIDConnectProviderThumbprint = this.#operation(
    'UpdateOpenIDConnectProviderThumbprint',
    oidc.updateOpenIDConnectProviderThumbprint,
  );
  readonly addClientIDToOpenIDConnectProvider = this.#operation(
    'AddClientIDToOpenIDConnectProvider',
    oidc.addClientIDToOpenIDConnectProvider,
  );
  readonly removeClientIDFromOpenIDConnectProvider = this.#operation(
    'RemoveClientIDFromOpenIDConnectProvider',
    oidc.removeClientIDFromOpenIDConnectProvider,
  );
  readonly tagOpenIDConnectProvider = this.#operation(
    'TagOpenIDConnectProvider',
    oidc.tagOpenIDConnectProvider,
  );
  readonly untagOpenIDConnectProvider = this.#operation(
    'UntagOpenIDConnectProvider',
    oidc.untagOpenIDConnectProvider,
  );
  readonly listOpenIDConnectProviderTags = this.#operation(
    'ListOpenIDConnectProviderTags',
    oidc.listOpenIDConnectProviderTags,
  );

  readonly createServiceLinkedRole = this.#operation(
    'CreateServiceLinkedRole',
    serviceLinked.createServiceLinkedRole,
  );
  readonly deleteServiceLinkedRole = this.#operation(
    'DeleteServiceLinkedRole',
    serviceLinked.deleteServiceLinkedRole,
  );
  readonly getServiceLinkedRoleDeletionStatus = this.#operation(
    'GetServiceLinkedRoleDeletionStatus',
    serviceLinked.getServiceLinkedRoleDeletionStatus,
  );

  readonly createAccountAlias = this.#operation('CreateAccountAlias', aliases.createAccountAlias);
  readonly deleteAccountAlias = this.#operation('DeleteAccountAlias', aliases.deleteAccountAlias);
  readonly listAccountAliases = this.#operation('ListAccountAliases', aliases.listAccountAliases);

  readonly simulatePrincipalPolicy = this.#operation(
    'SimulatePrincipalPolicy',
    simulation.simulatePrincipalPolicy,
  );
  readonly simulateCustomPolicy = this.#operation('SimulateCustomPolicy', simulation.simulateCustomPolicy);
  readonly getContextKeysForPrincipalPolicy = this.#operation(
    'GetContextKeysForPrincipalPolicy',
    simulation.getContextKeysForPrincipalPolicy,
  );
  readonly getContextKeysForCustomPolicy = this.#operation(
    'GetContextKeysForCustomPolicy',
    simulation.getContextKeysForCustomPolicy,
  );

  /** Whether a role's policies allow an action. The other services ask before they act with a role. */
  readonly authorize: Authorize = (request) => authorize(this.#store, request);
  /** The same for the caller of an API. */
  readonly authorizeCaller = (caller: Caller, access: Access) => authorizeCaller(this.#store, caller, access);
  /** Whether a resource's own policy lets a service perform an action. */
  readonly allowsService = allowsService;
  /** Whether a role's trust policy lets a service assume it. */
  readonly canAssume = (request: AssumeRequest) => canAssume(this.#store, request);
  /** Whether a caller may assume a role, by its own policies and the role's trust policy. */
  readonly mayAssume = (roleArn: string, caller: Caller, conditions: ConditionValues) =>
    mayAssume(this.#store, roleArn, caller, conditions);
  /** Whether a role's trust policy allows an action. */
  readonly trusts = (roleArn: string, question: PolicyQuestion) => trusts(this.#store, roleArn, question);
  /** The user with an active access key of this id. */
  readonly userOfKey = (accessKeyId: string) => {
    const key = this.#store.accessKeys.get(accessKeyId);
    return key?.Status === 'Active' ? key.UserName : undefined;
  };
  /** The secret key of a user's access key; undefined when it does not exist. */
  readonly secretOfKey = (accessKeyId: string) => this.#store.accessKeys.get(accessKeyId)?.SecretAccessKey;
  /** The user of a name; undefined when it does not exist. */
  readonly findUser = (name: string) => this.#store.users.get(name);
  /** The client ids of an OpenID Connect provider; undefined when it does not exist. */
  readonly clientIdsOf = (providerArn: string) => this.#store.oidcProviders.get(providerArn)?.ClientIDList;
  /** The ARN of a role or a user; undefined when it does not exist. */
  readonly arnOf = (kind: 'roles' | 'users', name: string) => this.#store[kind].get(name)?.Arn;
  /** The role with an ARN, as GetRole returns it; undefined when it does not exist. */
  readonly findRole = (roleArn: string) => {
    const role = this.#store.findRole(roleArn);
    return role && showPrincipal(role);
  };
}
