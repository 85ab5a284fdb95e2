import type { JsonText } from '../../history/events';
import { errorDetails } from '../execution/failure';
import type { TaskResult } from '../execution/services';
import type { Visit } from '../execution/state';
import { isPromise, type MaybePromise, then } from '../maybe-promise';
import { callActivity } from './call-activity';
import { endTask, failureOf, type TaskOutcome } from './end-task';
import { RunningCall, type TaskRequest } from './running-call';
import { type CalledTarget, type TaskEvents, taskEvents } from './task-events';
import { waitForToken } from './task-token';

/** Makes one call and writes its events, from Scheduled to Succeeded, Failed or TimedOut. */
export function callTask(visit: Visit, request: TaskRequest): MaybePromise<TaskOutcome> {
  const { target } = request;
  if (target.kind === 'activity') return callActivity(visit, request, target.activityArn);
  const events = taskEvents(visit.thread, target);
  events.scheduled(request);
  // Scheduling and starting are two steps on AWS too: in between, all other tasks that are ready are scheduled.
  return then(visit.thread.pause(), () => startTask(visit, request, target, events));
}

function startTask(
  visit: Visit,
  request: TaskRequest,
  target: CalledTarget,
  events: TaskEvents,
): MaybePromise<TaskOutcome> {
  const { limits } = request;
  const call = new RunningCall(visit, request);
  // Only the task of an activity is scheduled.
  const answer = call.begin() as MaybePromise<TaskResult>;
  if (!isPromise(answer) && 'error' in answer && answer.stage === 'start') {
    events.startFailed(errorDetails(failureOf(answer)));
    return { failure: failureOf(answer) };
  }
  events.started();

  const pattern = target.kind === 'integration' ? target.pattern : 'requestResponse';
  const onSubmitted = pattern === 'sync' ? (output: JsonText) => events.submitted(output) : undefined;
  const end = (result: TaskResult | 'timeout' | 'heartbeat'): TaskOutcome =>
    endTask(events, result, target.kind === 'integration' ? target.resourceType : request.resource);
  const result = call.result(answer, limits.timeoutSeconds, onSubmitted);
  // All tasks of other threads that are scheduled start before this one ends.
  return then(visit.thread.parent ? Promise.resolve(result) : result, (ended) => {
    if (pattern !== 'waitForTaskToken' || typeof ended !== 'object' || 'error' in ended) return end(ended);
    events.submitted(ended.submitted ?? ended.output);
    return waitForToken(visit, call, limits).then(end);
  });
}
