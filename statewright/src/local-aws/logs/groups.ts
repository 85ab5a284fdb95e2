import { AwsError } from '../aws-error';
import { invalidParameter } from './errors';
import { groupNameIn, groupNameOf } from './group-name';
import { logsPage } from './paging';
import type { LogGroup } from './records';
import type { LogsRequest } from './requests';
import type { LogStore } from './store';
import { withTags } from './tags';

export function createLogGroup(store: LogStore, request: LogsRequest<'CreateLogGroup'>): void {
  const { logGroupName } = request;
  if (store.groups.has(logGroupName)) {
    throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
  }
  store.addGroup({
    logGroupName,
    creationTime: store.context.clock.now(),
    logGroupClass: request.logGroupClass ?? 'STANDARD',
    ...(request.deletionProtectionEnabled && { deletionProtectionEnabled: true }),
    tags: withTags({}, request.tags ?? {}),
    ...(request.kmsKeyId === undefined ? {} : { kmsKeyId: request.kmsKeyId }),
  });
}

export function deleteLogGroup(store: LogStore, request: LogsRequest<'DeleteLogGroup'>): void {
  const group = store.group(request.logGroupName);
  if (group.deletionProtectionEnabled) {
    throw new AwsError(
      'ValidationException',
      'The log group has deletion protection. Disable it before you delete the log group.',
    );
  }
  store.deleteGroup(group);
}

export function putLogGroupDeletionProtection(
  store: LogStore,
  { logGroupIdentifier, deletionProtectionEnabled }: LogsRequest<'PutLogGroupDeletionProtection'>,
): void {
  const group = store.group(groupNameIn({ logGroupIdentifier }));
  store.groups.set(group.logGroupName, { ...group, deletionProtectionEnabled });
}

export function describeLogGroups(store: LogStore, request: LogsRequest<'DescribeLogGroups'>) {
  const { logGroupNamePrefix: prefix, logGroupNamePattern: pattern } = request;
  if (prefix !== undefined && pattern !== undefined) {
    throw invalidParameter(
      'LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.',
    );
  }
  const names = request.logGroupIdentifiers?.map(groupNameOf);
  const groups = [...store.groups.values()]
    .filter(({ logGroupName: name }) => names === undefined || names.includes(name))
    .filter(({ logGroupClass }) => logGroupClass === (request.logGroupClass ?? logGroupClass))
    .filter(({ logGroupName: name }) => name.startsWith(prefix ?? ''))
    .filter(({ logGroupName: name }) => name.toLowerCase().includes(pattern?.toLowerCase() ?? ''))
    .sort((a, b) => (a.logGroupName < b.logGroupName ? -1 : 1));
  const { items, nextToken } = logsPage(groups, request);
  return {
    logGroups: items.map((group) => describe(store, group)),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}

export function listLogGroups(store: LogStore, request: LogsRequest<'ListLogGroups'>) {
  const { logGroupNamePattern, logGroupClass: wanted } = request;
  const patterns = logGroupNamePattern?.split('|') ?? [''];
  const isNamed = (name: string) =>
    patterns.some((one) => (one.startsWith('^') ? name.startsWith(one.slice(1)) : name.includes(one)));
  const groups = [...store.groups.values()]
    .filter(({ logGroupName }) => isNamed(logGroupName))
    .filter(({ logGroupClass }) => logGroupClass === (wanted ?? logGroupClass))
    .sort((a, b) => (a.logGroupName < b.logGroupName ? -1 : 1));
  const { items, nextToken } = logsPage(groups, request);
  return {
    logGroups: items.map(({ logGroupName, logGroupClass }) => ({
      logGroupName,
      logGroupArn: store.arn(logGroupName),
      logGroupClass,
    })),
    ...(nextToken === undefined ? {} : { nextToken }),
  };
}

function describe(store: LogStore, group: LogGroup) {
  const { tags: _, key: _key, ...shown } = group;
  const arn = store.arn(group.logGroupName);
  return {
    ...shown,
    deletionProtectionEnabled: group.deletionProtectionEnabled ?? false,
    metricFilterCount: store.metricFilters.of(group.logGroupName).length,
    arn: `${arn}:*`,
    logGroupArn: arn,
    storedBytes: store.storedBytes(group),
  };
}

/** Keeps the key. Nothing is encrypted with it here. */
export function associateKmsKey(store: LogStore, request: LogsRequest<'AssociateKmsKey'>): void {
  const group = keyedGroup(store, request);
  store.groups.set(group.logGroupName, { ...group, kmsKeyId: request.kmsKeyId });
}

export function disassociateKmsKey(store: LogStore, request: LogsRequest<'DisassociateKmsKey'>): void {
  const { kmsKeyId: _, ...group } = keyedGroup(store, request);
  store.groups.set(group.logGroupName, group);
}

const keyedGroup = (
  store: LogStore,
  { logGroupName, resourceIdentifier }: LogsRequest<'DisassociateKmsKey'>,
): LogGroup =>
  store.group(
    groupNameIn({
      ...(logGroupName !== undefined && { logGroupName }),
      ...(resourceIdentifier !== undefined && { logGroupIdentifier: resourceIdentifier }),
    }),
  );

export function putRetentionPolicy(
  store: LogStore,
  { logGroupName, retentionInDays }: LogsRequest<'PutRetentionPolicy'>,
): void {
  store.groups.set(logGroupName, { ...store.group(logGroupName), retentionInDays });
}

export function deleteRetentionPolicy(store: LogStore, request: LogsRequest<'DeleteRetentionPolicy'>): void {
  const { retentionInDays: _, ...group } = store.group(request.logGroupName);
  store.groups.set(group.logGroupName, group);
}
