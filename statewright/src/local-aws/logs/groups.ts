import { AwsError } from '../aws-error';
import { checkedPage, checkGroupName, checkLimit, groupNameOf, invalidParameter } from './check';
import type { LogGroup, LogStore } from './store';

export interface CreateLogGroupRequest {
  readonly logGroupName: string;
  readonly kmsKeyId?: string;
  readonly logGroupClass?: string;
  readonly tags?: Readonly<Record<string, string>>;
}

export interface DescribeLogGroupsRequest {
  readonly logGroupNamePrefix?: string;
  /** Part of a name, upper or lower case. */
  readonly logGroupNamePattern?: string;
  readonly limit?: number;
  readonly nextToken?: string;
}

/** The days that PutRetentionPolicy accepts (CloudWatch Logs API Reference). */
const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

export function createLogGroup(store: LogStore, request: CreateLogGroupRequest): void {
  const logGroupName = checkGroupName(request.logGroupName);
  if (store.groups.has(logGroupName)) {
    throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
  }
  store.groups.set(logGroupName, {
    logGroupName,
    creationTime: store.context.clock.now(),
    logGroupClass: request.logGroupClass ?? 'STANDARD',
    tags: withTags({}, request.tags ?? {}),
    ...(request.kmsKeyId === undefined ? {} : { kmsKeyId: request.kmsKeyId }),
  });
}

export function deleteLogGroup(store: LogStore, request: { readonly logGroupName: string }): void {
  store.deleteGroup(store.group(checkGroupName(request.logGroupName)).logGroupName);
}

export function describeLogGroups(store: LogStore, request: DescribeLogGroupsRequest) {
  const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern } = request;
  if (prefix !== undefined && pattern !== undefined) {
    throw invalidParameter(
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    );
  }
  const groups = [...store.groups.values()]
    .filter(({ logGroupName: name }) => name.startsWith(prefix ?? ''))
    .filter(({ logGroupName: name }) => name.toLowerCase().includes(pattern?.toLowerCase() ?? ''))
    .sort((a, b) => (a.logGroupName < b.logGroupName ? -1 : 1));
  const { items, nextToken } = checkedPage(groups, checkLimit(request.limit, 50), request.nextToken);
  return {
    logGroups: items.map((group) => describe(store, group)),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}

function describe(store: LogStore, group: LogGroup) {
  const { tags: _, ...shown } = group;
  const arn = store.arn(group.logGroupName);
  return {
    ...shown,
    metricFilterCount: 0,
    arn: `${arn}:*`,
    logGroupArn: arn,
    storedBytes: store.storedBytes(group.logGroupName),
  };
}

export function putRetentionPolicy(
  store: LogStore,
  request: { readonly logGroupName: string; readonly retentionInDays: number },
): void {
  const group = store.group(checkGroupName(request.logGroupName));
  if (!RETENTION_DAYS.includes(request.retentionInDays)) {
    throw invalidParameter(
      `1 validation error detected: Value '${request.retentionInDays}' at 'retentionInDays' failed to satisfy constraint: ` +
        `Member must satisfy enum value set: [${RETENTION_DAYS.join(', ')}]`,
    );
  }
  store.groups.set(group.logGroupName, { ...group, retentionInDays: request.retentionInDays });
}

export function deleteRetentionPolicy(store: LogStore, request: { readonly logGroupName: string }): void {
  const { retentionInDays: _, ...group } = store.group(checkGroupName(request.logGroupName));
  store.groups.set(group.logGroupName, group);
}

export function tagResource(
  store: LogStore,
  request: { readonly resourceArn: string; readonly tags: Readonly<Record<string, string>> },
): void {
  const group = groupOfArn(store, request.resourceArn);
  store.groups.set(group.logGroupName, { ...group, tags: withTags(group.tags, request.tags) });
}

export function untagResource(
  store: LogStore,
  request: { readonly resourceArn: string; readonly tagKeys: readonly string[] },
): void {
  const group = groupOfArn(store, request.resourceArn);
  const tags = Object.fromEntries(
    Object.entries(group.tags).filter(([key]) => !request.tagKeys.includes(key)),
  );
  store.groups.set(group.logGroupName, { ...group, tags });
}

export function listTagsForResource(store: LogStore, request: { readonly resourceArn: string }) {
  return { tags: groupOfArn(store, request.resourceArn).tags };
}

function groupOfArn(store: LogStore, resourceArn: string): LogGroup {
  const name = groupNameOf(resourceArn);
  if (name === resourceArn)
    throw invalidParameter(`Resource ARN '${resourceArn}' is not that of a log group.`);
  return store.group(name);
}

function withTags(
  present: Readonly<Record<string, string>>,
  added: Readonly<Record<string, string>>,
): Record<string, string> {
  const tags = { ...present, ...added };
  if (Object.keys(tags).length > 50) {
    throw new AwsError('TooManyTagsException', 'A resource can have no more than 50 tags.');
  }
  return tags;
}
