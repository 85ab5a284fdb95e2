import { ownField, statesOf } from '../asl/graph';
import { functionCalledBy } from '../asl/lambda-functions';
import { callsFunction, parseFunctionName, parseResource } from '../asl/resource';
import { serviceOfError } from '../asl/service-errors';
import type { TaskCall } from '../engine';

/** A Task state of a definition, at any depth. */
export interface TaskState {
  readonly state: string;
  readonly resource: string;
  /** The name of the activity that it is a task of. */
  readonly activity?: string;
  /** The name of the Lambda function that it calls, if it is in the definition. */
  readonly lambda?: string;
  /** The version or the alias of the function, if it is in the definition. */
  readonly qualifier?: string;
  /** Whether only the input says which version or alias it calls. */
  readonly anyQualifier?: boolean;
}

/** The Task states of a definition, in their order there. */
export function taskStatesOf(definition: unknown): TaskState[] {
  return [...statesOf(definition)].flatMap(({ name, content }) => {
    if (ownField(content, 'Type') !== 'Task') return [];
    const request = ownField(content, 'Parameters') ?? ownField(content, 'Arguments');
    const text = functionOf(content, request);
    const called = text === undefined ? undefined : parseFunctionName(text);
    const resource = parseResource(String(ownField(content, 'Resource')));
    const isExpression = String(ownField(request, 'Qualifier')).startsWith('{%');
    return [
      {
        state: name,
        resource: String(ownField(content, 'Resource')),
        ...(resource.kind === 'activity' && { activity: resource.name }),
        ...(called && { lambda: called.name }),
        ...(called?.qualifier !== undefined && { qualifier: called.qualifier }),
        ...((isExpression || ownField(request, 'Qualifier.$') !== undefined) && { anyQualifier: true }),
      },
    ];
  });
}

/** Whether a Task with this resource calls a Lambda function: by its ARN, by `lambda:invoke` or `aws-sdk:lambda:invoke`. */
export function isLambdaTask(resource: string): boolean {
  return callsFunction(parseResource(resource)) || isSdkInvoke(resource);
}

const isSdkInvoke = (resource: string): boolean =>
  /:aws-sdk:lambda:invoke(\.waitForTaskToken)?$/.test(resource);

/** The function that a Task names, with its version or alias; undefined when only the input says it. */
function functionOf(state: unknown, request: unknown): string | undefined {
  if (!isSdkInvoke(String(ownField(state, 'Resource')))) return functionCalledBy(state);
  const name = ownField(request, 'FunctionName');
  if (typeof name !== 'string' || name.startsWith('{%')) return undefined;
  const qualifier = ownField(request, 'Qualifier');
  return typeof qualifier === 'string' && !qualifier.startsWith('{%') ? `${name}:${qualifier}` : name;
}

/**
 * Whether an error is one of the called service itself, such as `SQS.QueueDoesNotExist` of `sqs:sendMessage`
 * (Step Functions Developer Guide, "Handling errors in Step Functions workflows").
 */
export function isServiceError(error: string, target: TaskCall['target']): boolean {
  if (target.kind !== 'integration' || !error.includes('.')) return false;
  return serviceOfError(error) === target.resourceType.replace(/^aws-sdk:/, '');
}
