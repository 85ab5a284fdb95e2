import type { HistoryEvent, HistoryEventType } from '../../history/events';
import { HistoryLimitError, ThreadStopped } from './errors';
import type { Clock } from './services';

/** An execution ends with its event number 25,000 (Step Functions Developer Guide, "Avoid reaching the history quota"). */
export const MAX_EVENTS = 25_000;

/** Payloads in a local history are never truncated. */
export const WHOLE = { truncated: false } as const;

/** The details of an event of this type. */
export type EventDetails<T extends HistoryEventType> = Omit<
  HistoryEvent<T>,
  'timestamp' | 'type' | 'id' | 'previousEventId'
>;

/** The event types without details. */
export type BareEventType = {
  [T in HistoryEventType]: Record<never, never> extends EventDetails<T> ? T : never;
}[HistoryEventType];

/** Numbers the events of one execution, and keeps them if it is to. */
export class HistoryWriter {
  readonly events: HistoryEvent[];
  readonly #clock: Clock;
  readonly #onEvent: ((event: HistoryEvent) => void) | undefined;
  readonly #keepEvents: boolean;
  #count: number;
  #sealed = false;

  /** @param earlier the events before a redrive */
  constructor(
    clock: Clock,
    onEvent: ((event: HistoryEvent) => void) | undefined,
    keepEvents = true,
    earlier: readonly HistoryEvent[] = [],
  ) {
    this.events = keepEvents ? [...earlier] : [];
    this.#count = earlier.length;
    this.#clock = clock;
    this.#onEvent = onEvent;
    this.#keepEvents = keepEvents;
  }

  /**
   * Writes one event and returns its id.
   * @throws HistoryLimitError when there is space only for the event that ends the execution
   * @throws ThreadStopped when the execution has ended
   */
  write<T extends HistoryEventType>(type: T, previousEventId: number, details?: EventDetails<T>): number {
    if (this.#sealed) throw new ThreadStopped();
    if (this.full) throw new HistoryLimitError(MAX_EVENTS);
    return this.#append(type, previousEventId, details);
  }

  /** Writes the event that ends the execution; nothing is written after it. */
  end<T extends HistoryEventType>(type: T, previousEventId: number, details: EventDetails<T>): void {
    this.#append(type, previousEventId, details);
    this.#sealed = true;
  }

  /** Whether there is space only for the event that ends the execution. */
  get full(): boolean {
    return this.#count >= MAX_EVENTS - 1;
  }

  get sealed(): boolean {
    return this.#sealed;
  }

  #append<T extends HistoryEventType>(
    type: T,
    previousEventId: number,
    details: EventDetails<T> | undefined,
  ): number {
    const id = ++this.#count;
    const event = {
      timestamp: this.#clock.now(),
      type,
      id,
      previousEventId,
      ...details,
    } as unknown as HistoryEvent;
    if (this.#keepEvents) this.events.push(event);
    this.#onEvent?.(event);
    return id;
  }
}
