import { type Context, Hono } from 'hono';
import { takesCode } from '../lambda/code-member';
import { readUploadedCode } from '../lambda/code-thread';
import type { LambdaService } from '../lambda/lambda-service';
import { lambdaApi } from '../lambda/requests';
import { eventMessage } from './event-stream';
import { UNSUPPORTED } from './lambda-unsupported';
import { oncePerKey } from './once-per-key';
import { notImplemented, type Operation, operationsOf } from './operation';
import type { Members } from './requested-resource';
import { answering, answerRest, type Route, restError } from './rest-protocol';
import type { AppEnvironment } from './rpc';

type Row = readonly [Route['method'], Route['path'], Route['status'], keyof typeof lambdaApi.requests];

const LAYER_VERSION = '/2018-10-31/layers/:LayerName/versions/:VersionNumber';
const RUNTIME_MANAGEMENT = '/2021-07-20/functions/:FunctionName/runtime-management-config';
const RECURSION = '/2024-08-31/functions/:FunctionName/recursion-config';

/** Each operation's method and path (Lambda API Reference, "Request Syntax"), and its status when it succeeds. */
const ROUTES: readonly Row[] = [
  ['POST', '/2015-03-31/functions', 201, 'CreateFunction'],
  ['GET', '/2015-03-31/functions', 200, 'ListFunctions'],
  ['GET', '/2015-03-31/functions/:FunctionName', 200, 'GetFunction'],
  ['DELETE', '/2015-03-31/functions/:FunctionName', 204, 'DeleteFunction'],
  ['GET', '/2015-03-31/functions/:FunctionName/configuration', 200, 'GetFunctionConfiguration'],
  ['PUT', '/2015-03-31/functions/:FunctionName/configuration', 200, 'UpdateFunctionConfiguration'],
  ['PUT', '/2015-03-31/functions/:FunctionName/code', 200, 'UpdateFunctionCode'],
  ['GET', '/2015-03-31/functions/:FunctionName/versions', 200, 'ListVersionsByFunction'],
  ['POST', '/2015-03-31/functions/:FunctionName/versions', 201, 'PublishVersion'],
  ['POST', '/2015-03-31/functions/:FunctionName/aliases', 201, 'CreateAlias'],
  ['GET', '/2015-03-31/functions/:FunctionName/aliases', 200, 'ListAliases'],
  ['GET', '/2015-03-31/functions/:FunctionName/aliases/:Name', 200, 'GetAlias'],
  ['PUT', '/2015-03-31/functions/:FunctionName/aliases/:Name', 200, 'UpdateAlias'],
  ['DELETE', '/2015-03-31/functions/:FunctionName/aliases/:Name', 204, 'DeleteAlias'],
  ['GET', '/2020-06-30/functions/:FunctionName/code-signing-config', 200, 'GetFunctionCodeSigningConfig'],
  ['PUT', '/2017-10-31/functions/:FunctionName/concurrency', 200, 'PutFunctionConcurrency'],
  ['DELETE', '/2017-10-31/functions/:FunctionName/concurrency', 204, 'DeleteFunctionConcurrency'],
  ['POST', '/2018-10-31/layers/:LayerName/versions', 201, 'PublishLayerVersion'],
  ['GET', '/2018-10-31/layers/:LayerName/versions', 200, 'ListLayerVersions'],
  ['GET', LAYER_VERSION, 200, 'GetLayerVersion'],
  ['DELETE', LAYER_VERSION, 204, 'DeleteLayerVersion'],
  ['POST', `${LAYER_VERSION}/policy`, 201, 'AddLayerVersionPermission'],
  ['GET', `${LAYER_VERSION}/policy`, 200, 'GetLayerVersionPolicy'],
  ['DELETE', `${LAYER_VERSION}/policy/:StatementId`, 204, 'RemoveLayerVersionPermission'],
  ['GET', '/2016-08-19/account-settings', 200, 'GetAccountSettings'],
  ['PUT', RUNTIME_MANAGEMENT, 200, 'PutRuntimeManagementConfig'],
  ['GET', RUNTIME_MANAGEMENT, 200, 'GetRuntimeManagementConfig'],
  ['PUT', RECURSION, 200, 'PutFunctionRecursionConfig'],
  ['GET', RECURSION, 200, 'GetFunctionRecursionConfig'],
  ['GET', '/2019-09-30/functions/:FunctionName/concurrency', 200, 'GetFunctionConcurrency'],
  [
    'PUT',
    '/2019-09-30/functions/:FunctionName/provisioned-concurrency',
    202,
    'PutProvisionedConcurrencyConfig',
  ],
  [
    'DELETE',
    '/2019-09-30/functions/:FunctionName/provisioned-concurrency',
    204,
    'DeleteProvisionedConcurrencyConfig',
  ],
  ['PUT', '/2019-09-25/functions/:FunctionName/event-invoke-config', 200, 'PutFunctionEventInvokeConfig'],
  ['POST', '/2019-09-25/functions/:FunctionName/event-invoke-config', 200, 'UpdateFunctionEventInvokeConfig'],
  ['GET', '/2019-09-25/functions/:FunctionName/event-invoke-config', 200, 'GetFunctionEventInvokeConfig'],
  [
    'GET',
    '/2019-09-25/functions/:FunctionName/event-invoke-config/list',
    200,
    'ListFunctionEventInvokeConfigs',
  ],
  [
    'DELETE',
    '/2019-09-25/functions/:FunctionName/event-invoke-config',
    204,
    'DeleteFunctionEventInvokeConfig',
  ],
  ['POST', '/2021-10-31/functions/:FunctionName/url', 201, 'CreateFunctionUrlConfig'],
  ['GET', '/2021-10-31/functions/:FunctionName/url', 200, 'GetFunctionUrlConfig'],
  ['PUT', '/2021-10-31/functions/:FunctionName/url', 200, 'UpdateFunctionUrlConfig'],
  ['DELETE', '/2021-10-31/functions/:FunctionName/url', 204, 'DeleteFunctionUrlConfig'],
  ['GET', '/2021-10-31/functions/:FunctionName/urls', 200, 'ListFunctionUrlConfigs'],
  ['POST', '/2015-03-31/functions/:FunctionName/policy', 201, 'AddPermission'],
  ['GET', '/2015-03-31/functions/:FunctionName/policy', 200, 'GetPolicy'],
  ['DELETE', '/2015-03-31/functions/:FunctionName/policy/:StatementId', 204, 'RemovePermission'],
  ['POST', '/2015-03-31/event-source-mappings', 202, 'CreateEventSourceMapping'],
  ['GET', '/2015-03-31/event-source-mappings', 200, 'ListEventSourceMappings'],
  ['GET', '/2015-03-31/event-source-mappings/:UUID', 200, 'GetEventSourceMapping'],
  ['PUT', '/2015-03-31/event-source-mappings/:UUID', 202, 'UpdateEventSourceMapping'],
  ['DELETE', '/2015-03-31/event-source-mappings/:UUID', 202, 'DeleteEventSourceMapping'],
  ['GET', '/2017-03-31/tags/:Resource', 200, 'ListTags'],
  ['POST', '/2017-03-31/tags/:Resource', 204, 'TagResource'],
  ['DELETE', '/2017-03-31/tags/:Resource', 204, 'UntagResource'],
];

