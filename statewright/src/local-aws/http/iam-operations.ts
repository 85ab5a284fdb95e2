import type { IamService } from '../iam/iam-service';
import { type Operations, operation } from './operation';
import { booleanText, integerText, list, string, structure } from './shape';

const tag = structure({ Key: string, Value: string }, {});
const paging = { Marker: string, MaxItems: integerText };
const role = structure({ RoleName: string }, {});
const rolePage = structure({ RoleName: string }, paging);
const rolePolicy = structure({ RoleName: string, PolicyName: string }, {});
const attachment = structure({ RoleName: string, PolicyArn: string }, {});
const policy = structure({ PolicyArn: string }, {});
const policyPage = structure({ PolicyArn: string }, paging);
const policyVersion = structure({ PolicyArn: string, VersionId: string }, {});
const listing = structure({}, { PathPrefix: string, ...paging });

/** IAM (AWS Query, version 2010-05-08). Policy documents go out percent-encoded, as the API Reference says. */
export function iamOperations(iam: IamService): Operations {
  return new Map([
    [
      'CreateRole',
      operation(
        structure(
          { RoleName: string, AssumeRolePolicyDocument: string },
          { Path: string, Description: string, MaxSessionDuration: integerText, Tags: list(tag) },
        ),
        (request) => encodeRole(iam.createRole(request)),
      ),
    ],
    ['GetRole', operation(role, (request) => encodeRole(iam.getRole(request)))],
    [
      'ListRoles',
      operation(listing, (request) => {
        const { Roles, ...rest } = iam.listRoles(request);
        return { Roles: Roles.map((Role) => encodeRole({ Role }).Role), ...rest };
      }),
    ],
    [
      'UpdateRole',
      operation(
        structure({ RoleName: string }, { Description: string, MaxSessionDuration: integerText }),
        iam.updateRole,
      ),
    ],
    [
      'UpdateRoleDescription',
      operation(structure({ RoleName: string, Description: string }, {}), (request) =>
        encodeRole(iam.updateRoleDescription(request)),
      ),
    ],
    [
      'UpdateAssumeRolePolicy',
      operation(structure({ RoleName: string, PolicyDocument: string }, {}), iam.updateAssumeRolePolicy),
    ],
    ['DeleteRole', operation(role, iam.deleteRole)],
    ['ListInstanceProfilesForRole', operation(rolePage, iam.listInstanceProfilesForRole)],
    ['TagRole', operation(structure({ RoleName: string, Tags: list(tag) }, {}), iam.tagRole)],
    ['UntagRole', operation(structure({ RoleName: string, TagKeys: list(string) }, {}), iam.untagRole)],
    ['ListRoleTags', operation(rolePage, iam.listRoleTags)],

    [
      'PutRolePolicy',
      operation(
        structure({ RoleName: string, PolicyName: string, PolicyDocument: string }, {}),
        iam.putRolePolicy,
      ),
    ],
    [
      'GetRolePolicy',
      operation(rolePolicy, (request) => {
        const found = iam.getRolePolicy(request);
        return { ...found, PolicyDocument: encodeURIComponent(found.PolicyDocument) };
      }),
    ],
    ['ListRolePolicies', operation(rolePage, iam.listRolePolicies)],
    ['DeleteRolePolicy', operation(rolePolicy, iam.deleteRolePolicy)],
    ['AttachRolePolicy', operation(attachment, iam.attachRolePolicy)],
    ['DetachRolePolicy', operation(attachment, iam.detachRolePolicy)],
    ['ListAttachedRolePolicies', operation(rolePage, iam.listAttachedRolePolicies)],

    [
      'CreatePolicy',
      operation(
        structure(
          { PolicyName: string, PolicyDocument: string },
          { Path: string, Description: string, Tags: list(tag) },
        ),
        iam.createPolicy,
      ),
    ],
    ['GetPolicy', operation(policy, iam.getPolicy)],
    ['ListPolicies', operation(listing, iam.listPolicies)],
    ['DeletePolicy', operation(policy, iam.deletePolicy)],
    [
      'CreatePolicyVersion',
      operation(
        structure({ PolicyArn: string, PolicyDocument: string }, { SetAsDefault: booleanText }),
        iam.createPolicyVersion,
      ),
    ],
    [
      'GetPolicyVersion',
      operation(policyVersion, (request) => {
        const { PolicyVersion } = iam.getPolicyVersion(request);
        return { PolicyVersion: { ...PolicyVersion, Document: encodeURIComponent(PolicyVersion.Document) } };
      }),
    ],
    ['ListPolicyVersions', operation(policyPage, iam.listPolicyVersions)],
    ['SetDefaultPolicyVersion', operation(policyVersion, iam.setDefaultPolicyVersion)],
    ['DeletePolicyVersion', operation(policyVersion, iam.deletePolicyVersion)],
    ['ListEntitiesForPolicy', operation(policy, iam.listEntitiesForPolicy)],
    ['TagPolicy', operation(structure({ PolicyArn: string, Tags: list(tag) }, {}), iam.tagPolicy)],
    ['UntagPolicy', operation(structure({ PolicyArn: string, TagKeys: list(string) }, {}), iam.untagPolicy)],
    ['ListPolicyTags', operation(policyPage, iam.listPolicyTags)],
  ]);
}

function encodeRole<T extends { AssumeRolePolicyDocument: string }>({
  Role,
}: {
  readonly Role: T;
}): { Role: T } {
  return { Role: { ...Role, AssumeRolePolicyDocument: encodeURIComponent(Role.AssumeRolePolicyDocument) } };
}
