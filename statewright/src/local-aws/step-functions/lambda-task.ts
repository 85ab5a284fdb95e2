import { INVOKE_FUNCTION } from '../../asl/integrations';
import { functionArn, parseFunctionName } from '../../asl/resource';
import { isObject, type Json, parseJson, stringifyJson } from '../../engine/data';
import type { TaskCall, TaskFailure, TaskResult } from '../../engine/execution/services';
import { AwsError } from '../aws-error';
import { type InvokeRequest, payloadFault } from '../lambda/invoke';
import { beginTrace } from '../lambda/trace';
import type { LambdaAnswer, StatesDependencies } from './dependencies';

/** A Task whose Resource is a Lambda function's ARN: the payload is the result. */
export async function invokeLambdaArn(
  states: StatesDependencies,
  call: TaskCall,
  arn: string,
): Promise<TaskResult> {
  const answer = await invoke(states, call, { FunctionName: arn, Payload: call.input });
  return 'error' in answer ? answer : { output: answer.Payload, ...timeOf(answer) };
}

/** A Task with `arn:aws:states:::lambda:invoke`: the result describes the call, and has the payload as a member. */
export async function invokeIntegration(states: StatesDependencies, call: TaskCall): Promise<TaskResult> {
  const parameters = parseJson(call.input);
  if (!isObject(parameters) || typeof parameters.FunctionName !== 'string') {
    return {
      error: 'States.Runtime',
      cause: `An error occurred while executing the state '${call.stateName}'. The Parameters of lambda:invoke need a FunctionName.`,
    };
  }
  const text = (name: string) => {
    const value = parameters[name];
    return typeof value === 'string' ? { [name]: value } : {};
  };
  const payload = payloadOf(parameters.Payload);
  const fault = typeof parameters.Payload === 'string' && payloadFault(parameters.Payload);
  if (fault) return serviceError(states, fault);
  const answer = await invoke(states, call, {
    FunctionName: parameters.FunctionName,
    ...text('Qualifier'),
    ...text('InvocationType'),
    ...text('LogType'),
    ...text('ClientContext'),
    ...payload,
  });
  return 'error' in answer ? answer : { output: describeAnswer(states, answer), ...timeOf(answer) };
}

/** A text is the request's body itself, and null leaves it out: the function then receives `{}`. */
function payloadOf(payload: Json | undefined): Pick<InvokeRequest, 'Payload'> {
  if (payload === undefined || payload === null) return {};
  return { Payload: typeof payload === 'string' ? payload : stringifyJson(payload) };
}

/** Lambda's answer and the id of the invocation. */
type Invoked = Exclude<LambdaAnswer, TaskFailure> & { readonly requestId: string };

export const timeOf = ({ takes }: { readonly takes?: number }) => (takes === undefined ? {} : { takes });

/** Calls the function with the state machine's role; failures have Step Functions' wording. */
async function invoke(
  states: StatesDependencies,
  call: TaskCall,
  request: InvokeRequest,
): Promise<Invoked | TaskFailure> {
  const { roleArn } = call;
  const resource = arnOf(states, request);
  const permission = states.iam.authorize({
    roleArn,
    action: INVOKE_FUNCTION.action,
    resource,
    sessionName: states.context.uuid().replaceAll('-', ''),
  });
  try {
    if (!permission.allowed) throw new AwsError('AccessDeniedException', permission.message, 403);
    const requestId = states.context.uuid();
    const { executionArn, scheduledEventId } = call;
    const functionName = request.FunctionName;
    states.running.addInvocation(executionArn, { requestId, functionName, scheduledEventId });
    const answer = await states.lambda.invoke({ ...request, RequestId: requestId }, call);
    if ('error' in answer) return answer;
    return answer.FunctionError === undefined ? { ...answer, requestId } : functionError(answer.Payload);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return serviceError(states, isMissing(error) ? functionNotFound(resource) : error);
  }
}

const notFound = 'ResourceNotFoundException';

/** Not a function of another region, whose error has its own message. */
const isMissing = ({ code, message }: AwsError) =>
  code === notFound && message.startsWith('Function not found');

/** Invoke's message names the version, also when the caller did not. */
function functionNotFound(resource: string): AwsError {
  const version = /:function:[^:]+$/.test(resource) ? ':$LATEST' : '';
  return new AwsError(notFound, `Function not found: ${resource}${version}`, 404);
}

/**
 * The function's error: its errorType is the error's name, and its unchanged payload the cause. Without an errorType
 * the error is `Lambda.Unknown` (Step Functions Developer Guide, "Handle transient Lambda service exceptions").
 */
function functionError(payload: string): TaskFailure {
  const value = parseJson(payload);
  if (isObject(value) && typeof value.errorType === 'string' && value.errorType !== '')
    return { error: value.errorType, cause: payload };
  return {
    error: 'Lambda.Unknown',
    cause: `The cause could not be determined because Lambda did not return an error type. Returned payload: ${payload}`,
  };
}

/** Errors that Lambda's Invoke lists keep their names; any other, such as a denial, is an AWSLambdaException. */
const invokeErrors = new Set([
  'InvalidParameterValueException',
  'InvalidRequestContentException',
  'InvalidRuntimeException',
  'KMSAccessDeniedException',
  'RequestTooLargeException',
  'ResourceConflictException',
  'ResourceNotFoundException',
  'ResourceNotReadyException',
  'ServiceException',
  'TooManyRequestsException',
  'UnsupportedMediaTypeException',
]);

function serviceError({ context }: StatesDependencies, { code, message, status }: AwsError): TaskFailure {
  return {
    error: `Lambda.${invokeErrors.has(code) ? code : 'AWSLambdaException'}`,
    cause: `${message} (Service: AWSLambda; Status Code: ${status}; Error Code: ${code}; Request ID: ${context.uuid()}; Proxy: null)`,
  };
}

/** The ARN that the role's permission is checked for. */
function arnOf({ context }: StatesDependencies, { FunctionName, Qualifier }: InvokeRequest): string {
  const { region, accountId } = context;
  const named = {
    ...(Qualifier !== undefined && { qualifier: Qualifier }),
    ...parseFunctionName(FunctionName),
  };
  return functionArn(named, { partition: 'aws', region, accountId });
}

/** The result of lambda:invoke, with the payload's text as the function wrote it. */
function describeAnswer({ context }: StatesDependencies, answer: Invoked): string {
  const { requestId } = answer;
  const payload = answer.Payload === '' ? '""' : answer.Payload;
  const headers = {
    'X-Amz-Executed-Version': answer.ExecutedVersion,
    'x-amzn-Remapped-Content-Length': '0',
    Connection: 'keep-alive',
    'x-amzn-RequestId': requestId,
    'Content-Length': String(Buffer.byteLength(answer.Payload)),
    Date: new Date(context.clock.now()).toUTCString(),
    'X-Amzn-Trace-Id': `root=${beginTrace(requestId, false, context.clock.now()).traceId};sampled=0`,
    'Content-Type': 'application/json',
  };
  const metadata = JSON.stringify({
    ...(answer.LogResult !== undefined && { LogResult: answer.LogResult }),
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      HttpHeaders: headers,
      HttpStatusCode: answer.StatusCode,
    },
    SdkResponseMetadata: { RequestId: requestId },
    StatusCode: answer.StatusCode,
  });
  return `{"ExecutedVersion":${JSON.stringify(answer.ExecutedVersion)},"Payload":${payload},${metadata.slice(1)}`;
}
