import { ownField, scopesOf } from './scopes';

/** The service integration that invokes a function; in any partition, waiting in any way. */
const LAMBDA_INVOKE = /^arn:[^:]+:states:[^:]*:[^:]*:lambda:invoke(\.\w+)?$/;

/** Resources that are not functions: integrations and activities. A Terraform token is taken for a function's ARN. */
const NOT_A_FUNCTION = /^arn:[^:]+:states:/;

/**
 * The Lambda functions that the Task states of a definition call, at every depth, in the order of their appearance
 * and each once: the `Resource` that names a function, and the `FunctionName` of a `lambda:invoke`, as they are
 * written (an ARN, a name, or a Terraform reference such as `${aws_lambda_function.test.arn}`), with the `Qualifier`
 * if there is one. A name that is only known at run time (`FunctionName.$`, a JSONata expression) is not in the list.
 */
export function lambdaFunctionsOf(definition: unknown): string[] {
  const found = new Set<string>();
  for (const { states } of scopesOf(definition)) {
    for (const [, state] of states) {
      const called = functionCalledBy(state);
      if (called !== undefined) found.add(called);
    }
  }
  return [...found];
}

function functionCalledBy(state: unknown): string | undefined {
  const resource = ownField(state, 'Resource');
  if (ownField(state, 'Type') !== 'Task' || typeof resource !== 'string') return undefined;
  if (!LAMBDA_INVOKE.test(resource)) return NOT_A_FUNCTION.test(resource) ? undefined : resource;
  const parameters = ownField(state, 'Parameters') ?? ownField(state, 'Arguments');
  const name = ownField(parameters, 'FunctionName');
  if (!isKnown(name)) return undefined;
  const qualifier = ownField(parameters, 'Qualifier');
  return isKnown(qualifier) ? `${name}:${qualifier}` : name;
}

/** Whether a value is a text that is not made at run time. */
const isKnown = (value: unknown): value is string => typeof value === 'string' && !value.startsWith('{%');
