import type { IntegrationResource } from '../../asl/resource';
import { type JsonObject, stringifyJson } from '../../engine/data';
import { RUNTIME_ERROR } from '../../engine/execution/failure';
import type { TaskCall, TaskFailure, TaskResult } from '../../engine/execution/services';
import { JOBS } from '../../integrations/jobs';
import { callKubernetes } from '../../integrations/kubernetes';
import { changeOf } from '../../integrations/optimized-requests';
import { packageOf } from '../../integrations/sdk-services';
import { callService } from '../../integrations/service-call';
import { KUBERNETES } from '../../integrations/upstream';
import type { StatesDependencies } from './dependencies';
import { refused } from './refused';
import { type Send, waitForJob } from './wait-for-job';

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
  const send = senderOf(states, call, called, client);
  const caller = { stateMachineArn, executionArn: call.executionArn };
  const members = changed?.(request, caller) ?? request;
  const answered = await send(operation, members);
  if ('output' in answered && isPutEvents(called)) {
    states.onPutEvents?.(members.Entries, answered.output.Entries);
  }
  const started = 'error' in answered ? answered : response(answered.output);
  if ('error' in started) {
    return started.error === RUNTIME_ERROR ? unusable(call, started.cause) : refused(called, started);
  }
  if (called.pattern !== 'sync') return { output: stringifyJson(started.output) };
  const job = JOBS[`${called.service}:${called.action}`];
  if (job === undefined) {
    return {
      error: 'States.TaskFailed',
      cause: `The local AWS cannot wait for the job of ${call.resource}. Answer the call with a stand-in.`,
    };
  }
  call.submitted(stringifyJson(started.output));
  return waitForJob(states, call, { called, job, started: started.output, request, send });
}

function senderOf(
  states: StatesDependencies,
  call: TaskCall,
  called: IntegrationResource,
  client: string | undefined,
): Send {
  return (operation, request, signal = call.signal) => {
    if (isKubernetes(called)) return callKubernetes(states.upstreamOf?.(KUBERNETES), request, signal);
    const { region } = states.context;
    return callService(states.upstreamOf, { called, operation, request, client, region, signal });
  };
}

const isPutEvents = ({ service, action }: IntegrationResource) =>
  packageOf(service) === 'eventbridge' && action === 'putEvents';

/** A request that the service's API does not take, in AWS's words. */
const unusable = ({ stateName, input }: TaskCall, reason: string): TaskFailure => ({
  error: RUNTIME_ERROR,
  cause: `An error occurred while executing the state '${stateName}'. The Parameters '${input}' could not be used to start the Task: [${reason}]`,
});
