import { detailsEntry } from '../../history/event-details';
import type { HistoryEvent } from '../../history/events';
import type { TextForm } from '../table';
import type { ExecutionDetails, HistoryPlace, WrittenHistory } from './records';

/** Events as the API writes them: a JSON array, with times in epoch seconds. */
export const eventsText = (events: readonly HistoryEvent[]): string => `[${events.map(eventText).join(',')}]`;

/** Written member by member: to copy an event, with another time, takes half as long as all else. */
function eventText(event: HistoryEvent): string {
  const { timestamp, type, id, previousEventId } = event;
  const details = detailsEntry(event);
  const text = `{"timestamp":${timestamp / 1000},"type":"${type}","id":${id},"previousEventId":${previousEventId}`;
  return details ? `${text},"${details[0]}":${JSON.stringify(details[1])}}` : `${text}}`;
}

/** Writes a history whose execution has ended. */
export function writtenHistory({ pieces, events }: HistoryPlace): WrittenHistory {
  const text = eventsText(events);
  // V8 has a large string in parts until its characters are read: kept in parts, it takes twice the memory.
  text.charCodeAt(0);
  return { pieces: [...pieces], text, count: events.length };
}

/** The events that are not in pieces. Accounts on disk may have the histories of older executions as events. */
export function readHistory(history: WrittenHistory | HistoryPlace): HistoryPlace {
  if ('events' in history) return history;
  const written = JSON.parse(history.text) as readonly HistoryEvent[];
  return {
    pieces: history.pieces,
    events: written.map((event) => ({ ...event, timestamp: toMilliseconds(event.timestamp) })),
  };
}

/** How details are kept as text in memory: the text of the history follows them, unchanged, and is not written again. */
export const detailsText: TextForm<ExecutionDetails> = {
  write: ({ history, ...details }) => {
    if (history === undefined) return JSON.stringify(details);
    const { text, ...place } = history;
    return `${JSON.stringify({ ...details, history: place })}\n${text}`;
  },
  read: (kept) => {
    const end = kept.indexOf('\n');
    if (end < 0) return JSON.parse(kept);
    const details = JSON.parse(kept.slice(0, end));
    return { ...details, history: { ...details.history, text: kept.slice(end + 1) } };
  },
};

/** A division and its inverse may differ in the last digits. */
const toMilliseconds = (seconds: number) => Math.round(seconds * 1e6) / 1e3;
