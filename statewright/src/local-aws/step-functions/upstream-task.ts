import { jobPermissions } from '../../asl/job-permissions';
import type { IntegrationResource } from '../../asl/resource';
import { type Json, type JsonObject, stringifyJson } from '../../engine/data';
import { RUNTIME_ERROR } from '../../engine/execution/failure';
import { RETURNED, type TaskCall, type TaskFailure, type TaskResult } from '../../engine/execution/services';
import { JOBS, type Job } from '../../integrations/jobs';
import { callKubernetes } from '../../integrations/kubernetes';
import { changeOf } from '../../integrations/optimized-requests';
import { packageOf } from '../../integrations/sdk-services';
import { callService, type ServiceResult } from '../../integrations/service-call';
import { deniedFailure } from '../../integrations/service-error';
import { KUBERNETES } from '../../integrations/upstream';
import type { StatesDependencies } from './dependencies';
import { refused } from './refused';
import { deniedMessage, homeOf } from './task-role';

/** How often the state of a job is asked for, in milliseconds. */
const POLL_INTERVAL = 1000;

/** The service whose endpoint a call of another service needs, such as `eventbridge` for the connection of `http:invoke`. */
export function neededService(called: IntegrationResource): string {
  if (isKubernetes(called)) return KUBERNETES;
  if (called.sdk) return packageOf(called.service);
  const { [called.service]: other } = { http: 'eventbridge', apigateway: 'api-gateway' } as Partial<
    Record<string, string>
  >;
  return other ?? changeOf(called).client ?? packageOf(called.service);
}

const isKubernetes = ({ sdk, service, action }: IntegrationResource) =>
  !sdk && service === 'eks' && (action === 'call' || action === 'runJob');

/** Calls a service that this account does not have, at its endpoint, and waits for a job. */
export async function callUpstream(
  states: StatesDependencies,
  call: TaskCall,
  stateMachineArn: string,
  called: IntegrationResource,
  request: JsonObject,
): Promise<TaskResult> {
  const {
    operation = called.action,
    client,
    request: changed,
    response = (output) => ({ output }),
  } = changeOf(called);
  const caller = { stateMachineArn, executionArn: call.executionArn };
  const send: Send = (name, members, signal = call.signal) => {
    if (isKubernetes(called)) {
      return callKubernetes(states.upstreamOf?.(KUBERNETES), members, signal);
    }
    return callService(states.upstreamOf, {
      called,
      operation: name,
      request: members,
      client,
      region: states.context.region,
      signal,
    });
  };
  const members = changed?.(request, caller) ?? request;
  const answered = await send(operation, members);
  if ('output' in answered && isPutEvents(called)) {
    states.onPutEvents?.(members.Entries, answered.output.Entries);
  }
  const started = 'error' in answered ? answered : response(answered.output);
  if ('error' in started)
    return started.error === RUNTIME_ERROR ? unusable(call, started.cause) : refused(called, started);
  if (called.pattern !== 'sync') return { output: stringifyJson(started.output) };
  const job = JOBS[`${called.service}:${called.action}`];
  if (job === undefined) {
    return {
      error: 'States.TaskFailed',
      cause: `The local AWS cannot wait for the job of ${call.resource}. Answer the call with a stand-in.`,
    };
  }
  call.submitted(stringifyJson(started.output));
  return waitForJob(states, call, called, job, started.output, request, send);
}

const isPutEvents = ({ service, action }: IntegrationResource) =>
  packageOf(service) === 'eventbridge' && action === 'putEvents';

/** A request that the service's API does not take, in AWS's words. */
const unusable = ({ stateName, input }: TaskCall, reason: string): TaskFailure => ({
  error: RUNTIME_ERROR,
  cause: `An error occurred while executing the state '${stateName}'. The Parameters '${input}' could not be used to start the Task: [${reason}]`,
});

type Send = (operation: string, request: JsonObject, signal?: AbortSignal) => Promise<ServiceResult>;

/** Asks for the state of a job until it has ended; cancels it when the Task is aborted. */
async function waitForJob(
  states: StatesDependencies,
  call: TaskCall,
  called: IntegrationResource,
  job: Job,
  started: JsonObject,
  request: JsonObject,
  send: Send,
): Promise<TaskResult> {
  const [asking, ...cancelling] = jobPermissions(called, request, homeOf(states));
  let last: Json = started;
  for (;;) {
    await pause(states, call.signal);
    if (call.signal.aborted) {
      const cancel = call.signal.reason === RETURNED ? undefined : job.cancel?.(started, request);
      if (cancel && deniedMessage(states, call, cancelling) === undefined) {
        await send(cancel.operation, cancel.request, new AbortController().signal);
      }
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
