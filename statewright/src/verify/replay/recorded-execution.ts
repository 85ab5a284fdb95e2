import type { WorkflowType } from '../../asl/validation/place';
import { eventDetails } from '../../history/event-details';
import type { HistoryEvent } from '../../history/events';
import { jsonFault } from '../../json-fault';

/** An execution that was recorded, on AWS or by the local AWS. */
export interface RecordedExecution {
  /** The history, as GetExecutionHistory returns it; times are epoch milliseconds. */
  readonly events: readonly HistoryEvent[];
  /** Where it is from, for people: a file, or the execution's name. */
  readonly name?: string;
  /** `GetExecutionHistory` does not say it; an execution log and `statewright pull` do. */
  readonly executionArn?: string;
  /** The state machine, if it is known. */
  readonly stateMachineArn?: string;
  /** The Map Run that started it, for a child execution of a distributed Map. */
  readonly mapRunArn?: string;
  /** The name of the file next to it with its definition, which `statewright pull` wrote. */
  readonly definition?: string;
  /** The child executions of its distributed Maps, as far as they are recorded. */
  readonly children?: readonly RecordedExecution[];
}

/** EXPRESS executions have `express` in their ARN. */
export function typeOf({ executionArn }: Pick<RecordedExecution, 'executionArn'>): WorkflowType {
  return executionArn?.split(':')[5] === 'express' ? 'EXPRESS' : 'STANDARD';
}

/** What a replay reads from events of these types; without it, nothing can be replayed. */
const NEEDED: Readonly<Record<string, 'input' | 'output'>> = {
  ExecutionStarted: 'input',
  LambdaFunctionSucceeded: 'output',
  ActivitySucceeded: 'output',
  TaskSucceeded: 'output',
};

/**
 * What is missing in a history for a replay, one sentence each: data that AWS truncated, or that an execution log left
 * out (`includeExecutionData: false`, or a level other than ALL), or events.
 */
export function missingIn(events: readonly HistoryEvent[]): readonly string[] {
  const [first] = events;
  if (first?.type !== 'ExecutionStarted') return ['The history does not begin with ExecutionStarted'];
  const gap = events.findIndex(({ id }, index) => id !== index + 1);
  if (gap >= 0) return [`Event ${gap + 1} is missing`];
  if (events.some(({ type }) => (type as string) === 'ExecutionRedriven')) {
    return ['The execution was redriven: which results its second part had depends on the first'];
  }
  return events.flatMap((event) => {
    const field = NEEDED[event.type];
    if (field === undefined) return [];
    const details = eventDetails(event) as Readonly<Record<string, unknown>>;
    const { truncated } = (details[`${field}Details`] ?? {}) as { readonly truncated?: boolean };
    if (truncated === true) return [`The ${field} of event ${event.id} (${event.type}) was truncated`];
    const data = details[field];
    if (data === undefined) return [`The ${field} of event ${event.id} (${event.type}) is missing`];
    // Such as after a value was removed by hand.
    return typeof data === 'string' && jsonFault(data) === undefined
      ? []
      : [`The ${field} of event ${event.id} (${event.type}) is not valid JSON`];
  });
}
