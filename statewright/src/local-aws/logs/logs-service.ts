import type { AccountContext } from '../account-context';
import { memoryTable, type OpenTable } from '../table';
import * as filter from './filter-events';
import * as get from './get-events';
import * as groups from './groups';
import * as put from './put-events';
import { LogStore } from './store';
import * as streams from './streams';

/**
 * Amazon CloudWatch Logs: groups, streams and events. Operations, members and errors are those of the CloudWatch Logs
 * API Reference; times are epoch milliseconds.
 */
export class LogsService {
  readonly #store: LogStore;

  constructor(context: AccountContext, openTable: OpenTable = memoryTable) {
    this.#store = new LogStore(context, openTable);
  }

  createLogGroup = (request: groups.CreateLogGroupRequest) => groups.createLogGroup(this.#store, request);
  deleteLogGroup = (request: { readonly logGroupName: string }) =>
    groups.deleteLogGroup(this.#store, request);
  describeLogGroups = (request: groups.DescribeLogGroupsRequest = {}) =>
    groups.describeLogGroups(this.#store, request);
  putRetentionPolicy = (request: { readonly logGroupName: string; readonly retentionInDays: number }) =>
    groups.putRetentionPolicy(this.#store, request);
  deleteRetentionPolicy = (request: { readonly logGroupName: string }) =>
    groups.deleteRetentionPolicy(this.#store, request);
  tagResource = (request: {
    readonly resourceArn: string;
    readonly tags: Readonly<Record<string, string>>;
  }) => groups.tagResource(this.#store, request);
  untagResource = (request: { readonly resourceArn: string; readonly tagKeys: readonly string[] }) =>
    groups.untagResource(this.#store, request);
  listTagsForResource = (request: { readonly resourceArn: string }) =>
    groups.listTagsForResource(this.#store, request);

  createLogStream = (request: streams.StreamRequest) => streams.createLogStream(this.#store, request);
  deleteLogStream = (request: streams.StreamRequest) => streams.deleteLogStream(this.#store, request);
  describeLogStreams = (request: streams.DescribeLogStreamsRequest) =>
    streams.describeLogStreams(this.#store, request);

  putLogEvents = (request: put.PutLogEventsRequest) => put.putLogEvents(this.#store, request);
  getLogEvents = (request: get.GetLogEventsRequest) => get.getLogEvents(this.#store, request);
  filterLogEvents = (request: filter.FilterLogEventsRequest) => filter.filterLogEvents(this.#store, request);
}
