import type { Context, HonoRequest, MiddlewareHandler } from 'hono';
import type { Account } from '../account';
import { isSameSecret } from '../credential';
import type { AppEnvironment } from './rpc';

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
    const request = {
      method: c.req.method,
      path: target.path,
      query: new URL(c.req.url).search.slice(1),
      headers: c.req.raw.headers,
      body: Buffer.from(await c.req.arrayBuffer()),
      sourceIp: '127.0.0.1',
      accessKeyId: signer(c, accessKeyId),
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

/** The access key of a signed request, if it is that of this account. */
function signer(c: Context<AppEnvironment>, accessKeyId: string | undefined): string | undefined {
  const used = c.get('credential')?.accessKeyId;
  const known = used !== undefined && (accessKeyId === undefined || isSameSecret(used, accessKeyId));
  return known ? used : undefined;
}
