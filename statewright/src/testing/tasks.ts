import { ownField, statesOf } from '../asl/graph';
import { functionCalledBy } from '../asl/lambda-functions';
import { callsFunction, parseFunctionName, parseResource } from '../asl/resource';
import type { TaskCall } from '../engine';

/** A Task state of a definition, at any depth. */
export interface TaskState {
  readonly state: string;
  readonly resource: string;
  /** The name of the Lambda function that it calls, if it is in the definition. */
  readonly lambda?: string;
}

/** The Task states of a definition, in their order there. */
export function taskStatesOf(definition: unknown): TaskState[] {
  return [...statesOf(definition)].flatMap(({ name, content }) => {
    if (ownField(content, 'Type') !== 'Task') return [];
    const called = functionCalledBy(content);
    return [
      {
        state: name,
        resource: String(ownField(content, 'Resource')),
        ...(called !== undefined && { lambda: lambdaName(called) }),
      },
    ];
  });
}

/** Whether a Task with this resource calls a Lambda function, by its ARN or by `lambda:invoke`. */
export function isLambdaTask(resource: string): boolean {
  return callsFunction(parseResource(resource));
}

/** The name of a function that is given by its name, its ARN or a partial ARN, with or without a version. */
export function lambdaName(text: string): string {
  return parseFunctionName(text).name;
}

/** The names of services in errors, if they differ from those in resources. */
const ERROR_PREFIXES: Readonly<Record<string, string>> = { events: 'eventbridge', states: 'stepfunctions' };

/**
 * Whether an error is one of the called service itself, such as `SQS.QueueDoesNotExist` of `sqs:sendMessage`
 * (Step Functions Developer Guide, "Handling errors in Step Functions workflows").
 */
export function isServiceError(error: string, target: TaskCall['target']): boolean {
  if (target.kind !== 'integration' || !error.includes('.')) return false;
  const [prefix = ''] = error.split('.');
  const service = target.resourceType.replace(/^aws-sdk:/, '');
  return prefix.toLowerCase().replace(/^(amazon|aws)/, '') === (ERROR_PREFIXES[service] ?? service);
}
