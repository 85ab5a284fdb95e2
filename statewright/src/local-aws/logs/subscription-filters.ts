import { AwsError } from '../aws-error';
import type { SubscriptionDestinations } from './deliver-events';
import { invalidParameter } from './errors';
import { checkFilterPattern } from './filter-pattern';
import { filtersPage } from './group-filters';
import type { LogsRequest } from './requests';
import type { LogStore } from './store';

/** How many a log group can have (CloudWatch Logs User Guide, "CloudWatch Logs quotas"). */
const MAX_FILTERS = 2;

/** Creates or replaces a subscription filter. Events are delivered to functions; any other destination is only kept. */
export function putSubscriptionFilter(
  store: LogStore,
  request: LogsRequest<'PutSubscriptionFilter'>,
  destinations: SubscriptionDestinations,
): void {
  const { logGroupName } = store.group(request.logGroupName);
  const { filterName, destinationArn, roleArn, distribution = 'ByLogStream' } = request;
  checkFilterPattern(request.filterPattern);
  if (destinations.isFunction(destinationArn)) {
    if (destinations.logGroupOf(destinationArn) === logGroupName) {
      throw invalidParameter(
        'The log group provided is reserved for the function logs of the destination function.',
      );
    }
    if (!destinations.mayInvoke(destinationArn, store.arn(logGroupName))) {
      throw invalidParameter(
        'Could not execute the lambda function. Make sure you have given CloudWatch Logs permission to execute your function.',
      );
    }
  } else if (!/^arn:[\w-]+:(?:kinesis|firehose|logs):/.test(destinationArn)) {
    throw invalidParameter('Invalid destination ARN.');
  }
  const existing = store.subscriptionFilters.get(logGroupName, filterName);
  if (existing === undefined && store.subscriptionFilters.of(logGroupName).length >= MAX_FILTERS) {
    throw new AwsError('LimitExceededException', 'Resource limit exceeded.');
  }
  store.subscriptionFilters.set({
    filterName,
    logGroupName,
    filterPattern: request.filterPattern,
    destinationArn,
    ...(roleArn !== undefined && { roleArn }),
    distribution,
    applyOnTransformedLogs: request.applyOnTransformedLogs ?? false,
    creationTime: existing?.creationTime ?? store.context.clock.now(),
  });
}

export function describeSubscriptionFilters(
  store: LogStore,
  request: LogsRequest<'DescribeSubscriptionFilters'>,
) {
  const { logGroupName } = store.group(request.logGroupName);
  const { items, nextToken } = filtersPage(store.subscriptionFilters.of(logGroupName), request);
  return { subscriptionFilters: items, ...(nextToken !== undefined && { nextToken }) };
}

export function deleteSubscriptionFilter(
  store: LogStore,
  request: LogsRequest<'DeleteSubscriptionFilter'>,
): void {
  const { logGroupName } = store.group(request.logGroupName);
  store.subscriptionFilters.delete({ ...request, logGroupName });
}
