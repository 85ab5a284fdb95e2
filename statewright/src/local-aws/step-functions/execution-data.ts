import type { HistoryEvent } from '../../history/events';

/** The members that `includeExecutionData` controls: payloads, and details about them. */
const dataMembers = new Set([
  'input',
  'inputDetails',
  'output',
  'outputDetails',
  'parameters',
  'assignedVariables',
  'assignedVariablesDetails',
]);

/** The member of an event that holds its details, and its name; undefined for an event without details. */
export function detailsOf(event: HistoryEvent): [name: string, details: object] | undefined {
  return Object.entries(event).find((entry): entry is [string, object] => entry[0].endsWith('EventDetails'));
}

/** Details without the payloads; errors and causes stay. */
export function withoutData(details: object): object {
  return Object.fromEntries(Object.entries(details).filter(([name]) => !dataMembers.has(name)));
}

/** The event without its payloads, as `includeExecutionData: false` requests. */
export function withoutExecutionData(event: HistoryEvent): HistoryEvent {
  const found = detailsOf(event);
  return found ? ({ ...event, [found[0]]: withoutData(found[1]) } as HistoryEvent) : event;
}
