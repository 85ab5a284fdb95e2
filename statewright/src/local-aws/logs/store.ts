import type { AccountContext } from '../account-context';
import { AwsError } from '../aws-error';
import type { ListRange } from '../lists';
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

/** Ids of events: `from` is included, `before` is not. */
export interface EventRange extends Pick<ListRange, 'reverse'> {
  readonly from?: string;
  readonly before?: string;
}

/** The only key of the table of arrivals, and how many are reserved at once. */
const RESERVED = 'reserved';
const RESERVE = 100_000;

/** What every subject of the logs service works on. */
export class LogStore {
  readonly groups: Table<LogGroup>;
  readonly subscriptionFilters: GroupFilters<SubscriptionFilter>;
  readonly metricFilters: GroupFilters<MetricFilter>;
  /** By name, or by the ARN of the log group. */
  readonly resourcePolicies: Table<ResourcePolicy>;
  /** By group and name. */
  readonly #streams: Table<LogStream>;
  /** By id. */
  readonly #events: Table<LogEvent>;
  /** The number that arrivals have not passed yet: after a restart, they continue there. */
  readonly #reserved: Table<number>;
  #arrivals: number;

  constructor(
    readonly context: AccountContext,
    openTable: OpenTable,
  ) {
    this.groups = openTable('logs.groups');
    this.subscriptionFilters = new GroupFilters(openTable, 'subscription');
    this.metricFilters = new GroupFilters(openTable, 'metric');
    this.resourcePolicies = openTable('logs.resource-policies');
    const options = { durability: 'buffered', values: 'disk' } as const;
    this.#streams = openTable('logs.streams', {
      ...options,
      lists: { of: ({ logGroupName }: LogStream) => [logGroupName], order: 'key' },
    });
    this.#events = openTable('logs.events', {
      ...options,
      lists: {
        of: ({ logGroupName, logStreamName }: LogEvent) => [
          logGroupName,
          streamKey(logGroupName, logStreamName),
        ],
        order: 'key',
        weigh: ({ message }: LogEvent) => Buffer.byteLength(message),
      },
    });
    this.#reserved = openTable('logs.arrivals', { durability: 'buffered' });
    this.#arrivals = this.#reserved.get(RESERVED) ?? lastArrival(this.#events.keys());
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
  }

  /** A group's streams by name. */
  streams(groupName: string): LogStream[] {
    return [...this.#streams.lists.read(groupName)].map(({ value }) => value);
  }

  deleteStream(groupName: string, streamName: string): void {
    const key = streamKey(groupName, streamName);
    this.#deleteEvents(key);
    this.#streams.delete(key);
  }

  deleteGroup(groupName: string): void {
    this.#deleteEvents(groupName);
    this.#streams.deleteAll(
      this.streams(groupName).map(({ logStreamName }) => streamKey(groupName, logStreamName)),
    );
    this.subscriptionFilters.deleteAllOf(groupName);
    this.metricFilters.deleteAllOf(groupName);
    this.resourcePolicies.delete(this.arn(groupName));
    this.groups.delete(groupName);
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
    const arrivals = this.#arrivals + kept.length;
    if (arrivals > (this.#reserved.get(RESERVED) ?? 0)) this.#reserved.set(RESERVED, arrivals + RESERVE);
    this.#events.setAll(kept.map((event) => [event.eventId, event]));
    this.#arrivals = arrivals;
    return kept;
  }

  /** A number that grows with each event. */
  get arrivals(): number {
    return this.#arrivals;
  }

  /** The bytes of a group's messages. */
  storedBytes(groupName: string): number {
    return this.#events.lists.total(groupName).weight;
  }

  /**
   * The events of a group, or of one of its streams, by id, without those that the group's retention has let go.
   * @param range of ids
   */
  *events(
    { groupName, streamName }: { readonly groupName: string; readonly streamName?: string },
    range: EventRange = {},
  ): Generator<LogEvent> {
    const { retentionInDays } = this.group(groupName);
    const oldest = retentionInDays === undefined ? '' : eventId(this.oldestKept(retentionInDays), 0);
    const { from = '' } = range;
    const list = streamName === undefined ? groupName : streamKey(groupName, streamName);
    const entries = this.#events.lists.read(list, { ...range, from: laterOf(from, oldest) });
    for (const { value } of entries) yield value;
  }

  /** The earliest timestamp, epoch milliseconds, that a retention of so many days keeps now. */
  oldestKept(retentionInDays: number): number {
    return Math.max(0, this.context.clock.now() - retentionInDays * 86_400_000);
  }

  #deleteEvents(list: string): void {
    this.#events.deleteAll([...this.#events.lists.read(list)].map(({ value }) => value.eventId));
  }
}

/** Names hold no colon, so that this is unambiguous. */
const streamKey = (groupName: string, streamName: string) => `${groupName}:${streamName}`;

/** An id that sorts as (timestamp, arrival) does; with arrival 0 it is before every event of that time. */
export const eventId = (timestamp: number, arrival: number) =>
  `${timestamp}`.padStart(20, '0') + `${arrival}`.padStart(36, '0');

/** The one of two ids, or places between events, that is later. */
export function laterOf(id: string, other: string): string {
  if (id < other) return other;
  return id;
}

/** The greatest number in the ids of events. */
function lastArrival(ids: Iterable<string>): number {
  let last = 0;
  for (const id of ids) last = Math.max(last, Number(id.slice(20)));
  return last;
}
