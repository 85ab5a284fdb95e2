import { eventDetails } from '../history/event-details';
import type { HistoryEvent } from '../history/events';
import type { ExecutionPath, StateVisit } from '../history/execution-path';

/** What visits have started, by visit: the ARNs of executions and Map Runs. */
export type NestedExecutions = ReadonlyMap<StateVisit, readonly string[]>;

/**
 * Reads which executions Tasks have started, in the responses of `states:startExecution` and the SDK integrations of Step
 * Functions, and which Map Runs distributed Maps have.
 */
export function nestedExecutions(
  history: readonly HistoryEvent[],
  { visitByEvent }: ExecutionPath,
): NestedExecutions {
  const nested = new Map<StateVisit, string[]>();
  for (const event of history) {
    const visit = visitByEvent.get(event.id);
    const arn = visit && startedBy(event);
    if (!arn) continue;
    const known = nested.get(visit) ?? [];
    if (!known.includes(arn)) nested.set(visit, [...known, arn]);
  }
  return nested;
}

function startedBy(event: HistoryEvent): string | undefined {
  if (event.type === 'MapRunStarted') return event.mapRunStartedEventDetails.mapRunArn;
  if (event.type !== 'TaskSubmitted' && event.type !== 'TaskSucceeded') return undefined;
  const { resourceType = '', output = '' } = eventDetails(event);
  if (!/^(?:states|aws-sdk:sfn)$/.test(resourceType)) return undefined;
  return /"[eE]xecutionArn"\s*:\s*"(arn:[^"]*:(?:execution|express):[^"]*)"/.exec(output)?.[1];
}
