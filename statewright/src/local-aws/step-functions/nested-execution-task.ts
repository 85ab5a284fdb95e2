import { jobPermissions } from '../../asl/job-permissions';
import type { IntegrationResource } from '../../asl/resource';
import { type Json, type JsonObject, parseJson, stringifyJson } from '../../engine/data';
import { RETURNED, type TaskCall, type TaskResult } from '../../engine/execution/services';
import { deniedFailure } from '../../integrations/service-error';
import type { StatesDependencies } from './dependencies';
import { describeExecution } from './executions';
import { localResponse } from './local-response';
import type { StatesRequest } from './requests';
import { deniedMessage, homeOf } from './task-role';

/**
 * `states:startExecution`: starts another state machine of the account. With `.sync` and `.sync:2` the result is how the
 * execution ended, and one that did not succeed fails the Task with `States.TaskFailed` (Step Functions Developer Guide,
 * "Start a new AWS Step Functions state machine from a running execution").
 */
export async function startNestedExecution(
  states: StatesDependencies,
  call: TaskCall,
  called: IntegrationResource,
  request: JsonObject,
): Promise<TaskResult> {
  const response = states.startNested(requestOf(request), call.executionArn);
  const { executionArn, startDate } = response;
  const started = stringifyJson(
    localResponse(states, response, { ExecutionArn: executionArn, StartDate: startDate.getTime() }),
  );
  if (called.pattern !== 'sync') return { output: started };
  call.submitted(started);
  stopWith(states, call, called, request, executionArn);
  await states.running.ended(executionArn);
  const denied = deniedMessage(
    states,
    call,
    jobPermissions(called, withoutTestCase(called, request), homeOf(states)).slice(0, 1),
  );
  if (denied !== undefined) return deniedFailure(called, denied, states.context.uuid());
  return resultOf(states, called, executionArn);
}

/** The request as IAM sees it: `ARN#TestCase` names a test case of --mock-config, which AWS does not have. */
export function withoutTestCase({ service }: IntegrationResource, request: JsonObject): JsonObject {
  const { StateMachineArn: arn } = request;
  const isStart = (service === 'states' || service === 'sfn') && typeof arn === 'string';
  return isStart ? { ...request, StateMachineArn: arn.replace(/#.*/s, '') } : request;
}

/** The Input is a JSON value, or JSON text. */
function requestOf({
  Input,
  Name,
  StateMachineArn,
  TraceHeader,
}: JsonObject): StatesRequest<'StartExecution'> {
  const text = (value: Json | undefined) => (typeof value === 'string' ? value : undefined);
  const input = Input === undefined || Input === null ? undefined : (text(Input) ?? stringifyJson(Input));
  const name = text(Name);
  const traceHeader = text(TraceHeader);
  return {
    stateMachineArn: text(StateMachineArn) ?? '',
    ...(input !== undefined && { input }),
    ...(name !== undefined && { name }),
    ...(traceHeader !== undefined && { traceHeader }),
  };
}

/** Stops the execution when its Task is aborted, if the role allows it. */
function stopWith(
  states: StatesDependencies,
  call: TaskCall,
  called: IntegrationResource,
  request: JsonObject,
  executionArn: string,
): void {
  const stop = () => {
    if (call.signal.reason === RETURNED) return;
    const [, ...stopping] = jobPermissions(called, withoutTestCase(called, request), homeOf(states));
    if (deniedMessage(states, call, stopping) === undefined) states.running.get(executionArn)?.stop();
  };
  if (call.signal.aborted) stop();
  else call.signal.addEventListener('abort', stop);
}

/** How an execution ended, as the result of the Task or as the cause of its failure. */
function resultOf(states: StatesDependencies, called: IntegrationResource, executionArn: string): TaskResult {
  const { input, output, error, cause, startDate, stopDate, ...execution } = describeExecution(states, {
    executionArn,
  });
  // .sync has payloads as text, .sync:2 as values.
  const payload = (text: string): Json => (called.suffix === '.sync:2' ? parseJson(text) : text);
  const { redriveStatusReason } = execution as { redriveStatusReason?: string };
  const described = (Input: Json): JsonObject => ({
    ExecutionArn: executionArn,
    Input,
    InputDetails: { Included: true },
    Name: execution.name,
    ...(output !== undefined && { Output: payload(output), OutputDetails: { Included: true } }),
    RedriveCount: execution.redriveCount,
    RedriveStatus: execution.redriveStatus,
    ...(redriveStatusReason !== undefined && { RedriveStatusReason: redriveStatusReason }),
    StartDate: Number(startDate),
    ...(execution.stateMachineAliasArn !== undefined && {
      StateMachineAliasArn: execution.stateMachineAliasArn,
    }),
    StateMachineArn: execution.stateMachineArn,
    ...(execution.stateMachineVersionArn !== undefined && {
      StateMachineVersionArn: execution.stateMachineVersionArn,
    }),
    Status: execution.status,
    ...(stopDate !== undefined && { StopDate: Number(stopDate) }),
  });
  if (execution.status === 'SUCCEEDED') return { output: stringifyJson(described(payload(input))) };
  const why = { ...(cause !== undefined && { Cause: cause }), ...(error !== undefined && { Error: error }) };
  return { error: 'States.TaskFailed', cause: stringifyJson({ ...why, ...described(input) }) };
}
