import type { IamService } from '../../iam/iam-service';
import type { TargetRegion } from '../target-account';
import type { Updates } from './updates';

/** IAM, where creating what exists changes it. */
export function updatingIam(iam: IamService, accountId: string, updates: Updates): TargetRegion['iam'] {
  const role = (name: string) => `role/${name}`;
  return {
    getRole: (request) => iam.getRole(request),
    createRole(request) {
      const { RoleName, Description, MaxSessionDuration, PermissionsBoundary, Tags = [] } = request;
      return updates.put(role(RoleName), `role ${RoleName}`, request, {
        create: () => iam.createRole(request),
        update() {
          if ((request.Path ?? '/') !== iam.getRole({ RoleName }).Role.Path) {
            deleteRole(iam, RoleName);
            updates.forget(`${role(RoleName)}/`);
            return iam.createRole(request);
          }
          iam.updateAssumeRolePolicy({ RoleName, PolicyDocument: request.AssumeRolePolicyDocument });
          iam.updateRole({
            RoleName,
            Description: Description ?? '',
            MaxSessionDuration: MaxSessionDuration ?? 3600,
          });
          if (PermissionsBoundary !== undefined)
            iam.putRolePermissionsBoundary({ RoleName, PermissionsBoundary });
          else if (iam.getRole({ RoleName }).Role.PermissionsBoundary)
            iam.deleteRolePermissionsBoundary({ RoleName });
          const { Tags: former } = iam.listRoleTags({ RoleName });
          iam.untagRole({ RoleName, TagKeys: former.map(({ Key }) => Key) });
          iam.tagRole({ RoleName, Tags });
          return iam.getRole({ RoleName });
        },
        remove: () => deleteRole(iam, RoleName),
      });
    },
    putRolePolicy(request) {
      const { RoleName, PolicyName } = request;
      const put = () => iam.putRolePolicy(request);
      return updates.put(
        `${role(RoleName)}/inline/${PolicyName}`,
        `policy ${PolicyName} of role ${RoleName}`,
        request,
        {
          create: put,
          update: put,
          remove: () => iam.deleteRolePolicy({ RoleName, PolicyName }),
        },
      );
    },
    attachRolePolicy(request) {
      const { RoleName, PolicyArn } = request;
      const attach = () => iam.attachRolePolicy(request);
      const name = PolicyArn.replace(/^.*\//, '');
      return updates.put(
        `${role(RoleName)}/attached/${PolicyArn}`,
        `policy ${name} of role ${RoleName}`,
        request,
        {
          create: attach,
          update: attach,
          remove: () => iam.detachRolePolicy(request),
        },
      );
    },
    createPolicy(request) {
      const { PolicyName, Path = '/', PolicyDocument, Tags = [] } = request;
      const PolicyArn = `arn:aws:iam::${accountId}:policy${Path}${PolicyName}`;
      const deleteOtherVersions = () => {
        for (const { VersionId, IsDefaultVersion } of iam.listPolicyVersions({ PolicyArn }).Versions) {
          if (!IsDefaultVersion) iam.deletePolicyVersion({ PolicyArn, VersionId });
        }
      };
      return updates.put(`policy/${Path}${PolicyName}`, `policy ${PolicyName}`, request, {
        create: () => iam.createPolicy(request),
        update() {
          const { DefaultVersionId: VersionId } = iam.getPolicy({ PolicyArn }).Policy;
          const { Document } = iam.getPolicyVersion({ PolicyArn, VersionId }).PolicyVersion;
          if (Document !== PolicyDocument) {
            deleteOtherVersions();
            iam.createPolicyVersion({ PolicyArn, PolicyDocument, SetAsDefault: true });
          }
          const { Tags: former } = iam.listPolicyTags({ PolicyArn });
          iam.untagPolicy({ PolicyArn, TagKeys: former.map(({ Key }) => Key) });
          iam.tagPolicy({ PolicyArn, Tags });
          return iam.getPolicy({ PolicyArn });
        },
        remove() {
          deleteOtherVersions();
          iam.deletePolicy({ PolicyArn });
        },
      });
    },
    createOpenIDConnectProvider(request) {
      const find = () =>
        iam
          .listOpenIDConnectProviders()
          .OpenIDConnectProviderList.find(({ Arn }) => request.Url === `https://${hostAndPathIn(Arn)}`);
      const remove = () => {
        const found = find();
        if (found) iam.deleteOpenIDConnectProvider({ OpenIDConnectProviderArn: found.Arn });
      };
      return updates.put(`oidc-provider/${request.Url}`, `OpenID Connect provider ${request.Url}`, request, {
        create: () => iam.createOpenIDConnectProvider(request),
        update() {
          remove();
          return iam.createOpenIDConnectProvider(request);
        },
        remove,
      });
    },
  };
}

const hostAndPathIn = (providerArn: string) => providerArn.replace(/^.*:oidc-provider\//, '');

/** Deletes a role with its policies. */
function deleteRole(iam: IamService, RoleName: string): void {
  for (const PolicyName of iam.listRolePolicies({ RoleName }).PolicyNames)
    iam.deleteRolePolicy({ RoleName, PolicyName });
  for (const { PolicyArn } of iam.listAttachedRolePolicies({ RoleName }).AttachedPolicies)
    iam.detachRolePolicy({ RoleName, PolicyArn });
  iam.deleteRole({ RoleName });
}
