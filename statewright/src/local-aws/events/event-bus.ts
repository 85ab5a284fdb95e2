import { type Json, parseJson, stringifyJson } from '../../engine/data';
import { reasonOf, type UpstreamServices } from '../../integrations/upstream-services';
import type { AccountContext } from '../account-context';
import type { OpenTable, Table } from '../table';
import { compileEventPattern, type EventPattern } from './event-pattern';
import { busName, type EventRule } from './event-rule';
import type { DeliverEvent } from './target-delivery';

/** An entry of PutEvents. */
interface EventEntry {
  readonly Source?: unknown;
  readonly DetailType?: unknown;
  /** JSON text, or an object that Step Functions turns into it. */
  readonly Detail?: unknown;
  readonly Resources?: unknown;
  readonly EventBusName?: unknown;
  /** Epoch seconds, ISO 8601 text or a Date. */
  readonly Time?: unknown;
}

/** What EventBridge answered for an entry: it has an id, if it was accepted. */
interface EntryResult {
  readonly EventId?: unknown;
}

/**
 * The part of EventBridge that this account has: the targets in this account of the rules of one region. The upstream has
 * the buses, the rules, and all other targets.
 */
export class EventBus {
  /** By `bus/name`. */
  readonly rules: Table<EventRule>;
  readonly context: AccountContext;
  readonly upstream: UpstreamServices | undefined;
  readonly #deliver: DeliverEvent;
  readonly #patterns = new Map<string, EventPattern>();
  #warned = false;
  #closed = false;

  constructor(
    context: AccountContext,
    openTable: OpenTable,
    upstream: UpstreamServices | undefined,
    deliver: DeliverEvent,
  ) {
    this.context = context;
    this.rules = openTable('events.rules');
    this.upstream = upstream;
    this.#deliver = deliver;
  }

  /** Delivers the events that the upstream has accepted to the targets in this account. */
  accepted(entries: unknown, results: unknown): void {
    if (!Array.isArray(entries) || !Array.isArray(results) || this.#closed) return;
    const rules = [...this.rules.values()].filter(
      ({ enabled, pattern, targets }) => enabled && pattern !== undefined && targets.length > 0,
    );
    if (rules.length === 0) return;
    for (const [index, entry] of (entries as EventEntry[]).entries()) {
      const id = (results[index] as EntryResult | undefined)?.EventId;
      if (typeof id === 'string') this.#match(rules, entry, id);
    }
  }

  /**
   * Puts an event of a service of this account on the default bus. The real AWS takes no such events from others: there,
   * only the targets in this account receive it.
   */
  async put(entry: EventEntry): Promise<void> {
    const upstream = this.upstream?.find('events');
    if (upstream === undefined || this.#closed) return;
    try {
      if (upstream.endpoint !== 'aws') {
        await this.upstream?.call('events', 'PutEvents', { Entries: [entry] });
        return;
      }
    } catch (error) {
      this.#warnOnce(entry, reasonOf(error));
    }
    this.accepted([entry], [{ EventId: this.context.uuid() }]);
  }

  close(): void {
    this.#closed = true;
  }

  #warnOnce({ DetailType }: EventEntry, reason: string): void {
    if (this.#warned || this.#closed) return;
    this.#warned = true;
    process.emitWarning(`EventBridge did not take the event "${String(DetailType)}": ${reason}`);
  }

  #match(rules: readonly EventRule[], entry: EventEntry, id: string): void {
    const bus = busName(entry.EventBusName);
    const text = this.#eventText(entry, id);
    const event = parseJson(text);
    for (const rule of rules) {
      if (rule.bus !== bus || !this.#patternOf(rule.pattern ?? '{}')(event)) continue;
      for (const target of rule.targets) this.#deliver({ id, text }, target, rule);
    }
  }

  #patternOf(text: string): EventPattern {
    let pattern = this.#patterns.get(text);
    if (pattern === undefined) {
      pattern = compileEventPattern(text);
      this.#patterns.set(text, pattern);
    }
    return pattern;
  }

  /** The event as targets receive it; the detail's text is unchanged. */
  #eventText({ Source, DetailType, Detail, Resources = [], Time }: EventEntry, id: string): string {
    const { accountId, region, clock } = this.context;
    const head = JSON.stringify({
      version: '0',
      id,
      'detail-type': DetailType,
      source: Source,
      account: accountId,
      time: new Date(timeOf(Time) ?? clock.now()).toISOString().replace(/\.\d+Z$/, 'Z'),
      region,
      resources: Resources,
    });
    const detail = typeof Detail === 'string' ? Detail : stringifyJson((Detail ?? {}) as Json);
    return `${head.slice(0, -1)},"detail":${detail}}`;
  }
}

/** Epoch milliseconds. */
function timeOf(time: unknown): number | undefined {
  if (typeof time === 'number') return time * 1000;
  const value = time instanceof Date ? time.getTime() : Date.parse(String(time));
  return Number.isNaN(value) ? undefined : value;
}
