import { detailsEntry } from '../../history/event-details';
import type { HistoryEvent } from '../../history/events';

export interface Included {
  readonly included: boolean;
}

/**
 * An execution's members, with its payloads unless `includedData` leaves them out (Step Functions API Reference,
 * DescribeExecution). Only a request that leaves them out reads an answer without them.
 */
export function dataMembers<T extends { readonly input: string; readonly output?: string }>(
  execution: T,
  includedData: 'ALL_DATA' | 'METADATA_ONLY' = 'ALL_DATA',
): T & { inputDetails: Included; outputDetails?: Included } {
  const included = includedData === 'ALL_DATA';
  const { input: _, output, ...others } = execution;
  return {
    ...((included ? execution : others) as T),
    inputDetails: { included },
    ...(output !== undefined && { outputDetails: { included } }),
  };
}

/** The members of events that `includeExecutionData` controls: payloads, and details about them. */
const payloadMembers = new Set([
  'input',
  'inputDetails',
  'output',
  'outputDetails',
  'parameters',
  'assignedVariables',
  'assignedVariablesDetails',
]);

/** Details without the payloads; errors and causes stay. */
export function withoutData(details: object): object {
  return Object.fromEntries(Object.entries(details).filter(([name]) => !payloadMembers.has(name)));
}

/** The event without its payloads, as `includeExecutionData: false` requests. */
export function withoutExecutionData(event: HistoryEvent): HistoryEvent {
  const found = detailsEntry(event);
  return found ? ({ ...event, [found[0]]: withoutData(found[1]) } as HistoryEvent) : event;
}
