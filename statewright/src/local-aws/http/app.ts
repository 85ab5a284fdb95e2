import { Hono } from 'hono';
import type { Account } from '../account';
import { AwsError } from '../aws-error';
import { limitBody } from './body-limit';
import { isLocalRequest } from './guard';
import { jsonError } from './json-protocol';
import { lambdaRoutes } from './lambda-routes';
import { answerS3 } from './object-store-routes';
import { notImplemented } from './operation';
import { xmlError } from './query-protocol';
import { restError } from './rest-protocol';
import { type AppEnvironment, rpcHandler } from './rpc';

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
  /** Called for each answered request. */
  readonly onRequest?: (report: RequestReport) => void;
  /** Answers requests that belong to no AWS API: pages for people. */
  readonly pages?: (request: Request) => Response | Promise<Response>;
}

/** The AWS APIs of an account, over HTTP. */
export function awsApp(account: Account, { host, onRequest, pages }: AppOptions): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>({ strict: false });

  app.use(async (c, next) => {
    const start = performance.now();
    c.set('requestId', account.uuid());
    const given = { host: c.req.header('host'), origin: c.req.header('origin') };
    if (isLocalRequest(host, given)) await next();
    else c.res = jsonError(foreign, {});
    c.res.headers.set('x-amzn-requestid', c.get('requestId'));
    onRequest?.({
      method: c.req.method,
      path: c.req.path,
      operation: c.get('operation'),
      status: c.res.status,
      milliseconds: performance.now() - start,
    });
  });

  app.use(limitBody());

  app.post('/', rpcHandler(account));
  app.route('/', lambdaRoutes(account.lambda));
  app.notFound(async (c) => {
    const service = signedFor(c.req.raw);
    const answer = service === 's3' ? await answerS3(account.objects, c.req.raw) : undefined;
    if (answer) return answer;
    return pages && service === undefined && !isApiPath(c.req.path)
      ? pages(c.req.raw)
      : unknownRoute(service ?? 'lambda', `${c.req.method} ${c.req.path}`);
  });
  app.onError((error) => jsonError(new AwsError('InternalFailure', error.message, 500), {}));
  return app;
}

/** Paths of REST APIs begin with the API's date. */
const isApiPath = (path: string) => /^\/\d{4}-\d{2}-\d{2}\//.test(path);

/**
 * The service that a signed request is for, such as `s3`; browsers do not sign (IAM User Guide, "Elements of an AWS
 * API request signature": Credential=key/date/region/service/aws4_request).
 */
const signedFor = (request: Request): string | undefined =>
  /Credential=[^,]*\/([\w-]+)\/aws4_request/.exec(request.headers.get('authorization') ?? '')?.[1];

/** The error for an unknown path of a REST API: S3 clients read XML, all others JSON. */
function unknownRoute(service: string, name: string): Response {
  const error = notImplemented(service, name);
  return service === 's3' ? xmlError(error) : restError(error);
}

const foreign = new AwsError(
  'AccessDeniedException',
  'This server answers only requests from programs and pages on this machine, sent to its own host name.',
  403,
);
