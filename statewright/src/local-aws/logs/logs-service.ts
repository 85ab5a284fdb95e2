import type { AccountContext } from '../account-context';
import { operation } from '../api';
import { memoryTable, type OpenTable } from '../table';
import { filterLogEvents } from './filter-events';
import { getLogEvents } from './get-events';
import * as groups from './groups';
import { putLogEvents } from './put-events';
import { type LogsRequest, logsApi } from './requests';
import { LogStore } from './store';
import * as streams from './streams';
import * as tags from './tags';

/**
 * Amazon CloudWatch Logs: groups, streams and events. Operations, members and errors are those of the CloudWatch Logs
 * API Reference; times are epoch milliseconds.
 */
export class LogsService {
  readonly #store: LogStore;

  constructor(context: AccountContext, openTable: OpenTable = memoryTable) {
    this.#store = new LogStore(context, openTable);
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
  readonly putRetentionPolicy = this.#operation('PutRetentionPolicy', groups.putRetentionPolicy);
  readonly deleteRetentionPolicy = this.#operation('DeleteRetentionPolicy', groups.deleteRetentionPolicy);
  readonly tagResource = this.#operation('TagResource', tags.tagResource);
  readonly untagResource = this.#operation('UntagResource', tags.untagResource);
  readonly listTagsForResource = this.#operation('ListTagsForResource', tags.listTagsForResource);

  readonly createLogStream = this.#operation('CreateLogStream', streams.createLogStream);
  readonly deleteLogStream = this.#operation('DeleteLogStream', streams.deleteLogStream);
  readonly describeLogStreams = this.#operation('DescribeLogStreams', streams.describeLogStreams);

  readonly putLogEvents = this.#operation('PutLogEvents', putLogEvents);
  readonly getLogEvents = this.#operation('GetLogEvents', getLogEvents);
  readonly filterLogEvents = this.#operation('FilterLogEvents', filterLogEvents);
}
