import { eventDetails } from '../../history/event-details';
import type { HistoryEvent } from '../../history/events';
import { StorageError } from '../storage-error';
import type { Table } from '../table';
import type { ExecutionRecord, HistoryPlace, WrittenHistory } from './records';
import { readHistory } from './written-history';

/** Pieces of histories, by execution and number of their last event. */
export type PieceTable = Table<readonly HistoryEvent[]>;

/** A piece is written when it has so much text, in characters: memory holds no more of a running execution's history. */
const PIECE_SIZE = 262_144;
/** What an event counts for in addition to its texts. */
const EVENT_OVERHEAD = 200;

/**
 * The history of a running execution, written in pieces as it grows. Where there is no space for a piece, its events stay
 * in memory and are tried again with the next ones.
 */
export class GrowingHistory implements HistoryPlace {
  readonly #table: PieceTable;
  readonly #execution: Pick<ExecutionRecord, 'executionArn' | 'startDate'>;
  readonly pieces: number[];
  events: HistoryEvent[];
  /** The newest event, wherever it is. */
  newest: HistoryEvent | undefined;
  #size = 0;

  /** @param earlier the history before a redrive */
  constructor(
    table: PieceTable,
    execution: Pick<ExecutionRecord, 'executionArn' | 'startDate'>,
    earlier?: WrittenHistory,
  ) {
    this.#table = table;
    this.#execution = execution;
    const { pieces, events } = earlier ? readHistory(earlier) : { pieces: [], events: [] };
    this.pieces = [...pieces];
    this.events = [...events];
    for (const event of events) this.#size += sizeOf(event);
  }

  add(event: HistoryEvent): void {
    this.events.push(event);
    this.newest = event;
    this.#size += sizeOf(event);
    // A redrive reads from a piece in which state the execution was: a state is left and the next one entered in one piece.
    if (this.#size >= PIECE_SIZE && !event.type.endsWith('StateExited')) this.#write();
  }

  /** Deletes what was written. */
  discard(): void {
    if (this.pieces.length > 0)
      this.#table.deleteAll(this.pieces.map((end) => pieceKey(this.#execution, end)));
  }

  #write(): void {
    this.#size = 0;
    const end = lengthOf(this);
    try {
      this.#table.set(pieceKey(this.#execution, end), this.events);
      this.pieces.push(end);
      this.events = [];
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
    }
  }
}

/** The most pieces that one page shows: some megabytes of payloads are read and written in one turn of the event loop. */
const MOST_PIECES = 8;

/**
 * How many events of a history one page shows: those from its first place, counted from 0, to before its last one, unless
 * they are in too many pieces.
 * @param reverse whether the page begins with the last one
 */
export function pageLength(
  { pieces }: Pick<HistoryPlace, 'pieces'>,
  from: number,
  to: number,
  reverse: boolean,
): number {
  if (reverse) {
    const last = pieces.findIndex((end) => end >= to);
    const start = pieces[(last === -1 ? pieces.length : last) - MOST_PIECES] ?? 0;
    return to - Math.max(from, start);
  }
  const first = pieces.findIndex((end) => end > from);
  const end = first === -1 ? to : (pieces[first + MOST_PIECES - 1] ?? to);
  return Math.min(to, end) - from;
}

export const lengthOf = (history: HistoryPlace | WrittenHistory): number =>
  (history.pieces.at(-1) ?? 0) + ('text' in history ? history.count : history.events.length);

/** Events from one place of a history, counted from 0, to before another. Only the pieces that hold them are read. */
export function readEvents(
  table: PieceTable,
  execution: Pick<ExecutionRecord, 'executionArn' | 'startDate'>,
  history: HistoryPlace | WrittenHistory,
  from: number,
  to: number,
): HistoryEvent[] {
  const { pieces, events } = readHistory(history);
  if (pieces.length === 0) return events.slice(from, to);
  const parts = pieces.map((end, i) => ({
    start: pieces[i - 1] ?? 0,
    end,
    read: () => {
      const piece = table.get(pieceKey(execution, end));
      if (piece === undefined) throw incomplete(execution.executionArn);
      return piece;
    },
  }));
  const start = pieces.at(-1) ?? 0;
  return [...parts, { start, end: start + events.length, read: () => events }]
    .filter((part) => part.start < to && part.end > from)
    .flatMap((part) => part.read().slice(Math.max(0, from - part.start), to - part.start));
}

/** The start tells an execution from another one of its name, whose state machine was deleted. */
export const piecePrefix = ({
  executionArn,
  startDate,
}: Pick<ExecutionRecord, 'executionArn' | 'startDate'>) => `${executionArn}/${startDate}/`;

const pieceKey = (execution: Pick<ExecutionRecord, 'executionArn' | 'startDate'>, end: number) =>
  piecePrefix(execution) + end;

/** For an account some records of which are missing. */
export const incomplete = (executionArn: string) =>
  new StorageError('StorageFailure', `The account is damaged: a part of ${executionArn} is missing.`);

/** What an event counts for, in characters. */
export function sizeOf(event: HistoryEvent): number {
  let size = EVENT_OVERHEAD;
  const details = eventDetails(event) as Readonly<Record<string, unknown>>;
  for (const name in details) {
    const value = details[name];
    if (typeof value === 'string') size += value.length;
  }
  return size;
}
