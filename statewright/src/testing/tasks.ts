import { ownField, statesOf } from '../asl/graph';
import { functionCalledBy } from '../asl/lambda-functions';
import { callsFunction, parseFunctionName, parseResource } from '../asl/resource';
import type { TaskCall } from '../engine';

/** A Task state of a definition, at whatever depth. */
export interface TaskState {
  readonly state: string;
  readonly resource: string;
  /** The name of the Lambda function that it calls, where the definition tells it. */
  readonly lambda?: string;
}

/** The Task states of a definition, in the order they are written. */
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

/** The bare name of a function that is named by its name, its ARN or a part of that, with or without a version. */
export function lambdaName(text: string): string {
  return parseFunctionName(text).name;
}

/** The names that services have in errors, where they are not those in resources. */
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
