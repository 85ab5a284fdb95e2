import { errorDetails } from '../execution/failure';
import type { TaskResult } from '../execution/services';
import type { Visit } from '../execution/state';
import { isPromise, type MaybePromise } from '../maybe-promise';
import { callActivity } from './call-activity';
import { endTask, failureOf, type TaskOutcome } from './end-task';
import { RunningCall, type TaskRequest } from './running-call';
import { taskEvents } from './task-events';
import { waitForToken } from './task-token';

/** Makes one call and writes its events, from Scheduled to Succeeded, Failed or TimedOut. */
export async function callTask(visit: Visit, request: TaskRequest): Promise<TaskOutcome> {
  const { target, limits, roleArn } = request;
  if (target.kind === 'activity') return callActivity(visit, request, target.activityArn);
  const events = taskEvents(visit.thread, target);
  events.scheduled({ input: request.input.text, ...limits, roleArn });
  // Scheduling and starting are two steps on AWS too: in between, all other tasks that are ready are scheduled.
  await visit.thread.pause();

  const call = new RunningCall(visit, request);
  // Only the task of an activity is scheduled.
  const answer = call.begin() as MaybePromise<TaskResult>;
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
  return endTask(events, result, target.kind === 'integration' ? target.resourceType : request.resource);
}
