import { gunzipSync } from 'node:zlib';
import type { HonoRequest, MiddlewareHandler } from 'hono';
import { AwsError } from '../aws-error';
import { credentialOf } from '../credential';
import { isApiPath } from './api-path';
import { discardBody } from './discard-body';
import { jsonError } from './json-protocol';
import type { AppEnvironment } from './rpc';

/** In bytes. Lambda accepts zips of 50 MB, a third longer in base64; of the others, only S3 needs more than 6 MB. */
const UPLOAD_LIMIT = 70_254_592;
const REQUEST_LIMIT = 6_291_556;
/**
 * A request of Step Functions has at most 1 MB on AWS (Developer Guide, "Service quotas"); a definition of that length is
 * longer as a text in JSON. IAM's longest document has 131,072 characters, of which each has three in a form.
 */
const LIMITS: Readonly<Record<string, number>> = { states: 2_097_152, iam: 524_288, sts: 524_288 };

/** The longest body of a request to a service, in bytes, if it has no code and no object. */
export const requestLimit = (service: string | undefined): number =>
  (service !== undefined && LIMITS[service]) || REQUEST_LIMIT;

/**
 * Refuses bodies that are bigger than any request of the API they are sent to: by their announced length, or else when
 * they have grown that long.
 */
export function limitBody(): MiddlewareHandler<AppEnvironment> {
  return async (c, next) => {
    const limit = isUpload(c.req) ? UPLOAD_LIMIT : requestLimit(c.get('credential')?.service);
    const hasUnknownLength = isCompressed(c.req) || c.req.header('transfer-encoding') !== undefined;
    // The server makes a body into a stream when it is read: only where it must be.
    const body = hasUnknownLength ? c.req.raw.body : null;
    if (body !== null) {
      const received = await readWithin(limit, body);
      if (received === undefined) return jsonError(tooLarge(limit));
      c.set('received', received);
      const request = requestWith(c.req, received, limit);
      if (request instanceof AwsError) return jsonError(request);
      c.req.raw = request;
    } else if (Number(c.req.header('content-length') ?? 0) > limit) {
      await discardBody(c);
      return jsonError(tooLarge(limit));
    }
    return next();
  };
}

/** A request with the body that was received, without its compression. */
function requestWith(
  request: HonoRequest<string>,
  received: Buffer<ArrayBuffer>,
  limit: number,
): Request | AwsError {
  const isGzip = isCompressed(request);
  const body = isGzip ? decompress(received, limit) : received;
  if (body instanceof AwsError) return body;
  const headers = new Headers(request.raw.headers);
  if (isGzip) headers.delete('content-encoding');
  return new Request(request.raw, { body, headers });
}

/** The encoding of an S3 object belongs to the object (Smithy, "requestCompression trait", for the others). */
const isCompressed = (request: HonoRequest<string>) =>
  request.header('content-encoding')?.trim() === 'gzip' && credentialOf(request.raw)?.service !== 's3';

/** The content of a compressed body, or the error when it is larger than the limit, or not compressed. */
function decompress(body: Buffer<ArrayBuffer>, limit: number): Buffer<ArrayBuffer> | AwsError {
  try {
    return gunzipSync(body, { maxOutputLength: limit });
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE'
      ? tooLarge(limit)
      : new AwsError(
          'SerializationException',
          'The request is not compressed with gzip, as its Content-Encoding says.',
        );
  }
}

/** Code for Lambda or an S3 object; S3 paths do not begin with a date. */
const isUpload = ({ method, path }: { readonly method: string; readonly path: string }) =>
  /^\/2015-03-31\/functions(\/[^/]+\/code)?\/?$|^\/2018-10-31\/layers\/[^/]+\/versions\/?$/.test(path) ||
  (method === 'PUT' && !isApiPath(path));

/** A body; undefined when it is longer than the limit. All of it is read in either case. */
async function readWithin(
  limit: number,
  body: AsyncIterable<Uint8Array>,
): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > limit) chunks.length = 0;
    else chunks.push(chunk);
  }
  return size > limit ? undefined : Buffer.concat(chunks);
}

const tooLarge = (limit: number) =>
  new AwsError('RequestEntityTooLargeException', `Request must be smaller than ${limit} bytes`, 413);
