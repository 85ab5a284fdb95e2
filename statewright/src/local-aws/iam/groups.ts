import { deleteConflict, entityExists, noSuchEntity } from './errors';
import { checkNoPolicies } from './holder-policies';
import { iamPage, pageUnderPath } from './paging';
import type { GroupRecord } from './records';
import type { IamRequest } from './requests';
import { showPrincipal } from './show';
import type { IamStore } from './store';

export function createGroup(iam: IamStore, { GroupName, Path = '/' }: IamRequest<'CreateGroup'>) {
  checkNewName(iam, GroupName);
  const group: GroupRecord = {
    GroupName,
    GroupId: iam.newId('AGPA'),
    Arn: arnOf(iam, Path, GroupName),
    Path,
    CreateDate: iam.context.clock.now(),
    userNames: [],
    inlinePolicies: {},
    attachedPolicyArns: [],
  };
  iam.groups.set(GroupName, group);
  return { Group: show(group) };
}

/** A group and the users in it. */
export function getGroup(iam: IamStore, request: IamRequest<'GetGroup'>) {
  const group = iam.group(request.GroupName);
  const { items, paging } = iamPage(group.userNames, request);
  return { Group: show(group), Users: items.map((name) => showPrincipal(iam.user(name))), ...paging };
}

export function listGroups(iam: IamStore, request: IamRequest<'ListGroups'>) {
  const { items, paging } = pageUnderPath(iam.groups.values(), ({ GroupName }) => GroupName, request);
  return { Groups: items.map(show), ...paging };
}

export function updateGroup(iam: IamStore, request: IamRequest<'UpdateGroup'>): void {
  const group = iam.group(request.GroupName);
  const { NewGroupName: GroupName = group.GroupName, NewPath: Path = group.Path } = request;
  if (GroupName !== group.GroupName) {
    checkNewName(iam, GroupName);
    iam.groups.delete(group.GroupName);
  }
  iam.groups.set(GroupName, { ...group, GroupName, Path, Arn: arnOf(iam, Path, GroupName) });
}

export function deleteGroup(iam: IamStore, { GroupName }: IamRequest<'DeleteGroup'>): void {
  const group = iam.group(GroupName);
  checkNoPolicies(group);
  if (group.userNames.length > 0) {
    throw deleteConflict('Cannot delete entity, must remove users from group first.');
  }
  iam.groups.delete(GroupName);
}

export function addUserToGroup(iam: IamStore, { GroupName, UserName }: IamRequest<'AddUserToGroup'>): void {
  const { userNames } = iam.group(GroupName);
  iam.user(UserName);
  if (!userNames.includes(UserName)) iam.updateGroup(GroupName, { userNames: [...userNames, UserName] });
}

export function removeUserFromGroup(
  iam: IamStore,
  { GroupName, UserName }: IamRequest<'RemoveUserFromGroup'>,
): void {
  const { userNames } = iam.group(GroupName);
  iam.user(UserName);
  if (!userNames.includes(UserName)) {
    throw noSuchEntity(`User ${UserName} not in group ${GroupName}`);
  }
  iam.updateGroup(GroupName, { userNames: userNames.filter((name) => name !== UserName) });
}

export function listGroupsForUser(iam: IamStore, request: IamRequest<'ListGroupsForUser'>) {
  iam.user(request.UserName);
  const { items, paging } = iamPage(iam.groupsOf(request.UserName), request);
  return { Groups: items.map(show), ...paging };
}

function show({ GroupName, GroupId, Arn, Path, CreateDate }: GroupRecord) {
  return { GroupName, GroupId, Arn, Path, CreateDate: new Date(CreateDate) };
}

const arnOf = ({ context }: IamStore, path: string, name: string) =>
  `arn:aws:iam::${context.accountId}:group${path}${name}`;

function checkNewName(iam: IamStore, name: string): void {
  if (iam.groups.has(name)) throw entityExists(`Group with name ${name} already exists.`);
}
