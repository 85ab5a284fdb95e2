import { streamKey } from './keys';

/**
 * Events of one stream that arrived together and have the same timestamp, as they are kept. Their ids follow each other, so that
 * the events of two blocks never mix. Of a million lines that a function writes, a few thousand objects remain: each object
 * costs memory, a write to the disk, and time of Node's garbage collector. Earlier versions kept each event as a block of one.
 */
export interface EventBlock {
  /** That of the last event: 56 digits, see `eventId`. */
  readonly eventId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** The stream's key (default: see `streamKey`). */
  readonly key?: string | undefined;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  /** Epoch milliseconds. */
  readonly ingestionTime: number;
  /** The messages, one after the other. */
  readonly message: string;
  /** Where the second message and those after it begin, in UTF-16 code units (default: there is one message). */
  readonly starts?: readonly number[] | undefined;
}

/** Ids of events: `from` is included, `before` is not. */
export interface EventRange {
  readonly from?: string;
  readonly before?: string;
  /** From the end to the beginning (default: false). */
  readonly reverse?: boolean;
}

/** One event of a block. A search looks at the messages of many events, and returns few. */
export class LogEvent {
  readonly message: string;
  readonly #block: EventBlock;
  readonly #index: number;

  constructor(block: EventBlock, index: number) {
    this.#block = block;
    this.#index = index;
    this.message = messageIn(block, index);
  }

  /** 56 digits: the timestamp, then a number that grows. Sorting by id is sorting by time, then by arrival. */
  get eventId(): string {
    const later = countOf(this.#block) - 1 - this.#index;
    return later === 0
      ? this.#block.eventId
      : eventId(this.timestamp, arrivalIn(this.#block.eventId) - later);
  }

  /** See `streamKey`. */
  get streamKey(): string {
    return streamKey(this.#block);
  }

  get logGroupName(): string {
    return this.#block.logGroupName;
  }

  get logStreamName(): string {
    return this.#block.logStreamName;
  }

  /** Epoch milliseconds. */
  get timestamp(): number {
    return this.#block.timestamp;
  }

  /** Epoch milliseconds. */
  get ingestionTime(): number {
    return this.#block.ingestionTime;
  }
}

function messageIn({ message, starts }: EventBlock, index: number): string {
  return starts === undefined ? message : message.slice(index === 0 ? 0 : starts[index - 1], starts[index]);
}

/** The events of a block. */
export const eventsIn = (block: EventBlock): LogEvent[] =>
  Array.from({ length: countOf(block) }, (_, index) => new LogEvent(block, index));

const ONLY_EVENT = [0, 1] as const;

/**
 * Which events of a block are in a range of ids: the index of the first one, and the index after the last one.
 * @param block one that has events in the range
 */
export function indexesIn(
  block: EventBlock,
  { from, before }: EventRange,
): readonly [first: number, end: number] {
  if (block.starts === undefined) return ONLY_EVENT;
  return [
    from === undefined ? 0 : indexOf(block, from),
    before === undefined ? countOf(block) : indexOf(block, before),
  ];
}

/** The index of the first event whose id is not before another one; the number of events, if all are before it. */
export function indexOf(block: EventBlock, id: string): number {
  const count = countOf(block);
  if (id > block.eventId) return count;
  if (timeIn(id) !== timeIn(block.eventId)) return 0;
  return Math.max(0, count - 1 - (arrivalIn(block.eventId) - arrivalIn(id)));
}

interface NewEvent {
  readonly timestamp: number;
  readonly message: string;
}

/** The size of a block, in characters, with so many for each event: to read one event from a disk, a whole block is read. */
const MOST_CHARACTERS = 16_384;
const EVENT_CHARACTERS = 32;

/**
 * Divides events, in order of time, into blocks.
 * @param about what the blocks have in common
 * @param arrivals the number of the event before the first one
 */
export function blocksOf(
  events: readonly NewEvent[],
  {
    logGroupName,
    logStreamName,
    key,
    ingestionTime,
  }: Pick<EventBlock, 'logGroupName' | 'logStreamName' | 'key' | 'ingestionTime'>,
  arrivals: number,
): EventBlock[] {
  const blocks: EventBlock[] = [];
  for (let first = 0, end = 0; first < events.length; first = end) {
    end = endOfBlock(events, first);
    const { timestamp } = events[first] as NewEvent;
    const messages = events.slice(first, end).map(({ message }) => message);
    blocks.push({
      eventId: eventId(timestamp, arrivals + end),
      logGroupName,
      logStreamName,
      key,
      timestamp,
      ingestionTime,
      message: messages.join(''),
      starts: startsOf(messages),
    });
  }
  return blocks;
}

function endOfBlock(events: readonly NewEvent[], first: number): number {
  const timestamp = events[first]?.timestamp;
  let characters = 0;
  for (let i = first; i < events.length; i++) {
    const event = events[i] as NewEvent;
    characters += event.message.length + EVENT_CHARACTERS;
    if (event.timestamp !== timestamp || (i > first && characters > MOST_CHARACTERS)) return i;
  }
  return events.length;
}

function startsOf(messages: readonly string[]): number[] | undefined {
  if (messages.length === 1) return undefined;
  let end = 0;
  return messages.slice(0, -1).map(({ length }) => {
    end += length;
    return end;
  });
}

const countOf = ({ starts }: EventBlock) => (starts?.length ?? 0) + 1;

const TIME_DIGITS = 20;
const ARRIVAL_DIGITS = 36;

/** An id that sorts as (timestamp, arrival) does; with arrival 0 it is before every event of that time. */
export const eventId = (timestamp: number, arrival: number) =>
  `${timestamp}`.padStart(TIME_DIGITS, '0') + arrivalDigits(arrival);

const arrivalDigits = (arrival: number) => `${arrival}`.padStart(ARRIVAL_DIGITS, '0');

/** Whether an id is that of a time, which is never between the events of a block. */
export const isTime = (id: string) => id.endsWith(arrivalDigits(0));

/** The digits of an id that are its timestamp. */
const timeIn = (id: string) => id.slice(0, TIME_DIGITS);

/** The number that an id ends with. */
export const arrivalIn = (id: string) => Number(id.slice(TIME_DIGITS));
