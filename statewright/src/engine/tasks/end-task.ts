import type { JsonText } from '../../history/events';
import { errorDetails, type Failure } from '../execution/failure';
import { dataLimitExceeded, exceedsPayloadLimit } from '../execution/payload-limit';
import type { TaskFailure, TaskResult } from '../execution/services';
import { type TaskEvents, TIMEOUT } from './task-events';

/** How a call ended for its state. */
export type TaskOutcome = { readonly output: JsonText } | { readonly failure: Failure };

/**
 * Writes the last event of a call: Succeeded, Failed or TimedOut.
 * @param caller what an error names whose result is too large
 */
export function endTask(
  events: TaskEvents,
  result: TaskResult | 'timeout' | 'heartbeat',
  caller: string,
): TaskOutcome {
  if (result === 'timeout' || result === 'heartbeat') {
    events.timedOut();
    return { failure: result === 'timeout' ? TIMEOUT : { ...TIMEOUT, alias: 'States.HeartbeatTimeout' } };
  }
  if ('error' in result) {
    const failure = failureOf(result);
    if (result.stage === 'submit') events.submitFailed(errorDetails(failure));
    else events.failed(errorDetails(failure));
    return { failure };
  }
  if (exceedsPayloadLimit(result.output)) {
    const failure = dataLimitExceeded(caller);
    events.failed(errorDetails(failure));
    return { failure };
  }
  events.succeeded(result.output);
  return { output: result.output };
}

export const failureOf = ({ error, cause }: TaskFailure): Failure =>
  cause === undefined ? { error } : { error, cause };