/**
 * Lambda (REST-JSON). Some routes differ: the body of Invoke is the payload and its other members are headers; and the
 * downloads of code are not AWS operations, but the addresses that GetFunction and GetLayerVersion return.
 *
 * @param lambdaOf the service of a request's region
 */
export function lambdaRoutes(lambdaOf: (c: Context<AppEnvironment>) => LambdaService): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>({ strict: false });
  const operationsIn = oncePerKey((lambda: LambdaService) => operationsOf(lambdaApi, lambda));
  const operationOf =
    (c: Context<AppEnvironment>, name: keyof typeof lambdaApi.requests): Operation =>
    async (members, wire) => {
      const checkCall = c.get('checkCall');
      checkCall?.('lambda', name, members as Members);
      const lambda = lambdaOf(c);
      // Who names an object needs the permission to read it.
      const complete = await lambda.withCode(name, members as Members, (object) =>
        checkCall?.('s3', 'GetObject', object),
      );
      return operationsIn(lambda)[name](complete, wire);
    };
  for (const [method, path, status, name] of ROUTES) {
    const read = takesCode(name) ? readUploaded(name) : undefined;
    app.on(method, path, (c) =>
      answerRest({ method, path, status, operation: operationOf(c, name), ...(read && { read }) }, c),
    );
  }
  app.get('/2018-10-31/layers', (c) => {
    // One path has two operations.
    const name = c.req.query('find') === 'LayerVersion' ? 'GetLayerVersionByArn' : 'ListLayers';
    return answerRest(
      { method: 'GET', path: '/2018-10-31/layers', status: 200, operation: operationOf(c, name) },
      c,
    );
  });
  app.get(`${LAYER_VERSION}/code`, (c) =>
    answering(async () => {
      c.get('checkCall')?.('lambda', 'GetLayerVersion', c.req.param());
      const request = lambdaApi.requests.GetLayerVersion.read(c.req.param(), '', 'text');
      return sendZip(lambdaOf(c).getLayerCode(request));
    }),
  );
  // The listing has the same path, and a parameter in its query.
  app.get('/2019-09-30/functions/:FunctionName/provisioned-concurrency', (c) => {
    const list = c.req.query('List') === 'ALL';
    const name = list ? 'ListProvisionedConcurrencyConfigs' : 'GetProvisionedConcurrencyConfig';
    return answerRest({ method: 'GET', path: c.req.path, status: 200, operation: operationOf(c, name) }, c);
  });
  app.post('/2015-03-31/functions/:FunctionName/invocations', (c) => answering(() => invoke(lambdaOf(c), c)));
  app.post('/2021-11-15/functions/:FunctionName/response-streaming-invocations', (c) =>
    answering(() => invokeWithStream(lambdaOf(c), c)),
  );
  app.get('/2015-03-31/functions/:FunctionName/code', (c) => answering(async () => sendCode(lambdaOf(c), c)));
  for (const [method, path, name] of UNSUPPORTED) {
    app.on(method, path, () => restError(notImplemented('lambda', name)));
  }
  return app;
}

