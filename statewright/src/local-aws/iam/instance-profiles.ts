import { deleteConflict, entityExists, limitExceeded, noSuchEntity } from './errors';
import { iamPage, pageUnderPath } from './paging';
import type { InstanceProfileRecord } from './records';
import type { IamRequest } from './requests';
import { showPrincipal } from './show';
import type { IamStore } from './store';
import { withoutTags, withTags } from './tags';

export function createInstanceProfile(iam: IamStore, request: IamRequest<'CreateInstanceProfile'>) {
  const { InstanceProfileName, Path = '/', Tags = [] } = request;
  if (iam.instanceProfiles.has(InstanceProfileName)) {
    throw entityExists(`Instance Profile ${InstanceProfileName} already exists.`);
  }
  const profile: InstanceProfileRecord = {
    InstanceProfileName,
    InstanceProfileId: iam.newId('AIPA'),
    Arn: `arn:aws:iam::${iam.context.accountId}:instance-profile${Path}${InstanceProfileName}`,
    Path,
    CreateDate: iam.context.clock.now(),
    Tags: withTags([], Tags),
  };
  iam.instanceProfiles.set(InstanceProfileName, profile);
  return { InstanceProfile: showInstanceProfile(iam, profile) };
}

export function getInstanceProfile(iam: IamStore, { InstanceProfileName }: IamRequest<'GetInstanceProfile'>) {
  return { InstanceProfile: showInstanceProfile(iam, iam.instanceProfile(InstanceProfileName)) };
}

export function listInstanceProfiles(iam: IamStore, request: IamRequest<'ListInstanceProfiles'>) {
  const { items, paging } = pageUnderPath(
    iam.instanceProfiles.values(),
    ({ InstanceProfileName }) => InstanceProfileName,
    request,
  );
  return {
    InstanceProfiles: items.map((profile) => showInstanceProfile(iam, { ...profile, Tags: [] })),
    ...paging,
  };
}

export function addRoleToInstanceProfile(
  iam: IamStore,
  { InstanceProfileName, RoleName }: IamRequest<'AddRoleToInstanceProfile'>,
): void {
  const profile = iam.instanceProfile(InstanceProfileName);
  iam.ownRole(RoleName);
  if (profile.roleName !== undefined) {
    throw limitExceeded('Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1');
  }
  iam.updateInstanceProfile(InstanceProfileName, { roleName: RoleName });
}

export function removeRoleFromInstanceProfile(
  iam: IamStore,
  { InstanceProfileName, RoleName }: IamRequest<'RemoveRoleFromInstanceProfile'>,
): void {
  if (iam.instanceProfile(InstanceProfileName).roleName !== RoleName) {
    throw noSuchEntity(`Role ${RoleName} in Instance Profile ${InstanceProfileName} cannot be found.`);
  }
  iam.updateInstanceProfile(InstanceProfileName, { roleName: undefined });
}

export function deleteInstanceProfile(
  iam: IamStore,
  { InstanceProfileName }: IamRequest<'DeleteInstanceProfile'>,
): void {
  if (iam.instanceProfile(InstanceProfileName).roleName !== undefined) {
    throw deleteConflict('Cannot delete entity, must remove roles from instance profile first.');
  }
  iam.instanceProfiles.delete(InstanceProfileName);
}

export function tagInstanceProfile(
  iam: IamStore,
  { InstanceProfileName: name, Tags }: IamRequest<'TagInstanceProfile'>,
): void {
  iam.updateInstanceProfile(name, { Tags: withTags(iam.instanceProfile(name).Tags, Tags) });
}

export function untagInstanceProfile(
  iam: IamStore,
  { InstanceProfileName: name, TagKeys }: IamRequest<'UntagInstanceProfile'>,
): void {
  iam.updateInstanceProfile(name, { Tags: withoutTags(iam.instanceProfile(name).Tags, TagKeys) });
}

export function listInstanceProfileTags(iam: IamStore, request: IamRequest<'ListInstanceProfileTags'>) {
  const { items, paging } = iamPage(iam.instanceProfile(request.InstanceProfileName).Tags, request);
  return { Tags: items, ...paging };
}

/** The instance profiles that a role is in. */
export const profilesOf = (iam: IamStore, roleName: string): InstanceProfileRecord[] =>
  [...iam.instanceProfiles.values()].filter((profile) => profile.roleName === roleName);

export function showInstanceProfile(
  iam: IamStore,
  { roleName, CreateDate, Tags, ...profile }: InstanceProfileRecord,
) {
  return {
    ...profile,
    CreateDate: new Date(CreateDate),
    Roles: roleName === undefined ? [] : [showPrincipal(iam.role(roleName))],
    ...(Tags.length > 0 && { Tags }),
  };
}
