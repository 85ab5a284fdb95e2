import { type Context, Hono } from 'hono';
import type { Account } from '../account';
import { AwsError } from '../aws-error';
import { credentialOf } from '../credential';
import { requireAccess, requireSignature } from './access';
import { isApiPath } from './api-path';
import { limitBody } from './body-limit';
import { consoleKeyFor } from './console-key';
import { discardBody } from './discard-body';
import { functionUrls, urlTarget } from './function-urls';
import { gateway } from './gateway';
import { hasLocalName, isLocalRequest } from './guard';
import { jsonError } from './json-protocol';
import { lambdaRoutes } from './lambda-routes';
import { answerS3 } from './object-store-routes';
import { notImplemented } from './operation';
import { isQuery, xmlError } from './query-protocol';
import { regionProblem, requestRegion } from './request-region';
import { restError } from './rest-protocol';
import { type AppEnvironment, rpcHandler } from './rpc';
import { s3Operation } from './upstream-call';

/** An answered request, for a log. */
export interface RequestReport {
  readonly method: string;
  readonly path: string;
  /** Such as `AWSStepFunctions.StartExecution` or `CreateRole`; undefined where the path says it. */
  readonly operation: string | undefined;
  readonly status: number;
  readonly milliseconds: number;
}

export interface AppOptions {
  /** The name or address that the server listens on. */
  readonly host: string;
  /** What every request has to be signed with; without it, anyone who can reach the server is let in. */
  readonly accessKeyId?: string;
  /** Called for each answered request. */
  readonly onRequest?: (report: RequestReport) => void;
  /** Answers requests that belong to no AWS API: pages for people. */
  readonly pages?: (request: Request) => Response | Promise<Response>;
}

/** The AWS APIs of an account, over HTTP. */
export function awsApp(
  account: Account,
  { host, accessKeyId, onRequest, pages }: AppOptions,
): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>({ strict: false });

  app.use(async (c, next) => {
    const start = performance.now();
    c.set('requestId', account.uuid());
    const credential = credentialOf(c.req.raw);
    c.set('credential', credential);
    c.set('region', requestRegion(credential, c.req.header('host')) ?? account.region);
    // Any page may call the URL of a function, as on AWS: who has its id was told.
    const mayPass = urlTarget(c.req) ? hasLocalName(host, c.req.header('host')) : isLocalRequest(host, c.req);
    if (mayPass) await next();
    else {
      await discardBody(c);
      c.res = jsonError(foreign);
    }
    // An upstream's answer has its own.
    if (!c.res.headers.has('x-amzn-requestid')) c.res.headers.set('x-amzn-requestid', c.get('requestId'));
    onRequest?.({
      method: c.req.method,
      path: c.req.path,
      operation: c.get('operation'),
      status: c.res.status,
      milliseconds: performance.now() - start,
    });
  });

  const limit = limitBody();
  app.use((c, next) => (urlTarget(c.req) ? limit(c, next) : next()), functionUrls(account, accessKeyId));
  app.use(requireAccess(account, accessKeyId, pages && accessKeyId ? consoleKeyFor(accessKeyId) : undefined));
  if (account.upstreamOf) app.use(gateway(account));
  app.use(limit);
  app.use(requireSignature());
  app.use(async (c, next) => {
    const problem = regionProblem(c.get('credential'));
    if (problem === undefined) return next();
    return c.get('credential')?.service === 'lambda' ? restError(problem) : jsonError(problem);
  });

  const rpc = rpcHandler(account);
  app.post('/', rpc);
  app.get('/', (c, next) => (isQuery(c.req) ? rpc(c) : next()));
  app.route(
    '/',
    lambdaRoutes((c: Context<AppEnvironment>) => account.in(c.get('region')).lambda),
  );
  app.notFound(async (c) => {
    const service = c.get('credential')?.service;
    const answer =
      service === 's3' ? await answerS3(account.objects, c.req.raw, c.get('checkCall')) : undefined;
    if (answer) return answer;
    return pages && service === undefined && !isApiPath(c.req.path)
      ? pages(c.req.raw)
      : unknownRoute(service ?? 'lambda', c.req.raw);
  });
  app.onError((error) => jsonError(new AwsError('InternalFailure', error.message, 500)));
  return app;
}

/**
 * The error for an unknown path of a REST API, with the name of S3's operation, or the path where its operation is not known. S3
 * clients read XML, all others JSON.
 */
function unknownRoute(service: string, request: Request): Response {
  const name = `${request.method} ${new URL(request.url).pathname}`;
  return service === 's3'
    ? xmlError(notImplemented(service, s3Operation(request) ?? name))
    : restError(notImplemented(service, name));
}

const foreign = new AwsError(
  'AccessDeniedException',
  'This server answers only requests from programs and pages on this machine, sent to its own host name.',
  403,
);
