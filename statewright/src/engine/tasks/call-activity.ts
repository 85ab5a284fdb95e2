import { errorDetails, RUNTIME_ERROR } from '../execution/failure';
import type { Visit } from '../execution/state';
import { isPromise } from '../maybe-promise';
import { endTask, failureOf, type TaskOutcome } from './end-task';
import { RunningCall, type TaskRequest } from './running-call';
import { ActivityEvents } from './task-events';
import { waitForToken } from './task-token';

/**
 * Schedules the task of an activity, and waits until a worker has taken it and returned its token. Both timeouts begin when
 * the worker takes it (Step Functions Developer Guide, "Activities", "Troubleshooting activities"). An invoker that
 * answers directly acts as the worker.
 */
export async function callActivity(
  visit: Visit,
  request: TaskRequest,
  activityArn: string,
): Promise<TaskOutcome> {
  const { limits } = request;
  const { services } = visit.thread.execution;
  if (services.hasActivity?.(activityArn) === false) {
    return { failure: { ...missingActivity(activityArn), fatal: true } };
  }
  const events = new ActivityEvents(visit.thread, activityArn);
  events.scheduled(request);
  // Not the visit's token: the context object of an activity's Task has none.
  const call = new RunningCall(visit, request, services.uuid());
  const answer = call.begin();
  if (!isPromise(answer) && 'error' in answer && answer.stage === 'start') {
    events.startFailed(errorDetails(failureOf(answer)));
    return { failure: failureOf(answer) };
  }
  if (!isPromise(answer) && 'scheduled' in answer) {
    events.started(await call.worker());
    return endTask(events, await waitForToken(visit, call, limits), request.resource);
  }
  await visit.thread.pause();
  events.started();
  const result = await call.result(answer, limits.timeoutSeconds);
  if (typeof result === 'object' && 'scheduled' in result) {
    return endTask(events, await waitForToken(visit, call, limits), request.resource);
  }
  call.withdrawToken();
  return endTask(events, result, request.resource);
}

/** Why the Task of an activity fails that does not exist. */
export const missingActivity = (activityArn: string) => ({
  error: RUNTIME_ERROR,
  cause: `The activity ${activityArn} does not exist.`,
});
