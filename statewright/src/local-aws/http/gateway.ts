import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import type { Context, MiddlewareHandler } from 'hono';
import type { Upstream } from '../../integrations/upstream';
import type { Account } from '../account';
import { AwsError } from '../aws-error';
import { callerCredentials } from '../caller-credentials';
import { type Credential, unsignedQuery } from '../credential';
import { digest } from '../digest';
import { answerEventsRequest } from '../events/rule-requests';
import { REAL_AWS } from '../upstream';
import { isInChunks, type UpstreamRequest, upstreamRequest } from '../upstream-request';
import { contentOfChunks } from './aws-chunked';
import { denial } from './check-call';
import { discardBody } from './discard-body';
import { protocolError } from './protocol-error';
import { isQuery } from './query-protocol';
import type { AppEnvironment } from './rpc';
import { upstreamCall } from './upstream-call';

/** Passes requests for services that this AWS does not have to their upstream. */
export function gateway(account: Account): MiddlewareHandler<AppEnvironment> {
  return async (c, next) => {
    const credential = c.get('credential');
    const upstream = credential && account.upstreamOf?.(credential.service);
    if (credential === undefined || upstream === undefined || isStateBackend(c)) return next();
    return pass(c, account, credential, upstream);
  };
}

/**
 * Whether a request comes from Terraform itself, not from its AWS provider: from its `s3` backend, whose states and locks
 * this AWS keeps. They never leave it, wherever the buckets and tables of the configuration are.
 */
function isStateBackend({ req }: Context): boolean {
  const agent = req.header('user-agent') ?? '';
  return /\b(?:Terraform|OpenTofu)\/\d/.test(agent) && !agent.includes('terraform-provider-');
}

async function pass(
  c: Context<AppEnvironment>,
  account: Account,
  credential: Credential,
  upstream: Upstream,
): Promise<Response> {
  const { service } = credential;
  c.set(
    'operation',
    c.req.header('x-amz-target') ??
      `${service} ${c.req.method} ${c.req.path}${unsignedQuery(new URL(c.req.url))}`,
  );
  try {
    // The signature of all services but S3 needs the whole body.
    const body = service === 's3' ? undefined : new Uint8Array(await c.req.raw.clone().arrayBuffer());
    c.get('checkSignature')?.(body && (await digest('sha256', body)));
    if (body && isQuery(c.req)) c.set('operation', actionIn(c, body));
    checkCaller(c, service, upstream, body);
    const credentials = upstream.credentials ?? (await callerCredentials());
    const forward = async (content: Uint8Array | undefined) => {
      const request = upstreamRequest(c.req.raw, credential, upstream, credentials, content);
      return toResponse(request.method, await send(request, content ?? bodyOf(c.req.raw), c.req.raw.signal));
    };
    const call = service === 'events' && body ? upstreamCall(c.req.raw, body) : undefined;
    if (!call) return await forward(body);
    const bus = account.in(c.get('region')).events;
    return await answerEventsRequest(bus, call.operation, call.members, (members) =>
      forward(members === call.members ? body : Buffer.from(JSON.stringify(members))),
    );
  } catch (error) {
    await discardBody(c);
    return protocolError(c, unreachable(credential, upstream, error));
  }
}

/** What a request of a REST API does is not known here, except in S3's: no role may send it to the real AWS. */
function checkCaller(
  c: Context<AppEnvironment>,
  service: string,
  { endpoint }: Upstream,
  body: Uint8Array | undefined,
): void {
  const checkCall = c.get('checkCall');
  const call = upstreamCall(c.req.raw, body);
  if (call) checkCall?.(service, call.operation, call.members);
  else if (checkCall && endpoint === REAL_AWS) {
    const what = `${service} ${c.req.method} ${c.req.path}`;
    throw denial(
      service,
      `The local AWS does not know what this request does, so no role may send it to the real AWS: ${what}`,
    );
  }
}

const actionIn = ({ req }: Context, body: Uint8Array): string | undefined =>
  req.query('Action') ?? new URLSearchParams(Buffer.from(body).toString()).get('Action') ?? undefined;

function bodyOf({ body, headers }: Request): Readable | undefined {
  if (body === null) return undefined;
  const stream = Readable.fromWeb(body as ReadableStream);
  return isInChunks(headers) ? Readable.from(contentOfChunks(stream)) : stream;
}

function send(
  { method, url, headers }: UpstreamRequest,
  body: Uint8Array | Readable | undefined,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const outgoing = request(url, { method, headers, signal, agent: false }, resolve);
    outgoing.on('error', reject);
    if (body instanceof Readable) pipeline(body, outgoing).catch(reject);
    else outgoing.end(body);
  });
}

const OF_CONNECTION = ['connection', 'keep-alive', 'transfer-encoding'];

/** The answer as it comes, its body as a stream. */
function toResponse(method: string, answer: IncomingMessage): Response {
  const { statusCode: status = 502, rawHeaders } = answer;
  const headers = new Headers();
  for (let i = 0; i < rawHeaders.length; i += 2) {
    const name = rawHeaders[i] as string;
    if (!OF_CONNECTION.includes(name.toLowerCase())) headers.append(name, rawHeaders[i + 1] as string);
  }
  const hasBody = method !== 'HEAD' && ![204, 304].includes(status);
  if (!hasBody) answer.resume();
  return new Response(hasBody ? (Readable.toWeb(answer) as never) : null, { status, headers });
}

/** Not 500 to 504: clients retry those for minutes. */
function unreachable({ service, region }: Credential, { endpoint }: Upstream, error: unknown): AwsError {
  if (error instanceof AwsError) return error;
  const place = endpoint === REAL_AWS ? `the real AWS in ${region}` : endpoint;
  const { code, message } = error as NodeJS.ErrnoException;
  return new AwsError(
    'UpstreamUnavailable',
    `The request for ${service} was not answered by ${place}: ${message || code}. Is it running, and is its address right (--upstream, --endpoint)?`,
    424,
  );
}
