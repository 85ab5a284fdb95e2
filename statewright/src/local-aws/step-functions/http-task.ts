import type { IntegrationResource } from '../../asl/resource';
import { isObject, type JsonObject, stringifyJson } from '../../engine/data';
import type { TaskCall, TaskFailure, TaskResult } from '../../engine/execution/services';
import { ConnectionError, readConnection } from '../../integrations/connections';
import { apiGatewayRequest, HttpRequestError, httpRequest, sendHttp } from '../../integrations/http-task';
import type { StatesDependencies } from './dependencies';
import { refused } from './refused';

/** Calls an HTTP endpoint with the credentials of an EventBridge connection, or an API of API Gateway. */
export async function callHttp(
  states: StatesDependencies,
  call: TaskCall,
  called: IntegrationResource,
  request: JsonObject,
): Promise<TaskResult> {
  try {
    const sent =
      called.service === 'http'
        ? await invoke(states, call, request)
        : await invokeApi(states, call, request);
    return 'error' in sent ? refused(called, sent) : { output: stringifyJson(sent.output) };
  } catch (error) {
    if (!(error instanceof HttpRequestError || error instanceof ConnectionError)) throw error;
    const failure: TaskFailure = {
      error: error instanceof HttpRequestError ? 'States.Runtime' : 'States.TaskFailed',
      cause: error.message,
    };
    return refused(called, failure);
  }
}

async function invoke(
  { context: { region }, connections, upstreamOf, onHttpExchange }: StatesDependencies,
  call: TaskCall,
  request: JsonObject,
) {
  const { signal } = call;
  const place = request.Authentication ?? request.InvocationConfig;
  const arn = isObject(place) ? String(place.ConnectionArn) : '';
  const connection = await readConnection(arn, connections, upstreamOf, { region, signal });
  const exchange = {
    request: httpRequest(request, connection, { region, signal }),
    withoutSecrets: httpRequest(request, { headers: {}, query: {}, body: {} }, { region, signal }),
  };
  onHttpExchange?.(exchange);
  return sendHttp(
    exchange.request,
    { statusError: 'States.Http.StatusCode', socketError: 'States.Http.Socket' },
    (response) => onHttpExchange?.({ ...exchange, response }),
  );
}

function invokeApi({ upstreamOf }: StatesDependencies, { signal }: TaskCall, request: JsonObject) {
  const upstream = upstreamOf?.('api-gateway');
  if (upstream === undefined && !String(request.ApiEndpoint).startsWith('http')) {
    throw new ConnectionError(
      'This call needs API Gateway, which the local AWS does not have. Start an emulator that has it and pass its address: --upstream URL (or --endpoint apigateway=URL). Or answer the call with a stand-in.',
    );
  }
  if (upstream?.endpoint === 'aws' && (request.AuthType ?? 'NO_AUTH') !== 'NO_AUTH') {
    throw new HttpRequestError(
      `The local AWS calls real APIs only with AuthType NO_AUTH, not ${String(request.AuthType)}.`,
    );
  }
  return sendHttp(apiGatewayRequest(request, upstream?.endpoint ?? '', signal), {
    statusError: 'ApiGateway',
    socketError: 'ApiGateway.SdkClientException',
  });
}
