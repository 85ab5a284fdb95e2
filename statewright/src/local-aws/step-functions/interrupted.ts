import type { ExecutionRecord } from './records';

/**
 * How an execution ends that was running when the process was killed. It is not begun anew, since its tasks may have
 * been done already, and of its history only the beginning is known.
 * @param now epoch milliseconds
 */
export function interrupted(execution: ExecutionRecord, now: number): ExecutionRecord {
  const failure = {
    error: 'States.Runtime',
    cause: 'The local AWS was stopped while this execution was running; the events in between are lost.',
  };
  return {
    ...execution,
    status: 'FAILED',
    ...failure,
    stopDate: now,
    events: [
      {
        timestamp: execution.startDate,
        type: 'ExecutionStarted',
        id: 1,
        previousEventId: 0,
        executionStartedEventDetails: {
          input: execution.input,
          inputDetails: { truncated: false },
          roleArn: execution.revision.roleArn,
        },
      },
      {
        timestamp: now,
        type: 'ExecutionFailed',
        id: 2,
        previousEventId: 1,
        executionFailedEventDetails: failure,
      },
    ],
  };
}