/** How the body of an operation that takes a package is read. */
const readUploaded = (name: string) => async (c: Context) =>
  readUploadedCode(name, await c.req.arrayBuffer());

function sendCode(lambda: LambdaService, c: Context<AppEnvironment>): Response {
  const members = { FunctionName: c.req.param('FunctionName'), Qualifier: c.req.query('Qualifier') };
  c.get('checkCall')?.('lambda', 'GetFunction', members);
  return sendZip(lambda.getCode(lambdaApi.requests.GetFunction.read(members, '', 'text')));
}

const sendZip = (zip: Buffer) =>
  new Response(zip as Uint8Array<ArrayBuffer>, { headers: { 'content-type': 'application/zip' } });

async function readInvocation(c: Context<AppEnvironment>) {
  const members = {
    FunctionName: c.req.param('FunctionName'),
    Qualifier: c.req.query('Qualifier'),
    InvocationType: c.req.header('x-amz-invocation-type'),
    LogType: c.req.header('x-amz-log-type'),
    ClientContext: c.req.header('x-amz-client-context'),
    TenantId: c.req.header('x-amz-tenant-id'),
    DurableExecutionName: c.req.header('x-amz-durable-execution-name'),
    Payload: await c.req.text(),
  };
  c.get('checkCall')?.('lambda', 'Invoke', members);
  return lambdaApi.requests.Invoke.read(members, '', 'text');
}

async function invoke(lambda: LambdaService, c: Context<AppEnvironment>): Promise<Response> {
  const answer = await lambda.invoke(await readInvocation(c));
  const headers = {
    'content-type': 'application/json',
    'x-amz-executed-version': answer.ExecutedVersion,
    ...(answer.FunctionError !== undefined && { 'x-amz-function-error': answer.FunctionError }),
    ...(answer.LogResult !== undefined && { 'x-amz-log-result': answer.LogResult }),
  };
  // 204, the answer to a dry run, has no body.
  return new Response(answer.StatusCode === 204 ? null : answer.Payload, {
    status: answer.StatusCode,
    headers,
  });
}

/**
 * InvokeWithResponseStream: the response in chunks, as the function writes them, then how the invocation ended. An error
 * before the first chunk is the answer, as for Invoke.
 */
async function invokeWithStream(lambda: LambdaService, c: Context<AppEnvironment>): Promise<Response> {
  const request = await readInvocation(c);
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  // Writing fails when the client has gone.
  const send = (event: string, type: string, payload: Uint8Array) =>
    void writer.write(eventMessage(event, type, payload)).catch(() => {});
  const sendChunk = (bytes: Uint8Array) => {
    if (bytes.length > 0) send('PayloadChunk', 'application/octet-stream', bytes);
    begin();
  };
  const ended = lambda
    .invoke({ ...request, InvocationType: 'RequestResponse', onChunk: sendChunk })
    .then(({ Payload, FunctionError, LogResult, ExecutedVersion }) => {
      if (FunctionError === undefined) sendChunk(Buffer.from(Payload));
      const complete = {
        ...(FunctionError !== undefined && { ErrorCode: FunctionError, ErrorDetails: Payload }),
        ...(LogResult !== undefined && { LogResult }),
      };
      send('InvokeComplete', 'application/json', Buffer.from(JSON.stringify(complete)));
      void writer.close().catch(() => {});
      return ExecutedVersion;
    });
  // An error after the first chunk breaks the response off.
  ended.catch((error) => writer.abort(error).catch(() => {}));
  const executedVersion = await Promise.race([begun, ended]);
  return new Response(readable, {
    headers: {
      'content-type': 'application/vnd.amazon.eventstream',
      ...(executedVersion && { 'x-amz-executed-version': executedVersion }),
    },
  });
}
