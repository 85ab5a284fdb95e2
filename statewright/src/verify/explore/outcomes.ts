import { errorNamesOf, listAt, ownField, type StatePart } from '../../asl/graph';
import { callsFunction, parseResource, type TaskResource } from '../../asl/resource';
import { serviceOfError } from '../../asl/service-errors';
import type { TaskStates } from './task-states';

/** One thing that can happen when a Task calls what it calls. */
export type Outcome =
  /** `index` counts the results that the Task can have; 0 is the one without a mention. */
  | { readonly kind: 'result'; readonly index: number; readonly json: string }
  | { readonly kind: 'error'; readonly error: string; readonly cause: string; readonly label?: string }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'heartbeat' }
  /** It never answers, and no timeout ends the wait. */
  | { readonly kind: 'silence' };

/** What a Task without an answer is called in a row. */
export const NO_ANSWER = 'no answer';

/** What it is called in a row. */
export function labelOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'result':
      return outcome.json;
    case 'error':
      return outcome.label ?? outcome.error;
    case 'timeout':
      return 'States.Timeout';
    case 'heartbeat':
      return 'States.HeartbeatTimeout';
    case 'silence':
      return NO_ANSWER;
  }
}

export const isFailure = (outcome: Outcome): boolean => outcome.kind !== 'result';

/** The name of an error that no Retry or Catch names. */
const UNNAMED = 'UnexpectedError';

/**
 * The failures that can happen at a Task: each error that a Retry or Catch in reach names and its service raises, one
 * that none names, a timeout, a missed heartbeat, and no answer where no timeout ends the wait. A Lambda function always
 * answers: it has a timeout of its own.
 */
export function failuresOf(task: StatePart, states: TaskStates): Outcome[] {
  const resource = resourceOf(task);
  const named = new Set(
    [task, ...states.around(task.name)]
      .flatMap((state) => [...listAt(state, 'Retry'), ...listAt(state, 'Catch')])
      .flatMap(errorNamesOf)
      .filter((name) => canRaise(resource, name)),
  );
  const other = mayRaiseAnyName(resource) ? UNNAMED : 'States.TaskFailed';
  return [
    ...[...named].map((error) => failure(error, resource)),
    { ...failure(other, resource), label: named.size === 0 ? 'any error' : 'any other error' },
    ...endsOfWait(task, resource),
  ];
}

export const resourceOf = ({ content }: StatePart): TaskResource =>
  parseResource(String(ownField(content, 'Resource')));

const has = ({ content }: StatePart, field: string): boolean =>
  ownField(content, field) !== undefined || ownField(content, `${field}Path`) !== undefined;

/** Whether a call can take any time: the worker of an activity, the receiver of a token, a job. */
const waitsForOthers = (resource: TaskResource): boolean =>
  resource.kind === 'activity' || (resource.kind === 'integration' && resource.pattern !== 'requestResponse');

/** Whether somebody reports heartbeats: jobs and requests have none. */
const hasHeartbeats = (resource: TaskResource): boolean =>
  resource.kind === 'activity' ||
  (resource.kind === 'integration' && resource.pattern === 'waitForTaskToken');

function endsOfWait(task: StatePart, resource: TaskResource): Outcome[] {
  const heartbeat = has(task, 'HeartbeatSeconds') && hasHeartbeats(resource);
  const timeout = has(task, 'TimeoutSeconds');
  return [
    ...(timeout ? [{ kind: 'timeout' } as const] : []),
    ...(heartbeat ? [{ kind: 'heartbeat' } as const] : []),
    ...(!timeout && !heartbeat && waitsForOthers(resource) ? [{ kind: 'silence' } as const] : []),
  ];
}

/** Whether `States.Timeout` can occur at a Task. */
export const canTimeOut = (task: StatePart): boolean =>
  endsOfWait(task, resourceOf(task)).some(({ kind }) => kind === 'timeout' || kind === 'heartbeat');

/** Whether `States.HeartbeatTimeout` can occur at a Task. */
export const canMissHeartbeat = (task: StatePart): boolean =>
  endsOfWait(task, resourceOf(task)).some(({ kind }) => kind === 'heartbeat');

/** Whether its errors have names of the user's own: those of a function, of a worker, or of who returns the token. */
const mayRaiseAnyName = (resource: TaskResource): boolean =>
  callsFunction(resource) ||
  resource.kind === 'activity' ||
  resource.kind === 'unknown' ||
  (resource.kind === 'integration' && resource.pattern === 'waitForTaskToken');

/** Errors of Step Functions that the call of a Task can have; the state itself raises the others. */
const RAISED_BY_CALLS = /^States\.(?:Permissions|DataLimitExceeded)$/;

/**
 * Whether the call of a Task can fail with this error. Services name their errors `Service.Error` (Step Functions
 * Developer Guide, "Handling errors in Step Functions workflows"); when in doubt it is true.
 */
export function canRaise(resource: TaskResource, error: string): boolean {
  const service = serviceOfError(error);
  if (error.startsWith('States.')) {
    if (/^States\.Http\./.test(error)) return resource.kind === 'integration' && resource.service === 'http';
    return RAISED_BY_CALLS.test(error);
  }
  if (mayRaiseAnyName(resource)) return service !== 'lambda' || callsFunction(resource);
  if (resource.kind !== 'integration') return true;
  if (service === undefined) return false;
  return service === resource.service.toLowerCase() || !KNOWN_SERVICES.has(service);
}

/** Services whose prefix in errors is their name. */
const KNOWN_SERVICES: ReadonlySet<string> = new Set(
  'apigateway athena batch bedrock codebuild dynamodb ecs eks events glue lambda mediaconvert s3 sagemaker sns sqs states'.split(
    ' ',
  ),
);

/** A function's own error has Lambda's JSON as its cause. @param message what the function said, or the whole cause */
export function failure(
  error: string,
  resource: TaskResource,
  message = '',
): Outcome & { readonly kind: 'error' } {
  const isOfFunction =
    callsFunction(resource) && !/^(?:Lambda|States)\./.test(error) && !message.startsWith('{');
  const cause = isOfFunction
    ? JSON.stringify({ errorType: error, errorMessage: message, trace: [] })
    : message || (hasJsonCause(error, resource) ? '{}' : '');
  return { kind: 'error', error, cause };
}

/** Whether the cause is the body of an HTTP response, or what the service says about a job that failed. */
const hasJsonCause = (error: string, resource: TaskResource): boolean =>
  error.startsWith('States.Http.StatusCode.') ||
  (resource.kind === 'integration' && resource.pattern === 'sync' && !RAISED_BY_CALLS.test(error));
