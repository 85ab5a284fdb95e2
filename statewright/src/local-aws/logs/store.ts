import type { AccountContext } from '../account-context';
import { AwsError } from '../aws-error';
import type { OpenTable, Table } from '../table';
import { GroupFilters } from './group-filters';
import type { LogsRequest } from './requests';

/** A log group, as it is kept. Times are epoch milliseconds. */
export interface LogGroup {
  readonly logGroupName: string;
  readonly creationTime: number;
  readonly retentionInDays?: number;
  readonly kmsKeyId?: string;
  readonly logGroupClass: string;
  readonly deletionProtectionEnabled?: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** A log stream, as it is kept. The times of its events are not kept: they are in the events. */
export interface LogStream {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly creationTime: number;
}

/** One line of a log, as it is kept. */
export interface LogEvent {
  /** 56 digits: the timestamp, then a number that grows. Sorting by id is sorting by time, then by arrival. */
  readonly eventId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
}

/** A subscription filter, as it is kept and shown. */
export interface SubscriptionFilter {
  readonly filterName: string;
  readonly logGroupName: string;
  readonly filterPattern: string;
  readonly destinationArn: string;
  readonly roleArn?: string;
  readonly distribution: 'Random' | 'ByLogStream';
  readonly applyOnTransformedLogs: boolean;
  /** Epoch milliseconds. */
  readonly creationTime: number;
}

/** A metric filter, as it is kept and shown. */
export type MetricFilter = LogsRequest<'PutMetricFilter'> & {
  readonly applyOnTransformedLogs: boolean;
  /** Epoch milliseconds. */
  readonly creationTime: number;
};

/** A policy of the account or of a log group, as it is kept and shown. */
export interface ResourcePolicy {
  readonly policyName?: string;
  readonly policyDocument: string;
  /** Epoch milliseconds. */
  readonly lastUpdatedTime: number;
  readonly policyScope: 'ACCOUNT' | 'RESOURCE';
  readonly resourceArn?: string;
  readonly revisionId?: string;
}

/** What every subject of the logs service works on. */
export class LogStore {
  readonly groups: Table<LogGroup>;
  readonly subscriptionFilters: GroupFilters<SubscriptionFilter>;
  readonly metricFilters: GroupFilters<MetricFilter>;
  /** By name, or by the ARN of the log group. */
  readonly resourcePolicies: Table<ResourcePolicy>;
  readonly #streams: Table<LogStream>;
  readonly #events: Table<LogEvent>;
  /** Events by stream, by group, each sorted by id: the tables say what there is, this says where. */
  readonly #index = new Map<string, Map<string, LogEvent[]>>();
  /** Bytes of messages by group. */
  readonly #bytes = new Map<string, number>();
  #arrivals = 0;

