import { gzipSync } from 'node:zlib';
import { type EventBlock, eventsIn, type LogEvent } from './event-block';
import { compileFilterPattern } from './filter-pattern';
import type { MessageFilter } from './filter-regex';
import type { SubscriptionFilter } from './records';
import type { LogStore } from './store';

/** Where subscription filters deliver events to. */
export interface SubscriptionDestinations {
  readonly isFunction: (arn: string) => boolean;
  /** Whether the function's policy lets CloudWatch Logs invoke it for a log group. */
  readonly mayInvoke: (functionArn: string, logGroupArn: string) => boolean;
  /** The log group of a function; undefined when the function does not exist. */
  readonly logGroupOf: (functionArn: string) => string | undefined;
  /** Invokes the function asynchronously. */
  readonly invoke: (functionArn: string, payload: string) => Promise<unknown>;
}

/** The largest payload of an asynchronous invocation that AWS delivers, in bytes, less what surrounds the data. */
const MAX_DATA = 262_144 - 64;

/**
 * Delivers new events of a stream to the functions of its subscription filters, each batch as base64 of gzip of JSON (CloudWatch
 * Logs User Guide, "Log group-level subscription filters").
 * @param writer the function whose log the events are
 */
export function deliverEvents(
  store: LogStore,
  destinations: SubscriptionDestinations,
  blocks: readonly EventBlock[],
  writer?: string,
): void {
  const [first] = blocks;
  if (first === undefined) return;
  for (const filter of store.subscriptionFilters.of(first.logGroupName)) {
    if (!destinations.isFunction(filter.destinationArn)) continue;
    const matches = matcherOf(filter);
    const wanted = blocks.flatMap(eventsIn).filter(({ message }) => matches(message));
    if (wanted.length === 0) continue;
    const problem = problemOf(store, destinations, filter, writer);
    if (problem !== undefined) warn(filter, problem);
    else deliver(store, destinations, filter, wanted);
  }
}

const matchers = new WeakMap<SubscriptionFilter, MessageFilter>();

function matcherOf(filter: SubscriptionFilter): MessageFilter {
  const matcher = matchers.get(filter) ?? compileFilterPattern(filter.filterPattern);
  matchers.set(filter, matcher);
  return matcher;
}

function problemOf(
  store: LogStore,
  destinations: SubscriptionDestinations,
  { destinationArn, logGroupName }: SubscriptionFilter,
  writer: string | undefined,
): string | undefined {
  if (!destinations.mayInvoke(destinationArn, store.arn(logGroupName))) {
    return "the function's policy does not let logs.amazonaws.com invoke it";
  }
  return writer !== undefined && leadsTo(store, destinations, destinationArn, writer)
    ? `these are lines of the function ${writer}, which the delivery would lead to again, without end`
    : undefined;
}

/** Whether an invocation of a function leads to lines of another function's log: it is that one, or its own lines are delivered. */
function leadsTo(
  store: LogStore,
  destinations: SubscriptionDestinations,
  destinationArn: string,
  writer: string,
): boolean {
  const reached = new Set([destinationArn]);
  for (const arn of reached) {
    if (functionName(arn) === writer) return true;
    const group = destinations.logGroupOf(arn);
    if (group === undefined) continue;
    for (const next of store.subscriptionFilters.of(group)) {
      if (destinations.isFunction(next.destinationArn)) reached.add(next.destinationArn);
    }
  }
  return false;
}

const functionName = (arn: string) => arn.split(':')[6];

function deliver(
  store: LogStore,
  destinations: SubscriptionDestinations,
  filter: SubscriptionFilter,
  events: readonly LogEvent[],
): void {
  const { logGroupName } = filter;
  const [{ logStreamName }] = events as [LogEvent];
  const data = gzipSync(
    JSON.stringify({
      messageType: 'DATA_MESSAGE',
      owner: store.context.accountId,
      logGroup: logGroupName,
      logStream: logStreamName,
      subscriptionFilters: [filter.filterName],
      logEvents: events.map(({ eventId: id, timestamp, message }) => ({ id, timestamp, message })),
    }),
  ).toString('base64');
  if (data.length > MAX_DATA && events.length > 1) {
    const half = events.length >> 1;
    deliver(store, destinations, filter, events.slice(0, half));
    deliver(store, destinations, filter, events.slice(half));
    return;
  }
  destinations
    .invoke(filter.destinationArn, JSON.stringify({ awslogs: { data } }))
    .catch((error) => warn(filter, error instanceof Error ? error.message : String(error)));
}

const warned = new WeakMap<SubscriptionFilter, string>();

/** Once for each reason. */
function warn(filter: SubscriptionFilter, problem: string): void {
  if (warned.get(filter) === problem) return;
  warned.set(filter, problem);
  const { filterName, logGroupName, destinationArn } = filter;
  process.emitWarning(
    `The subscription filter ${filterName} of ${logGroupName} did not deliver to ${destinationArn}: ${problem}.`,
  );
}
