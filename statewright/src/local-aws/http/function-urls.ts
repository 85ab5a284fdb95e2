import type { Context, HonoRequest, MiddlewareHandler } from 'hono';
import type { Account } from '../account';
import { AwsError } from '../aws-error';
import type { UrlRequest } from '../lambda/url-request';
import { callerOf, signatureCheck } from './access';
import { type ReceivedRequest, receivedRequest } from './received-request';
import type { AppEnvironment } from './rpc';
import { sha256 } from './signature';

/** Where a request to the address of a function goes. */
interface UrlTarget {
  readonly id: string;
  /** The path at the function, percent-encoded. */
  readonly path: string;
}

/**
 * The function whose address a request is for: `ID.lambda-url.REGION.localhost`, or the path `/lambda-url/ID/` for
 * programs that cannot resolve names under localhost.
 */
export function urlTarget(request: HonoRequest): UrlTarget | undefined {
  const { pathname } = new URL(request.url);
  const id = /^(\w+)\.lambda-url\.[\w-]+\.localhost(?::\d+)?$/.exec(request.header('host') ?? '')?.[1];
  if (id !== undefined) return { id, path: pathname };
  const [, named, path] = /^\/lambda-url\/(\w+)(\/.*)?$/.exec(pathname) ?? [];
  return named === undefined ? undefined : { id: named, path: path ?? '/' };
}

/** Answers requests to the addresses of functions (Lambda Developer Guide, "Lambda function URLs"). */
export function functionUrls(
  account: Account,
  accessKeyId: string | undefined,
): MiddlewareHandler<AppEnvironment> {
  return async (c, next) => {
    const target = urlTarget(c.req);
    if (target === undefined) return next();
    c.set('operation', 'InvokeFunctionUrl');
    const body = Buffer.from(await c.req.arrayBuffer());
    const request = {
      method: c.req.method,
      path: target.path,
      query: new URL(c.req.url).search.slice(1),
      headers: c.req.raw.headers,
      body,
      sourceIp: '127.0.0.1',
      ...signer(account, c, accessKeyId, c.get('received') ?? body),
    };
    for (const { lambda } of account.regions) {
      const answer = await lambda.callUrl(target.id, request);
      if (answer === undefined) continue;
      const { status, body } = answer;
      const empty = status === 204 || status === 304;
      const bytes = typeof body === 'string' ? body : new Uint8Array(body);
      return new Response(empty ? null : bytes, { status, headers: answer.headers.map(([...pair]) => pair) });
    }
    return c.json({ Message: `Forbidden. No function has the URL id ${target.id}.` }, 403);
  };
}

/** The access key of a signed request whose signer may call this account, and what the signer may do. */
function signer(
  account: Account,
  c: Context<AppEnvironment>,
  accessKeyId: string | undefined,
  body: Uint8Array,
): Pick<UrlRequest, 'accessKeyId' | 'userArn' | 'userId' | 'mayCall'> {
  const received = receivedRequest(c);
  const used = received.credential?.accessKeyId;
  const caller = callerOf(account, received, accessKeyId);
  if (used === undefined || typeof caller === 'string' || !isSigned(account, received, accessKeyId, body)) {
    return { accessKeyId: undefined, mayCall: () => false };
  }
  const { Arn: userArn, UserId: userId } = account.sts.as(caller).getCallerIdentity();
  const mayCall: UrlRequest['mayCall'] = (access) => account.iam.authorizeCaller(caller, access).allowed;
  return { accessKeyId: used, userArn, userId, mayCall };
}

function isSigned(
  account: Account,
  received: ReceivedRequest,
  accessKeyId: string | undefined,
  body: Uint8Array,
): boolean {
  if (accessKeyId === undefined) return true;
  try {
    signatureCheck(account, received)?.(sha256(body));
    return true;
  } catch (error) {
    if (error instanceof AwsError) return false;
    throw error;
  }
}
