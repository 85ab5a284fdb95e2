import { type Json, type JsonObject, stringifyJson } from '../../engine/data';
import type { TaskCall, TaskResult } from '../../engine/execution/services';
import type { InvokeResponse } from '../lambda/invoke';
import { lambdaApi } from '../lambda/requests';
import type { StatesDependencies } from './dependencies';
import { timeOf } from './lambda-task';

/** `aws-sdk:lambda:invoke`: an error of the function does not fail the Task, as Invoke itself succeeds. */
export async function invokeThroughSdk(
  states: StatesDependencies,
  call: TaskCall,
  request: JsonObject,
): Promise<TaskResult> {
  const invoke = lambdaApi.requests.Invoke.read(withPayloadText(request), '', 'json');
  const requestId = states.context.uuid();
  const { executionArn, scheduledEventId } = call;
  const functionName = invoke.FunctionName;
  states.running.addInvocation(executionArn, { requestId, functionName, scheduledEventId });
  const answer = await states.lambda.invoke({ ...invoke, RequestId: requestId }, call);
  if (!('error' in answer)) return { output: shown(answer), ...timeOf(answer) };
  // A stand-in that fails like a function.
  if (/^(Lambda|States)\./.test(answer.error)) return answer;
  const failed = { StatusCode: 200, ExecutedVersion: '$LATEST', FunctionError: 'Unhandled' } as const;
  return { output: shown({ ...failed, Payload: answer.cause ?? '' }), ...timeOf(answer) };
}

/** A payload is JSON text, or a JSON value. */
const withPayloadText = ({ Payload, ...request }: JsonObject): object =>
  Payload === undefined
    ? request
    : { ...request, Payload: typeof Payload === 'string' ? Payload : stringifyJson(Payload) };

const shown = ({ ExecutedVersion, FunctionError, LogResult, Payload, StatusCode }: InvokeResponse): string =>
  stringifyJson({
    ExecutedVersion,
    ...(FunctionError !== undefined && { FunctionError }),
    ...(LogResult !== undefined && { LogResult }),
    Payload,
    StatusCode,
  } as Json);
