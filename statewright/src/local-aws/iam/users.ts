import { deleteConflict, entityExists, noSuchEntity } from './errors';
import { checkBoundary, checkNoPolicies } from './holder-policies';
import { iamPage, pageUnderPath } from './paging';
import type { UserRecord } from './records';
import type { IamRequest } from './requests';
import { showPrincipal } from './show';
import type { IamStore } from './store';
import { withoutTags, withTags } from './tags';

export function createUser(iam: IamStore, request: IamRequest<'CreateUser'>) {
  const { UserName, Path = '/', PermissionsBoundary, Tags = [] } = request;
  if (PermissionsBoundary !== undefined) checkBoundary(iam, PermissionsBoundary);
  checkNewName(iam, UserName);
  const user: UserRecord = {
    UserName,
    UserId: iam.newId('AIDA'),
    Arn: arnOf(iam, Path, UserName),
    Path,
    CreateDate: iam.context.clock.now(),
    ...(PermissionsBoundary !== undefined && { PermissionsBoundary }),
    Tags: withTags([], Tags),
    inlinePolicies: {},
    attachedPolicyArns: [],
  };
  iam.users.set(UserName, user);
  return { User: showPrincipal(user) };
}

/** Without a name: the caller, who is the account's root user. */
export function getUser(iam: IamStore, { UserName }: IamRequest<'GetUser'>) {
  if (UserName !== undefined) return { User: showPrincipal(iam.user(UserName)) };
  const { accountId } = iam.context;
  const CreateDate = new Date(0);
  return { User: { Path: '/', UserId: accountId, Arn: `arn:aws:iam::${accountId}:root`, CreateDate } };
}

export function listUsers(iam: IamStore, request: IamRequest<'ListUsers'>) {
  const { items, paging } = pageUnderPath(iam.users.values(), ({ UserName }) => UserName, request);
  return {
    Users: items.map(({ PermissionsBoundary: _, ...user }) => showPrincipal({ ...user, Tags: [] })),
    ...paging,
  };
}

export function updateUser(iam: IamStore, request: IamRequest<'UpdateUser'>): void {
  const user = iam.user(request.UserName);
  const { NewUserName: UserName = user.UserName, NewPath: Path = user.Path } = request;
  if (UserName !== user.UserName) {
    checkNewName(iam, UserName);
    iam.users.delete(user.UserName);
    for (const { GroupName, userNames } of iam.groups.values()) {
      iam.updateGroup(GroupName, {
        userNames: userNames.map((name) => (name === user.UserName ? UserName : name)),
      });
    }
    for (const key of iam.accessKeysOf(user.UserName)) {
      iam.accessKeys.set(key.AccessKeyId, { ...key, UserName });
    }
  }
  iam.users.set(UserName, { ...user, UserName, Path, Arn: arnOf(iam, Path, UserName) });
}

export function deleteUser(iam: IamStore, { UserName }: IamRequest<'DeleteUser'>): void {
  checkNoPolicies(iam.user(UserName));
  if (iam.groupsOf(UserName).length > 0) {
    throw deleteConflict('Cannot delete entity, must remove users from group first.');
  }
  if (iam.accessKeysOf(UserName).length > 0) {
    throw deleteConflict('Cannot delete entity, must delete access keys first.');
  }
  iam.users.delete(UserName);
}

export function putUserPermissionsBoundary(
  iam: IamStore,
  { UserName, PermissionsBoundary }: IamRequest<'PutUserPermissionsBoundary'>,
): void {
  iam.user(UserName);
  checkBoundary(iam, PermissionsBoundary);
  iam.updateUser(UserName, { PermissionsBoundary });
}

export function deleteUserPermissionsBoundary(
  iam: IamStore,
  { UserName }: IamRequest<'DeleteUserPermissionsBoundary'>,
): void {
  if (iam.user(UserName).PermissionsBoundary === undefined) {
    throw noSuchEntity(`User with name ${UserName} does not have a permissions boundary.`);
  }
  iam.updateUser(UserName, { PermissionsBoundary: undefined });
}

export function tagUser(iam: IamStore, { UserName, Tags }: IamRequest<'TagUser'>): void {
  iam.updateUser(UserName, { Tags: withTags(iam.user(UserName).Tags, Tags) });
}

export function untagUser(iam: IamStore, { UserName, TagKeys }: IamRequest<'UntagUser'>): void {
  iam.updateUser(UserName, { Tags: withoutTags(iam.user(UserName).Tags, TagKeys) });
}

export function listUserTags(iam: IamStore, request: IamRequest<'ListUserTags'>) {
  const { items, paging } = iamPage(iam.user(request.UserName).Tags, request);
  return { Tags: items, ...paging };
}

/** What a user does not have here; Terraform asks for each of these before it deletes a user. */
export const listNone =
  <M extends string>(member: M) =>
  (iam: IamStore, { UserName }: { readonly UserName?: string }) => {
    if (UserName !== undefined) iam.user(UserName);
    return { [member]: [], IsTruncated: false };
  };

/** No user has a password here. */
export function deleteLoginProfile(iam: IamStore, { UserName }: IamRequest<'DeleteLoginProfile'>): never {
  iam.user(UserName);
  throw noSuchEntity(`Login Profile for User ${UserName} cannot be found.`);
}

const arnOf = ({ context }: IamStore, path: string, name: string) =>
  `arn:aws:iam::${context.accountId}:user${path}${name}`;

function checkNewName(iam: IamStore, name: string): void {
  if (iam.users.has(name)) throw entityExists(`User with name ${name} already exists.`);
}
