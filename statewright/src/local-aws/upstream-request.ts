import { createHash } from 'node:crypto';
import { sign } from 'aws4';
import type { Upstream, UpstreamCredentials } from '../integrations/upstream';
import { type Credential, unsignedQuery } from './credential';
import { DEFAULT_REGION } from './region-name';
import { REAL_AWS } from './upstream';

/** A request to be sent to an upstream. */
export interface UpstreamRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
}

/** Headers of one connection, and those of the signature that is replaced. */
const DROPPED = new Set([
  ...['connection', 'expect', 'host', 'keep-alive', 'te', 'trailer', 'transfer-encoding', 'upgrade'],
  ...['authorization', 'x-amz-date', 'x-amz-region-set', 'x-amz-security-token'],
]);

/** Headers of a body in signed chunks, which is sent without them. */
const OF_CHUNKS = new Set(['x-amz-decoded-content-length', 'x-amz-sdk-checksum-algorithm', 'x-amz-trailer']);

/** Whether the body is in chunks, each with a signature. */
export const isInChunks = (headers: Headers): boolean =>
  headers.get('x-amz-content-sha256')?.startsWith('STREAMING-') ?? false;

/**
 * The request for an upstream: the client's, signed anew for the same service and region.
 *
 * @param body undefined: it is streamed, and not part of the signature; only S3 takes such a request
 */
export function upstreamRequest(
  { method, headers, url }: Request,
  { service, region }: Credential,
  { endpoint }: Upstream,
  credentials: UpstreamCredentials,
  body: Uint8Array | undefined,
): UpstreamRequest {
  const asked = new URL(url);
  const host = endpoint === REAL_AWS ? undefined : asked.host;
  const target = new URL(
    (endpoint === REAL_AWS ? realEndpoint(service, region || DEFAULT_REGION) : endpoint) +
      bucketOfHost(service, asked) +
      asked.pathname +
      unsignedQuery(asked),
  );
  const kept = keptHeaders(headers);
  // The body may be another than the client's.
  if (body && kept['content-length'] !== undefined) kept['content-length'] = String(body.length);
  kept['x-amz-content-sha256'] = body ? hashOf(body) : (hashIn(headers) ?? 'UNSIGNED-PAYLOAD');
  // Neither is part of the signature: Node sets the one, and the other may change on the way.
  const { 'content-length': length, 'accept-encoding': encoding, ...headersToSign } = kept;
  const signed = sign(
    {
      method,
      // An emulator makes addresses from the host that it is asked for, such as queue URLs: these lead back here.
      headers: { ...headersToSign, host: host ?? target.host },
      path: target.pathname + target.search,
      service,
      // S3's older signature names none.
      region: region || DEFAULT_REGION,
    },
    credentials,
  );
  return { method, url: target, headers: { ...kept, ...(signed.headers as Record<string, string>) } };
}

function keptHeaders(headers: Headers): Record<string, string> {
  const chunks = isInChunks(headers);
  const kept = [...headers].filter(([name]) => !DROPPED.has(name) && !(chunks && OF_CHUNKS.has(name)));
  const result = Object.fromEntries(kept);
  if (!chunks) return result;
  const { 'content-encoding': encoding = '', ...rest } = result;
  const other = encoding.split(',').filter((each) => each.trim() !== 'aws-chunked');
  return {
    ...rest,
    'content-length': headers.get('x-amz-decoded-content-length') ?? '',
    ...(other.join() !== '' && { 'content-encoding': other.join() }),
  };
}

const hashOf = (body: Uint8Array) => createHash('sha256').update(body).digest('hex');

/** The hash of the body that the client has signed. */
function hashIn(headers: Headers): string | undefined {
  const hash = headers.get('x-amz-content-sha256') ?? '';
  return /^[\da-f]{64}$/.test(hash) ? hash : undefined;
}

/** An S3 request may name the bucket in its host: `http://bucket.localhost:4566/key`. Upstreams are asked by path. */
function bucketOfHost(service: string, { hostname }: URL): string {
  const [, bucket] = (service === 's3' && /^(.+?)\.(?:s3[.-].*)?localhost$/.exec(hostname)) || [];
  return bucket === undefined || bucket === 's3' ? '' : `/${bucket}`;
}

/** Services whose address on AWS does not begin with the name in their signatures. */
const HOSTS: Readonly<Record<string, string>> = { ecr: 'api.ecr', ses: 'email' };
const GLOBAL_SERVICES = new Set(['cloudfront', 'route53']);

/** The address of a service on the real AWS (AWS General Reference, "Service endpoints and quotas"). */
function realEndpoint(service: string, region: string): string {
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const name = HOSTS[service] ?? service;
  return `https://${GLOBAL_SERVICES.has(service) ? name : `${name}.${region}`}.${domain}`;
}
