import { AwsError } from '../aws-error';
import { invalidParameter } from './errors';
import { groupNameOf } from './group-name';
import type { LogGroup } from './records';
import type { LogsRequest } from './requests';
import type { LogStore } from './store';

export function tagResource(store: LogStore, request: LogsRequest<'TagResource'>): void {
  const group = groupOfArn(store, request.resourceArn);
  store.groups.set(group.logGroupName, { ...group, tags: withTags(group.tags, request.tags) });
}

export function untagResource(store: LogStore, request: LogsRequest<'UntagResource'>): void {
  const group = groupOfArn(store, request.resourceArn);
  const tags = Object.fromEntries(
    Object.entries(group.tags).filter(([key]) => !request.tagKeys.includes(key)),
  );
  store.groups.set(group.logGroupName, { ...group, tags });
}

export function listTagsForResource(store: LogStore, request: LogsRequest<'ListTagsForResource'>) {
  return { tags: groupOfArn(store, request.resourceArn).tags };
}

/** An older name of TagResource, as UntagLogGroup and ListTagsLogGroup. */
export function tagLogGroup(store: LogStore, { logGroupName, tags }: LogsRequest<'TagLogGroup'>): void {
  tagResource(store, { resourceArn: store.arn(logGroupName), tags });
}

export function untagLogGroup(store: LogStore, request: LogsRequest<'UntagLogGroup'>): void {
  untagResource(store, { resourceArn: store.arn(request.logGroupName), tagKeys: request.tags });
}

export function listTagsLogGroup(store: LogStore, { logGroupName }: LogsRequest<'ListTagsLogGroup'>) {
  return listTagsForResource(store, { resourceArn: store.arn(logGroupName) });
}

function groupOfArn(store: LogStore, resourceArn: string): LogGroup {
  const name = groupNameOf(resourceArn);
  if (name === resourceArn)
    throw invalidParameter(`Resource ARN '${resourceArn}' is not that of a log group.`);
  return store.group(name);
}

/** Merges new tags into the present ones; at most 50. */
export function withTags(
  present: Readonly<Record<string, string>>,
  added: Readonly<Record<string, string>>,
): Record<string, string> {
  const tags = { ...present, ...added };
  if (Object.keys(tags).length > 50) {
    throw new AwsError('TooManyTagsException', 'A resource can have no more than 50 tags.');
  }
  return tags;
}
