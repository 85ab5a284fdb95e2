import { ownField, statesOf } from './graph';
import { INVOKE_FUNCTION } from './integrations';
import { isLambdaInvoke, parseResource } from './resource';

/**
 * The Lambda functions that the Task states of a definition call, at every depth, in the order of their appearance
 * and each once: see `functionCalledBy`.
 */
export function lambdaFunctionsOf(definition: unknown): string[] {
  const called = [...statesOf(definition)].flatMap(({ content }) => functionCalledBy(content) ?? []);
  return [...new Set(called)];
}

/**
 * The Lambda function that a state calls: the `Resource` that names one, or the `FunctionName` of a `lambda:invoke`, as
 * it is written (an ARN, a name, or a Terraform reference such as `${aws_lambda_function.test.arn}`), with the
 * `Qualifier` if it has one. Undefined for a name that is only known at run time (`FunctionName.$`, a JSONata
 * expression).
 */
export function functionCalledBy(state: unknown): string | undefined {
  const text = ownField(state, 'Resource');
  if (ownField(state, 'Type') !== 'Task' || typeof text !== 'string') return undefined;
  const resource = parseResource(text);
  if (!isLambdaInvoke(resource)) {
    // A Terraform reference is assumed to be a function's ARN.
    const names = resource.kind === 'lambda' || (resource.kind === 'unknown' && text.includes('${'));
    return names ? text : undefined;
  }
  const request = ownField(state, 'Parameters') ?? ownField(state, 'Arguments');
  const name = ownField(request, INVOKE_FUNCTION.resourceField);
  if (!isKnown(name)) return undefined;
  const qualifier = ownField(request, 'Qualifier');
  return isKnown(qualifier) ? `${name}:${qualifier}` : name;
}

/** Whether a value is a text that is known before run time. */
const isKnown = (value: unknown): value is string => typeof value === 'string' && !value.startsWith('{%');
