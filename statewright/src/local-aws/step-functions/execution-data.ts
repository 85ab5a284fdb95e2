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

/**
 * The member of an event that holds its details, the only one that is an object, and its name; undefined for an event
 * without details.
 */
export function detailsOf(event: HistoryEvent): [name: string, details: object] | undefined {
  for (const name in event) {
    const member: unknown = event[name as keyof HistoryEvent];
    if (typeof member === 'object' && member !== null) return [name, member];
  }
  return undefined;
}

/** Details without the payloads; errors and causes stay. */
export function withoutData(details: object): object {
  return Object.fromEntries(Object.entries(details).filter(([name]) => !payloadMembers.has(name)));
}

/** The event without its payloads, as `includeExecutionData: false` requests. */
export function withoutExecutionData(event: HistoryEvent): HistoryEvent {
  const found = detailsOf(event);
  return found ? ({ ...event, [found[0]]: withoutData(found[1]) } as HistoryEvent) : event;
}
