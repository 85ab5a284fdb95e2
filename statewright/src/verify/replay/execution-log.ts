import type { HistoryEvent } from '../../history/events';
import { isObject } from '../../is-object';
import { parsedJson } from '../../parsed-json';
import type { RecordedExecution } from './recorded-execution';

/**
 * The executions in lines of an execution log (Step Functions Developer Guide, "Using CloudWatch Logs to log execution
 * history"). A line may have something before the JSON, such as the time that `aws logs tail` prints. Lines that are
 * not events of an execution are left out; an execution's lines may be in any order.
 */
export function executionsInLog(lines: readonly string[]): RecordedExecution[] {
  const byArn = new Map<string, HistoryEvent[]>();
  for (const line of lines) {
    const logged = eventIn(line);
    if (logged === undefined) continue;
    const events = byArn.get(logged.executionArn) ?? [];
    byArn.set(logged.executionArn, events);
    events.push(logged.event);
  }
  return [...byArn].map(([executionArn, events]) => ({
    name: executionArn.split(':').slice(7).join(':'),
    executionArn,
    events: events.sort((a, b) => a.id - b.id),
  }));
}

function eventIn(line: string): { readonly executionArn: string; readonly event: HistoryEvent } | undefined {
  const entry = parsedJson(line.slice(Math.max(0, line.indexOf('{'))));
  if (!isObject(entry) || typeof entry.execution_arn !== 'string' || typeof entry.type !== 'string') {
    return undefined;
  }
  const { type, details = {} } = entry;
  const event = {
    timestamp: Number(entry.event_timestamp),
    type,
    id: Number(entry.id),
    previousEventId: Number(entry.previous_event_id),
    [detailsName(type)]: details,
  };
  return { executionArn: entry.execution_arn, event: event as unknown as HistoryEvent };
}

/** The member of GetExecutionHistory's events that has the details of this type. */
function detailsName(type: string): string {
  const [, what] = /State(Entered|Exited)$/.exec(type) ?? [];
  if (what !== undefined) return `state${what}EventDetails`;
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}
