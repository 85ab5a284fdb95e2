import type { JsonText } from '../../history/events';
import { errorDetails, type Failure } from '../execution/failure';
import { dataLimitExceeded, exceedsPayloadLimit } from '../execution/payload-limit';
import type { TaskResult } from '../execution/services';
import type { Visit } from '../execution/state';
import { isPromise } from '../maybe-promise';
import { RunningCall, type TaskRequest } from './running-call';
import { TIMEOUT, taskEvents } from './task-events';
import { waitForToken } from './task-token';

/** Makes one call and writes its events, from Scheduled to Succeeded, Failed or TimedOut. */
export async function callTask(
  visit: Visit,
  request: TaskRequest,
): Promise<{ readonly output: JsonText } | { readonly failure: Failure }> {
  const { target, limits, roleArn } = request;
  const events = taskEvents(visit.thread, target);
  events.scheduled({ input: request.input.text, ...limits, roleArn });
  // Scheduling and starting are two steps on AWS too: in between, all other tasks that are ready are scheduled.
  await visit.thread.pause();

  const call = new RunningCall(visit, request);
  const answer = call.begin();
  if (!isPromise(answer) && 'error' in answer && answer.stage === 'start') {
    events.startFailed(errorDetails(failureOf(answer)));
    return { failure: failureOf(answer) };
  }
  events.started();

  const pattern = target.kind === 'integration' ? target.pattern : 'requestResponse';
  let result: TaskResult | 'timeout' | 'heartbeat' = await call.result(
    answer,
    limits.timeoutSeconds,
    pattern === 'sync' ? (output) => events.submitted(output) : undefined,
  );
  if (pattern === 'waitForTaskToken' && typeof result === 'object' && !('error' in result)) {
    events.submitted(result.submitted ?? result.output);
    result = await waitForToken(visit, call, limits);
  }

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
    const failure = dataLimitExceeded(target.kind === 'integration' ? target.resourceType : request.resource);
    events.failed(errorDetails(failure));
    return { failure };
  }
  events.succeeded(result.output);
  return { output: result.output };
}

const failureOf = ({ error, cause }: Extract<TaskResult, { error: string }>): Failure =>
  cause === undefined ? { error } : { error, cause };
