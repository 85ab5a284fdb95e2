import type { IntegrationResource } from '../../asl/resource';
import { callPermissions } from '../../asl/task-permissions';
import { isObject, type JsonObject, parseJson } from '../../engine/data';
import type { TaskCall, TaskFailure, TaskResult } from '../../engine/execution/services';
import { deniedFailure, serviceFailure } from '../../integrations/service-error';
import { AwsError } from '../aws-error';
import { RequestError } from '../request-error';
import { callLocalBucket } from './bucket-task';
import type { StatesDependencies } from './dependencies';
import { callHttp } from './http-task';
import { startNestedExecution, withoutTestCase } from './nested-execution-task';
import { callOwnService, isOwnService } from './own-service-task';
import { refused } from './refused';
import { deniedMessage, homeOf } from './task-role';
import { callUpstream } from './upstream-task';

/** Calls a service with the role of the call: one of this account in this process, any other at its endpoint. */
export async function callIntegration(
  states: StatesDependencies,
  call: TaskCall,
  stateMachineArn: string,
  called: IntegrationResource,
): Promise<TaskResult> {
  const request = parseJson(call.input);
  if (!isObject(request)) {
    return { error: 'States.Runtime', cause: `The Parameters of ${call.resource} must be an object.` };
  }
  const denied = deniedMessage(
    states,
    call,
    callPermissions(called, withoutTestCase(called, request), { ...homeOf(states), stateMachineArn }),
  );
  if (denied !== undefined) return refused(called, deniedFailure(called, denied, states.context.uuid()));
  try {
    return await route(states, call, stateMachineArn, called, request);
  } catch (error) {
    return refused(called, failureOf(states, called, error));
  }
}

async function route(
  states: StatesDependencies,
  call: TaskCall,
  stateMachineArn: string,
  called: IntegrationResource,
  request: JsonObject,
): Promise<TaskResult> {
  if (isOwnService(called)) return callOwnService(states, call, called, request);
  if (!called.sdk && ['http', 'apigateway'].includes(called.service))
    return callHttp(states, call, called, request);
  if (!called.sdk && called.service === 'states') return startNestedExecution(states, call, called, request);
  return (
    (await callLocalBucket(states, call, called, request)) ??
    callUpstream(states, call, stateMachineArn, called, request)
  );
}

/** Errors that the API of no service of this account lists. */
const UNLISTED = [
  'AccessDenied',
  'AccessDeniedException',
  'SerializationException',
  'ValidationError',
  'InternalFailure',
];

/** An error of this account's own services. @throws any other error, which is a bug */
function failureOf(
  { context }: StatesDependencies,
  called: IntegrationResource,
  error: unknown,
): TaskFailure {
  const given = error instanceof RequestError ? new AwsError('ValidationException', error.message) : error;
  if (!(given instanceof AwsError)) throw error;
  const { code, message, status } = given;
  return serviceFailure(called, {
    code,
    message,
    status,
    requestId: context.uuid(),
    listed: !UNLISTED.includes(code),
  });
}
