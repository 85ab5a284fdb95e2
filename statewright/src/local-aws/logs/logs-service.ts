import type { AccountContext } from '../account-context';
import { operation } from '../api';
import { memoryTable } from '../memory-table';
import type { OpenTable } from '../table';
import { deliverEvents, type SubscriptionDestinations } from './deliver-events';
import { filterLogEvents } from './filter-events';
import { getLogEvents } from './get-events';
import * as groups from './groups';
import { Queries } from './insights/queries';
import * as metrics from './metric-filters';
import { putLogEvents } from './put-events';
import * as queryDefinitions from './query-definitions';
import { type LogsRequest, logsApi } from './requests';
import * as policies from './resource-policies';
import { LogStore } from './store';
import * as streams from './streams';
import * as subscriptions from './subscription-filters';
import * as tags from './tags';

/**
 * Amazon CloudWatch Logs: groups, streams and events. Operations, members and errors are those of the CloudWatch Logs
 * API Reference; times are epoch milliseconds.
 */
export class LogsService {
  readonly #store: LogStore;
  readonly #destinations: SubscriptionDestinations;
  readonly #queries = new Queries();

  /** @param destinations where subscription filters deliver to (default: no function exists) */
  constructor(
    context: AccountContext,
    openTable: OpenTable = memoryTable,
    destinations: SubscriptionDestinations = nowhere,
  ) {
    this.#store = new LogStore(context, openTable);
    this.#destinations = destinations;
  }

  #operation<O extends keyof typeof logsApi.requests, R>(
    name: O,
    run: (store: LogStore, request: LogsRequest<O>) => R,
  ) {
    return operation(logsApi, name, (request) => run(this.#store, request));
  }

  readonly createLogGroup = this.#operation('CreateLogGroup', groups.createLogGroup);
  readonly deleteLogGroup = this.#operation('DeleteLogGroup', groups.deleteLogGroup);
  readonly describeLogGroups = this.#operation('DescribeLogGroups', groups.describeLogGroups);
  readonly listLogGroups = this.#operation('ListLogGroups', groups.listLogGroups);
  readonly putRetentionPolicy = this.#operation('PutRetentionPolicy', groups.putRetentionPolicy);
  readonly deleteRetentionPolicy = this.#operation('DeleteRetentionPolicy', groups.deleteRetentionPolicy);
  readonly associateKmsKey = this.#operation('AssociateKmsKey', groups.associateKmsKey);
  readonly disassociateKmsKey = this.#operation('DisassociateKmsKey', groups.disassociateKmsKey);
  readonly putLogGroupDeletionProtection = this.#operation(
    'PutLogGroupDeletionProtection',
    groups.putLogGroupDeletionProtection,
  );
  readonly tagResource = this.#operation('TagResource', tags.tagResource);
  readonly untagResource = this.#operation('UntagResource', tags.untagResource);
  readonly listTagsForResource = this.#operation('ListTagsForResource', tags.listTagsForResource);
  readonly tagLogGroup = this.#operation('TagLogGroup', tags.tagLogGroup);
  readonly untagLogGroup = this.#operation('UntagLogGroup', tags.untagLogGroup);
  readonly listTagsLogGroup = this.#operation('ListTagsLogGroup', tags.listTagsLogGroup);

  readonly putQueryDefinition = this.#operation('PutQueryDefinition', queryDefinitions.putQueryDefinition);
  readonly describeQueryDefinitions = this.#operation(
    'DescribeQueryDefinitions',
    queryDefinitions.describeQueryDefinitions,
  );
  readonly deleteQueryDefinition = this.#operation(
    'DeleteQueryDefinition',
    queryDefinitions.deleteQueryDefinition,
  );

  readonly startQuery = this.#operation('StartQuery', (store, request) =>
    this.#queries.start(store, request),
  );
  readonly getQueryResults = this.#operation('GetQueryResults', (_, request) =>
    this.#queries.results(request),
  );
  readonly stopQuery = this.#operation('StopQuery', (_, request) => this.#queries.stop(request));
  readonly describeQueries = this.#operation('DescribeQueries', (_, request) =>
    this.#queries.describe(request),
  );

  readonly putResourcePolicy = this.#operation('PutResourcePolicy', policies.putResourcePolicy);
  readonly describeResourcePolicies = this.#operation(
    'DescribeResourcePolicies',
    policies.describeResourcePolicies,
  );
  readonly deleteResourcePolicy = this.#operation('DeleteResourcePolicy', policies.deleteResourcePolicy);

  readonly putSubscriptionFilter = this.#operation('PutSubscriptionFilter', (store, request) =>
    subscriptions.putSubscriptionFilter(store, request, this.#destinations),
  );
  readonly describeSubscriptionFilters = this.#operation(
    'DescribeSubscriptionFilters',
    subscriptions.describeSubscriptionFilters,
  );
  readonly deleteSubscriptionFilter = this.#operation(
    'DeleteSubscriptionFilter',
    subscriptions.deleteSubscriptionFilter,
  );

  readonly putMetricFilter = this.#operation('PutMetricFilter', metrics.putMetricFilter);
  readonly describeMetricFilters = this.#operation('DescribeMetricFilters', metrics.describeMetricFilters);
  readonly deleteMetricFilter = this.#operation('DeleteMetricFilter', metrics.deleteMetricFilter);

  readonly createLogStream = this.#operation('CreateLogStream', streams.createLogStream);
  readonly deleteLogStream = this.#operation('DeleteLogStream', streams.deleteLogStream);
  readonly describeLogStreams = this.#operation('DescribeLogStreams', streams.describeLogStreams);

  readonly putLogEvents = this.#operation('PutLogEvents', (store, request) => this.#put(store, request));
  /**
   * Not an operation of AWS: PutLogEvents of a function's own log, so that no function is invoked for its own lines. Its events are
   * not checked against the schema one by one: a function may write a million.
   */
  readonly putFunctionLog = (request: LogsRequest<'PutLogEvents'>, functionName: string) =>
    this.#put(this.#store, request, functionName);
  readonly getLogEvents = this.#operation('GetLogEvents', getLogEvents);
  readonly filterLogEvents = this.#operation('FilterLogEvents', filterLogEvents);

  /** Ends what runs in the background: it continues when the account is opened again. */
  close(): void {
    this.#queries.close();
    this.#store.close();
  }

  #put(store: LogStore, request: LogsRequest<'PutLogEvents'>, writer?: string) {
    return putLogEvents(store, request, (blocks) => deliverEvents(store, this.#destinations, blocks, writer));
  }
}

const nowhere: SubscriptionDestinations = {
  isFunction: (arn) => arn.split(':')[2] === 'lambda',
  mayInvoke: () => false,
  logGroupOf: () => undefined,
  invoke: async () => undefined,
};
