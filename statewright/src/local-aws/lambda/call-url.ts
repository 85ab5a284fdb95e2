import { AwsError } from '../aws-error';
import { allowsEveryone } from '../iam/authorize';
import type { EventQueue } from './event-queue';
import type { FunctionStore } from './function-store';
import { type AddressedFunction, findUrl } from './function-urls';
import { invoke } from './invoke';
import { resourcePolicy } from './permissions';
import type { Runner } from './runner';
import { preflightResponse, withCors } from './url-cors';
import { type UrlRequest, urlEvent } from './url-request';
import { functionFailed, jsonResponse, type UrlResponse, urlResponse } from './url-response';

/** Calls the function behind an address; undefined when the address does not exist. */
export async function callUrl(
  store: FunctionStore,
  runner: Runner,
  events: EventQueue,
  id: string,
  request: UrlRequest,
): Promise<UrlResponse | undefined> {
  const target = findUrl(store, id);
  if (target === undefined) return undefined;
  const { Cors } = target.url;
  const preflight = Cors && preflightResponse(Cors, request);
  if (preflight) return preflight;
  const problem = authorizationProblem(store, target, request);
  const response = problem
    ? jsonResponse(403, {
        Message: `Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html. ${problem}`,
      })
    : await invokeFor(store, runner, events, target, request);
  return Cors ? withCors(Cors, request, response) : response;
}

/** Both are needed (Lambda Developer Guide, "Control access to Lambda function URLs"). */
const ACTIONS = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'] as const;

function authorizationProblem(
  store: FunctionStore,
  { url, FunctionName, Qualifier }: AddressedFunction,
  { accessKeyId, mayCall }: UrlRequest,
): string | undefined {
  const isSigned = url.AuthType === 'AWS_IAM';
  if (isSigned && accessKeyId === undefined) {
    return "The request has to be signed with this local AWS's access key or credentials of a role, because the AuthType is AWS_IAM.";
  }
  const policy = resourcePolicy(store, { FunctionName, ...(Qualifier !== undefined && { Qualifier }) });
  const resource = store.arn(FunctionName, Qualifier);
  const conditions = { 'lambda:FunctionUrlAuthType': url.AuthType, 'lambda:InvokedViaFunctionUrl': 'true' };
  const missing = ACTIONS.find((action) => {
    const question = { action, resource, conditions };
    if (isSigned) return !mayCall({ ...question, ...(policy !== undefined && { resourcePolicy: policy }) });
    return policy === undefined || !allowsEveryone(policy, question);
  });
  if (missing === undefined) return undefined;
  return isSigned
    ? `The signer may not perform ${missing} on ${resource}.`
    : `The policy of ${resource} does not let everybody perform ${missing}: add a permission with the principal "*".`;
}

async function invokeFor(
  store: FunctionStore,
  runner: Runner,
  events: EventQueue,
  target: AddressedFunction,
  request: UrlRequest,
): Promise<UrlResponse> {
  const { accountId, region, clock, uuid } = store.context;
  const RequestId = uuid();
  const Payload = urlEvent(request, target, { requestId: RequestId, accountId, region, now: clock.now() });
  const { FunctionName, Qualifier } = target;
  try {
    const answer = await invoke(store, runner, events, {
      FunctionName,
      ...(Qualifier !== undefined && { Qualifier }),
      Payload,
      RequestId,
    });
    return answer.FunctionError === undefined ? urlResponse(answer.Payload) : functionFailed;
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    return jsonResponse(error.status < 500 ? error.status : 502, { Message: error.message });
  }
}
