import type { HistoryEvent, JsonText } from './events';

/** The details of any event: the union of their members, each optional. */
export interface EventDetails {
  /** The state's name. */
  readonly name?: string;
  /** The state's name in EvaluationFailed. */
  readonly state?: string;
  /** A Map iteration's number, from 0. */
  readonly index?: number;
  readonly length?: number;
  /** A Lambda function's ARN, or an integration's action. */
  readonly resource?: string;
  readonly resourceType?: string;
  /** The worker that has taken an activity's task. */
  readonly workerName?: string;
  readonly input?: JsonText;
  readonly parameters?: JsonText;
  readonly output?: JsonText;
  /** The variables that the state assigned, by name. */
  readonly assignedVariables?: Readonly<Record<string, JsonText>>;
  readonly error?: string;
  readonly cause?: string;
}

/**
 * The name and the value of the member with the event's details; undefined for a type without details. In the events of
 * the AWS SDK, the timestamp is an object, too.
 */
export function detailsEntry(event: HistoryEvent): readonly [string, EventDetails] | undefined {
  for (const name in event) {
    const member: unknown = event[name as keyof HistoryEvent];
    if (typeof member === 'object' && member !== null && name.endsWith('EventDetails')) return [name, member];
  }
  return undefined;
}

/** The details of any event. */
export function eventDetails(event: HistoryEvent): EventDetails {
  return detailsEntry(event)?.[1] ?? {};
}
