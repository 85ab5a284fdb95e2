import type { AccountContext } from '../account-context';
import { AwsError } from '../aws-error';
import type { Place } from '../lists';
import type { OpenTable, Table } from '../table';
import { type Deleted, Erasures } from './erasures';
import {
  arrivalIn,
  blocksOf,
  type EventBlock,
  type EventRange,
  eventId,
  indexesIn,
  indexOf,
  isTime,
  LogEvent,
} from './event-block';
import { GroupFilters } from './group-filters';
import { groupKey, groupKeyIn, streamKey, streamPlace } from './keys';
import type {
  LogGroup,
  LogStream,
  MetricFilter,
  QueryDefinition,
  ResourcePolicy,
  SubscriptionFilter,
} from './records';

/** The only key of the table of arrivals, and how many are reserved at once. */
const RESERVED = 'reserved';
const RESERVE = 100_000;

/** How many records are erased at once: on a disk, that takes some milliseconds. */
const ERASED_AT_ONCE = 20;

/** What every subject of the logs service works on. */
export class LogStore {
  readonly groups: Table<LogGroup>;
  readonly subscriptionFilters: GroupFilters<SubscriptionFilter>;
  readonly metricFilters: GroupFilters<MetricFilter>;
  /** By name, or by the ARN of the log group. */
  readonly resourcePolicies: Table<ResourcePolicy>;
  /** By id. */
  readonly queryDefinitions: Table<QueryDefinition>;
  /** By the group's key and the stream's name; in a list of the group's key. */
  readonly #streams: Table<LogStream>;
  /** By the id of the last event; in lists of the group's key and the stream's key. */
  readonly #blocks: Table<EventBlock>;
  readonly #erasures: Erasures;
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
    this.queryDefinitions = openTable('logs.query-definitions');
    const options = { durability: 'buffered', values: 'disk' } as const;
    this.#streams = openTable('logs.streams', {
      ...options,
      lists: { of: (stream: LogStream) => [groupKeyIn(streamKey(stream))], order: 'key' },
    });
    this.#blocks = openTable('logs.events', {
      ...options,
      lists: {
        of: (block: EventBlock) => [groupKeyIn(streamKey(block)), streamKey(block)],
        order: 'key',
        weigh: ({ message }: EventBlock) => Buffer.byteLength(message),
      },
    });
    this.#reserved = openTable('logs.arrivals', { durability: 'buffered' });
    this.#arrivals = this.#reserved.get(RESERVED) ?? lastArrival(this.#blocks.keys());
    this.#erasures = new Erasures(openTable, context.clock, {
      remove: (...deleted) => this.#remove(...deleted),
      eraseSome: (key) => this.#eraseSome(key),
    });
    this.#erasures.run();
  }

  group(name: string): LogGroup {
    const group = this.groups.get(name);
    if (!group) throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    return group;
  }

  addGroup(group: Omit<LogGroup, 'key'>): void {
    const { logGroupName } = group;
    const key = this.#erasures.unusedKey(logGroupName);
    this.groups.set(logGroupName, { ...group, ...(key !== groupKey(group) && { key }) });
  }

  /** The ARN of a group, or of one of its streams. */
  arn(groupName: string, streamName?: string): string {
    const group = `arn:aws:logs:${this.context.region}:${this.context.accountId}:log-group:${groupName}`;
    return streamName === undefined ? group : `${group}:log-stream:${streamName}`;
  }

  findStream(groupName: string, streamName: string): LogStream | undefined {
    return this.#streams.get(streamPlace(this.group(groupName), streamName));
  }

  stream(groupName: string, streamName: string): LogStream {
    const stream = this.findStream(groupName, streamName);
    if (!stream) throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
    return stream;
  }

  addStream(stream: Omit<LogStream, 'key'>): void {
    const place = streamPlace(this.group(stream.logGroupName), stream.logStreamName);
    const key = this.#erasures.unusedKey(place);
    this.#streams.set(place, { ...stream, ...(key !== streamKey(stream) && { key }) });
  }

  /** A group's streams by name. */
  streams(groupName: string): LogStream[] {
    return [...this.#streams.lists.read(groupKey(this.group(groupName)))].map(({ value }) => value);
  }

  /** Deletes a stream. Its events are no longer found from then on; they are erased in turns of the event loop. */
  deleteStream(stream: LogStream): void {
    const { logGroupName, logStreamName } = stream;
    this.#erasures.add(streamKey(stream), { logGroupName, logStreamName });
  }

  /** Deletes a group and all that belongs to it, as `deleteStream` does. */
  deleteGroup(group: LogGroup): void {
    const { logGroupName } = group;
    this.#erasures.add(groupKey(group), { logGroupName });
  }

  /** Adds events to a stream, all or none, and returns them as they are kept. */
  addEvents(
    { creationTime: _, ...stream }: LogStream,
    events: readonly { readonly timestamp: number; readonly message: string }[],
  ): readonly EventBlock[] {
    const ingestionTime = this.context.clock.now();
    const blocks = blocksOf(events, { ...stream, ingestionTime }, this.#arrivals);
    const arrivals = this.#arrivals + events.length;
    if (arrivals > (this.#reserved.get(RESERVED) ?? 0)) this.#reserved.set(RESERVED, arrivals + RESERVE);
    this.#blocks.setAll(blocks.map((block) => [block.eventId, block]));
    this.#arrivals = arrivals;
    return blocks;
  }

  /** A number that grows with each event. */
  get arrivals(): number {
    return this.#arrivals;
  }

  /** The bytes of a group's messages. */
  storedBytes(group: LogGroup): number {
    return this.#blocks.lists.total(groupKey(group)).weight;
  }

  /**
   * The events of a group, or of one of its streams, by id, without those that the group's retention has let go. Those of a group
   * include events of deleted streams, see `erasedKeys`.
   * @param range of ids
   */
  *events(
    { groupName, streamName }: { readonly groupName: string; readonly streamName?: string },
    { from = '', before, reverse = false }: EventRange = {},
  ): Generator<LogEvent> {
    const group = this.group(groupName);
    const oldest =
      group.retentionInDays === undefined ? '' : eventId(this.oldestKept(group.retentionInDays), 0);
    const list = streamName === undefined ? groupKey(group) : streamKey(this.stream(groupName, streamName));
    const range = { from: laterOf(from, oldest), ...(before !== undefined && { before }) };
    const places = {
      ...range,
      ...(before !== undefined && { before: this.#placeAfter(list, before) }),
      reverse,
    };
    for (const { value: block } of this.#blocks.lists.read(list, places)) {
      const [first, end] = indexesIn(block, range);
      if (reverse) for (let i = end - 1; i >= first; i--) yield new LogEvent(block, i);
      else for (let i = first; i < end; i++) yield new LogEvent(block, i);
    }
  }

  /** The keys of deleted streams whose events are still to be erased, among others. */
  get erasedKeys(): ReadonlySet<string> {
    return this.#erasures.keys;
  }

  /** The earliest timestamp, epoch milliseconds, that a retention of so many days keeps now. */
  oldestKept(retentionInDays: number): number {
    return Math.max(0, this.context.clock.now() - retentionInDays * 86_400_000);
  }

  /** Ends what runs in the background. */
  close(): void {
    this.#erasures.close();
  }

  /** The first place in a list whose block has no event before an id. A block's place is the id of its last event. */
  #placeAfter(list: string, id: string): Place {
    if (isTime(id)) return id;
    const [entry] = this.#blocks.lists.read(list, { from: id });
    return entry && indexOf(entry.value, id) > 0 ? `${entry.place}\0` : id;
  }

  /** See `Eraser`. */
  #remove(key: string, { logGroupName, logStreamName }: Deleted): void {
    const group = this.groups.get(logGroupName);
    if (group === undefined) return;
    if (logStreamName !== undefined) {
      const stream = this.findStream(logGroupName, logStreamName);
      if (stream && streamKey(stream) === key) this.#streams.delete(streamPlace(group, logStreamName));
    } else if (groupKey(group) === key) {
      this.subscriptionFilters.deleteAllOf(logGroupName);
      this.metricFilters.deleteAllOf(logGroupName);
      this.resourcePolicies.delete(this.arn(logGroupName));
      this.groups.delete(logGroupName);
    }
  }

  /** Erases the last events, or streams, of a deleted group or stream. */
  #eraseSome(key: string): boolean {
    const blocks = lastOf(this.#blocks, key).map(({ eventId }) => eventId);
    const streams = lastOf(this.#streams, key).map(({ logStreamName }) => `${key}:${logStreamName}`);
    this.#blocks.deleteAll(blocks);
    this.#streams.deleteAll(streams);
    return blocks.length + streams.length > 0;
  }
}

/** As many of the last records in a list as are erased at once: at its end, a list in memory is shortened at the least cost. */
function lastOf<T>(table: Table<T>, list: string): T[] {
  const last: T[] = [];
  for (const { value } of table.lists.read(list, { reverse: true })) {
    if (last.push(value) === ERASED_AT_ONCE) break;
  }
  return last;
}

/** The one of two ids, or places between events, that is later. */
export function laterOf(id: string, other: string): string {
  if (id < other) return other;
  return id;
}

/** The greatest number in the ids of events. */
function lastArrival(ids: Iterable<string>): number {
  let last = 0;
  for (const id of ids) last = Math.max(last, arrivalIn(id));
  return last;
}
