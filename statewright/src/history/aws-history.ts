import { invalidJson } from '../json-fault';
import { UserError } from '../user-error';
import { detailsEntry } from './event-details';
import type { HistoryEvent } from './events';

/** The members of all event details, in one order that agrees with every shape in the Step Functions API. */
const MEMBER_ORDER = [
  'name',
  'index',
  'length',
  'resourceType',
  'resource',
  'region',
  'parameters',
  'input',
  'inputDetails',
  'roleArn',
  'output',
  'outputDetails',
  'assignedVariables',
  'assignedVariablesDetails',
  'error',
  'cause',
  'location',
  'state',
  'timeoutInSeconds',
  'heartbeatInSeconds',
  'taskCredentials',
  'mapRunArn',
  'redriveCount',
];

/**
 * A history as `aws stepfunctions get-execution-history` (AWS CLI v2) prints it: JSON indented by four, members in the
 * API's order, timestamps in ISO 8601 with an offset.
 */
export function toAwsHistoryJson(events: readonly HistoryEvent[]): string {
  return JSON.stringify({ events: events.map(toAwsEvent) }, null, 4);
}

function toAwsEvent(event: HistoryEvent): object {
  const { timestamp, type, id, previousEventId } = event;
  const details = detailsEntry(event);
  return {
    timestamp: isoTimestamp(timestamp),
    type,
    id,
    previousEventId,
    ...(details && { [details[0]]: inMemberOrder(details[1]) }),
  };
}

function inMemberOrder(details: object): object {
  const position = ([member]: [string, unknown]) => MEMBER_ORDER.indexOf(member);
  return Object.fromEntries(Object.entries(details).sort((a, b) => position(a) - position(b)));
}

/** As the CLI writes it (Python's `isoformat`): six digits for the fraction of a second, or none when it is zero. */
function isoTimestamp(epochMilliseconds: number): string {
  const [seconds, fraction] = new Date(epochMilliseconds).toISOString().slice(0, -1).split('.');
  return fraction === '000' ? `${seconds}+00:00` : `${seconds}.${fraction}000+00:00`;
}

/** The text is not an execution history as the AWS CLI or this project prints it. */
export class HistoryFormatError extends UserError {
  override readonly name = 'HistoryFormatError';

  constructor(problem: string) {
    super(problem, '`aws stepfunctions get-execution-history --execution-arn ARN --output json` prints one.');
  }
}

/**
 * Parses the output of `aws stepfunctions get-execution-history`: timestamps in ISO 8601, or in seconds as version 1 of
 * the CLI writes them. Throws a HistoryFormatError for anything else.
 */
export function parseAwsHistoryJson(text: string): HistoryEvent[] {
  const { events } = parseObject(text);
  if (!Array.isArray(events)) {
    throw new HistoryFormatError('This is not an execution history: it has no list of events under "events"');
  }
  return events.map((event, index) => {
    const timestamp = epochMilliseconds(event?.timestamp);
    const isEvent = typeof event?.type === 'string' && Number.isInteger(event.id) && !Number.isNaN(timestamp);
    if (!isEvent) {
      throw new HistoryFormatError(`/events/${index} is not an event: it needs timestamp, type and id`);
    }
    return { previousEventId: 0, ...event, timestamp };
  });
}

function parseObject(text: string): { readonly events?: unknown } {
  const problem = invalidJson('The execution history', text);
  if (problem) throw new HistoryFormatError(problem);
  return JSON.parse(text) ?? {};
}

function epochMilliseconds(timestamp: unknown): number {
  return typeof timestamp === 'number' ? timestamp * 1000 : Date.parse(String(timestamp));
}
