import { type Context, Hono } from 'hono';
import type { LambdaService } from '../lambda/lambda-service';
import { operation } from './operation';
import { answering, answerRest, type Route } from './rest-protocol';
import { anything, boolean, integer, integerText, list, map, oneOf, string, structure } from './shape';

const settings = {
  Description: string,
  Handler: string,
  Role: string,
  Timeout: integer,
  MemorySize: integer,
  Runtime: string,
  Environment: structure({}, { Variables: map(string) }),
  TracingConfig: structure({}, { Mode: string }),
  EphemeralStorage: structure({ Size: integer }, {}),
  Layers: list(string),
  KMSKeyArn: string,
  LoggingConfig: structure(
    {},
    { LogFormat: string, ApplicationLogLevel: string, SystemLogLevel: string, LogGroup: string },
  ),
  DeadLetterConfig: anything,
  FileSystemConfigs: anything,
  VpcConfig: anything,
};
const architectures = list(string);
const named = { FunctionName: string };
const qualified = structure(named, { Qualifier: string });
const namedAlias = { ...named, Name: string };
const aliasSettings = {
  Description: string,
  RoutingConfig: structure({}, { AdditionalVersionWeights: map(anything) }),
};
const paging = { Marker: string, MaxItems: integerText };
const code = { ZipFile: string, S3Bucket: string, ImageUri: string };

/** Lambda's operations, each with its place in Lambda's REST API. */
function routes(lambda: LambdaService): Route[] {
  return [
    {
      method: 'POST',
      path: '/2015-03-31/functions',
      status: 201,
      operation: operation(
        structure(
          { ...named, Role: string, Code: structure({}, code) },
          {
            ...settings,
            PackageType: string,
            Architectures: architectures,
            Publish: boolean,
            Tags: map(string),
          },
        ),
        lambda.createFunction,
      ),
    },
    {
      method: 'GET',
      path: '/2015-03-31/functions',
      status: 200,
      operation: operation(structure({}, { ...paging, FunctionVersion: string }), lambda.listFunctions),
    },
    {
      method: 'GET',
      path: '/2015-03-31/functions/:FunctionName',
      status: 200,
      operation: operation(qualified, lambda.getFunction),
    },
    {
      method: 'DELETE',
      path: '/2015-03-31/functions/:FunctionName',
      status: 204,
      operation: operation(qualified, lambda.deleteFunction),
    },
    {
      method: 'GET',
      path: '/2015-03-31/functions/:FunctionName/configuration',
      status: 200,
      operation: operation(qualified, lambda.getFunctionConfiguration),
    },
    {
      method: 'PUT',
      path: '/2015-03-31/functions/:FunctionName/configuration',
      status: 200,
      operation: operation(
        structure(named, { ...settings, RevisionId: string }),
        lambda.updateFunctionConfiguration,
      ),
    },
    {
      method: 'PUT',
      path: '/2015-03-31/functions/:FunctionName/code',
      status: 200,
      operation: operation(
        structure(named, {
          ...code,
          Architectures: architectures,
          Publish: boolean,
          DryRun: boolean,
          RevisionId: string,
        }),
        lambda.updateFunctionCode,
      ),
    },
    {
      method: 'GET',
      path: '/2015-03-31/functions/:FunctionName/versions',
      status: 200,
      operation: operation(structure(named, paging), lambda.listVersionsByFunction),
    },
    {
      method: 'POST',
      path: '/2015-03-31/functions/:FunctionName/versions',
      status: 201,
      operation: operation(
        structure(named, { CodeSha256: string, Description: string, RevisionId: string }),
        lambda.publishVersion,
      ),
    },
    {
      method: 'POST',
      path: '/2015-03-31/functions/:FunctionName/aliases',
      status: 201,
      operation: operation(
        structure({ ...namedAlias, FunctionVersion: string }, aliasSettings),
        lambda.createAlias,
      ),
    },
    {
      method: 'GET',
      path: '/2015-03-31/functions/:FunctionName/aliases',
      status: 200,
      operation: operation(structure(named, { ...paging, FunctionVersion: string }), lambda.listAliases),
    },
    {
      method: 'GET',
      path: '/2015-03-31/functions/:FunctionName/aliases/:Name',
      status: 200,
      operation: operation(structure(namedAlias, {}), lambda.getAlias),
    },
    {
      method: 'PUT',
      path: '/2015-03-31/functions/:FunctionName/aliases/:Name',
      status: 200,
      operation: operation(
        structure(namedAlias, { ...aliasSettings, FunctionVersion: string, RevisionId: string }),
        lambda.updateAlias,
      ),
    },
    {
      method: 'DELETE',
      path: '/2015-03-31/functions/:FunctionName/aliases/:Name',
      status: 204,
      operation: operation(structure(namedAlias, {}), lambda.deleteAlias),
    },
    {
      method: 'GET',
      path: '/2020-06-30/functions/:FunctionName/code-signing-config',
      status: 200,
      operation: operation(structure(named, {}), lambda.getFunctionCodeSigningConfig),
    },
    {
      method: 'PUT',
      path: '/2017-10-31/functions/:FunctionName/concurrency',
      status: 200,
      operation: operation(
        structure({ ...named, ReservedConcurrentExecutions: integer }, {}),
        lambda.putFunctionConcurrency,
      ),
    },
    {
      method: 'DELETE',
      path: '/2017-10-31/functions/:FunctionName/concurrency',
      status: 204,
      operation: operation(structure(named, {}), lambda.deleteFunctionConcurrency),
    },
    {
      method: 'GET',
      path: '/2016-08-19/account-settings',
      status: 200,
      operation: operation(structure({}, {}), lambda.getAccountSettings),
    },
    {
      method: 'GET',
      path: '/2019-09-30/functions/:FunctionName/concurrency',
      status: 200,
      operation: operation(structure(named, {}), lambda.getFunctionConcurrency),
    },
    {
      method: 'POST',
      path: '/2015-03-31/functions/:FunctionName/policy',
      status: 201,
      operation: operation(
        structure(
          { ...named, StatementId: string, Action: string, Principal: string },
          { Qualifier: string, SourceArn: string, SourceAccount: string },
        ),
        lambda.addPermission,
      ),
    },
    {
      method: 'GET',
      path: '/2015-03-31/functions/:FunctionName/policy',
      status: 200,
      operation: operation(qualified, lambda.getPolicy),
    },
    {
      method: 'DELETE',
      path: '/2015-03-31/functions/:FunctionName/policy/:StatementId',
      status: 204,
      operation: operation(
        structure({ ...named, StatementId: string }, { Qualifier: string }),
        lambda.removePermission,
      ),
    },
    {
      method: 'GET',
      path: '/2017-03-31/tags/:Resource',
      status: 200,
      operation: operation(structure({ Resource: string }, {}), lambda.listTags),
    },
    {
      method: 'POST',
      path: '/2017-03-31/tags/:Resource',
      status: 204,
      operation: operation(structure({ Resource: string, Tags: map(string) }, {}), lambda.tagResource),
    },
    {
      method: 'DELETE',
      path: '/2017-03-31/tags/:Resource',
      status: 204,
      operation: operation(
        structure({ Resource: string, tagKeys: list(string) }, {}),
        ({ Resource, tagKeys }) => lambda.untagResource({ Resource, TagKeys: tagKeys }),
      ),
    },
  ];
}

