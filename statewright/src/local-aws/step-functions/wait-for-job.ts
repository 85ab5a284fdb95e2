import { jobPermissions } from '../../asl/job-permissions';
import type { IntegrationResource } from '../../asl/resource';
import type { TaskPermission } from '../../asl/task-permissions';
import { type Json, type JsonObject, stringifyJson } from '../../engine/data';
import { RETURNED, type TaskCall, type TaskResult } from '../../engine/execution/services';
import type { Job } from '../../integrations/jobs';
import type { ServiceResult } from '../../integrations/service-call';
import { deniedFailure } from '../../integrations/service-error';
import type { StatesDependencies } from './dependencies';
import { deniedMessage, homeOf } from './task-role';

/** How often the state of a job is asked for, in milliseconds. */
const POLL_INTERVAL = 1000;

/** Calls an operation of the service. @param signal ends the call early (default: when the Task is aborted) */
export type Send = (operation: string, request: JsonObject, signal?: AbortSignal) => Promise<ServiceResult>;

/** A job that a Task has started. */
interface StartedJob {
  readonly called: IntegrationResource;
  readonly job: Job;
  /** The response of the call that started it. */
  readonly started: JsonObject;
  /** The Task's request. */
  readonly request: JsonObject;
  readonly send: Send;
}

/** Asks for the state of a job until it has ended; cancels it when the Task is aborted. */
export async function waitForJob(
  states: StatesDependencies,
  call: TaskCall,
  startedJob: StartedJob,
): Promise<TaskResult> {
  const { called, job, started, request, send } = startedJob;
  const [asking, ...cancelling] = jobPermissions(called, request, homeOf(states));
  let last: Json = started;
  for (;;) {
    await pause(states, call.signal);
    if (call.signal.aborted) {
      await cancelJob(states, call, startedJob, cancelling);
      return { error: 'States.TaskFailed' };
    }
    const denied = deniedMessage(states, call, asking ? [asking] : []);
    if (denied !== undefined) return deniedFailure(called, denied, states.context.uuid());
    const ask = job.ask(started, request);
    const release = states.context.clock.hold?.();
    const answer = await send(ask.operation, ask.request).finally(release);
    if ('error' in answer) {
      const isDeleted = job.isDeletion === true && /ResourceNotFoundException$/.test(answer.error);
      return isDeleted ? { output: stringifyJson(last) } : answer;
    }
    const result = job.result ? job.result(answer.output) : answer.output;
    if (result === undefined) continue;
    last = result;
    if (!hasEnded(job, result)) continue;
    const completed = await job.complete?.(result, request, (each) => send(each.operation, each.request));
    return endOf(job, completed ?? result);
  }
}

/** Cancels the job of an aborted Task, if its role may. It continues if the token of the job was returned. */
async function cancelJob(
  states: StatesDependencies,
  call: TaskCall,
  { job, started, request, send }: StartedJob,
  permissions: readonly TaskPermission[],
): Promise<void> {
  const cancel = call.signal.reason === RETURNED ? undefined : job.cancel?.(started, request);
  if (cancel === undefined || deniedMessage(states, call, permissions) !== undefined) return;
  await send(cancel.operation, cancel.request, new AbortController().signal);
}

const hasEnded = (job: Job, result: Json): boolean =>
  [...job.succeeded, ...job.failed].includes(String(job.state(result)));

/** The Task's result, of a job that has ended. */
function endOf(job: Job, result: Json): TaskResult {
  const text = stringifyJson(result);
  const hasFailed = job.failed.includes(String(job.state(result))) || (job.isFailure?.(result) ?? false);
  return hasFailed ? { error: 'States.TaskFailed', cause: text } : { output: text };
}

/** Ends early when the Task is aborted. */
function pause({ context }: StatesDependencies, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const cancel = context.clock.setTimer(POLL_INTERVAL, end);
    function end(): void {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    }
    signal.addEventListener('abort', end);
  });
}