  constructor(
    readonly context: AccountContext,
    openTable: OpenTable,
  ) {
    this.groups = openTable('logs.groups');
    this.subscriptionFilters = new GroupFilters(openTable, 'subscription');
    this.metricFilters = new GroupFilters(openTable, 'metric');
    this.resourcePolicies = openTable('logs.resource-policies');
    this.#streams = openTable('logs.streams', { durability: 'buffered' });
    this.#events = openTable('logs.events', { durability: 'buffered' });
    for (const stream of this.#streams.values()) this.#indexOf(stream.logGroupName, stream.logStreamName);
    for (const event of this.#events.values()) {
      insert(this.#indexOf(event.logGroupName, event.logStreamName), event);
      this.#countBytes(event, 1);
      this.#arrivals = Math.max(this.#arrivals, Number(event.eventId.slice(20)));
    }
  }

  group(name: string): LogGroup {
    const group = this.groups.get(name);
    if (!group) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    return group;
  }

  /** The ARN of a group, or of one of its streams. */
  arn(groupName: string, streamName?: string): string {
    const group = `arn:aws:logs:${this.context.region}:${this.context.accountId}:log-group:${groupName}`;
    return streamName === undefined ? group : `${group}:log-stream:${streamName}`;
  }

  findStream(groupName: string, streamName: string): LogStream | undefined {
    return this.#streams.get(streamKey(groupName, streamName));
  }

  stream(groupName: string, streamName: string): LogStream {
    this.group(groupName);
    const stream = this.findStream(groupName, streamName);
    if (!stream) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
    return stream;
  }

  addStream(stream: LogStream): void {
    this.#streams.set(streamKey(stream.logGroupName, stream.logStreamName), stream);
    this.#indexOf(stream.logGroupName, stream.logStreamName);
  }

  /** A group's streams by name. */
  streams(groupName: string): LogStream[] {
    return [...(this.#index.get(groupName)?.keys() ?? [])].sort().map((name) => this.stream(groupName, name));
  }

  deleteStream(groupName: string, streamName: string): void {
    const events = this.#indexOf(groupName, streamName);
    this.#events.deleteAll(events.map(({ eventId }) => eventId));
    this.#streams.delete(streamKey(groupName, streamName));
    for (const event of events) this.#countBytes(event, -1);
    this.#index.get(groupName)?.delete(streamName);
  }

  deleteGroup(groupName: string): void {
    for (const { logStreamName } of this.streams(groupName)) this.deleteStream(groupName, logStreamName);
    this.subscriptionFilters.deleteAllOf(groupName);
    this.metricFilters.deleteAllOf(groupName);
    this.resourcePolicies.delete(this.arn(groupName));
    this.groups.delete(groupName);
    this.#index.delete(groupName);
  }

  /** Adds events to a stream, all or none, and returns them as they are kept. */
  addEvents(
    { logGroupName, logStreamName }: LogStream,
    events: readonly { readonly timestamp: number; readonly message: string }[],
  ): readonly LogEvent[] {
    const ingestionTime = this.context.clock.now();
    const kept = events.map(({ timestamp, message }, i): LogEvent => {
      const id = eventId(timestamp, this.#arrivals + i + 1);
      return { eventId: id, logGroupName, logStreamName, timestamp, ingestionTime, message };
    });
    this.#events.setAll(kept.map((event) => [event.eventId, event]));
    this.#arrivals += kept.length;
    for (const event of kept) {
      insert(this.#indexOf(logGroupName, logStreamName), event);
      this.#countBytes(event, 1);
    }
    return kept;
  }

  /** How many events were ever written. */
  get arrivals(): number {
    return this.#arrivals;
  }

  /** The bytes of a group's messages. */
  storedBytes(groupName: string): number {
    return this.#bytes.get(groupName) ?? 0;
  }

  /** A stream's events, oldest first, without those that the group's retention has let go. */
  events(groupName: string, streamName: string): readonly LogEvent[] {
    const events = this.#indexOf(groupName, streamName);
    const { retentionInDays } = this.group(groupName);
    if (retentionInDays === undefined) return events;
    const first = firstAtOrAfter(events, eventId(this.oldestKept(retentionInDays), 0));
    return first === 0 ? events : events.slice(first);
  }

  /** The earliest timestamp, epoch milliseconds, that a retention of so many days keeps now. */
  oldestKept(retentionInDays: number): number {
    return Math.max(0, this.context.clock.now() - retentionInDays * 86_400_000);
  }

  #countBytes({ logGroupName, message }: LogEvent, sign: 1 | -1): void {
    this.#bytes.set(logGroupName, this.storedBytes(logGroupName) + sign * Buffer.byteLength(message));
  }

  #indexOf(groupName: string, streamName: string): LogEvent[] {
    return getOrAdd(
      getOrAdd(this.#index, groupName, () => new Map<string, LogEvent[]>()),
      streamName,
      () => [],
    );
  }
}

function getOrAdd<V>(map: Map<string, V>, key: string, make: () => V): V {
  const present = map.get(key) ?? make();
  map.set(key, present);
  return present;
}

/** Names hold no colon, so that this is unambiguous. */
const streamKey = (groupName: string, streamName: string) => `${groupName}:${streamName}`;

/** An id that sorts as (timestamp, arrival) does; with arrival 0 it is before every event of that time. */
export const eventId = (timestamp: number, arrival: number) =>
  `${timestamp}`.padStart(20, '0') + `${arrival}`.padStart(36, '0');

/** The place of the first event whose id is not before `id`. */
export function firstAtOrAfter(events: readonly { readonly eventId: string }[], id: string): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((events[middle] as { eventId: string }).eventId < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

function insert(events: LogEvent[], event: LogEvent): void {
  const last = events.at(-1);
  if (!last || last.eventId < event.eventId) events.push(event);
  else events.splice(firstAtOrAfter(events, event.eventId), 0, event);
}