const invocation = structure(named, {
  Qualifier: string,
  InvocationType: oneOf('RequestResponse', 'Event', 'DryRun'),
  LogType: oneOf('None', 'Tail'),
  ClientContext: string,
});

/**
 * Lambda (REST-JSON). Two are apart: of Invoke the body is the payload, and what is said of it goes in headers; and a
 * function's code is no operation of AWS's, but what GetFunction gives the address of.
 */
export function lambdaRoutes(lambda: LambdaService): Hono {
  const app = new Hono({ strict: false });
  for (const route of routes(lambda)) app.on(route.method, route.path, (c) => answerRest(route, c));
  app.post('/2015-03-31/functions/:FunctionName/invocations', (c) => answering(() => invoke(lambda, c)));
  app.get('/2015-03-31/functions/:FunctionName/code', (c) => answering(async () => sendCode(lambda, c)));
  return app;
}

function sendCode(lambda: LambdaService, c: Context): Response {
  const members = { FunctionName: c.req.param('FunctionName'), Qualifier: c.req.query('Qualifier') };
  const headers = { 'content-type': 'application/zip' };
  return new Response(new Uint8Array(lambda.getCode(qualified(members, ''))), { headers });
}

async function invoke(lambda: LambdaService, c: Context): Promise<Response> {
  const members = {
    FunctionName: c.req.param('FunctionName'),
    Qualifier: c.req.query('Qualifier'),
    InvocationType: c.req.header('x-amz-invocation-type'),
    LogType: c.req.header('x-amz-log-type'),
    ClientContext: c.req.header('x-amz-client-context'),
  };
  const Payload = await c.req.text();
  const answer = await lambda.invoke({ ...invocation(members, ''), ...(Payload !== '' && { Payload }) });
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
