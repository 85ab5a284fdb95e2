import { isObject } from '../../is-object';
import type { Members } from './requested-resource';

/** An operation of a service that this AWS does not have, as far as a request shows it. */
interface UpstreamCall {
  /** As the API writes it, such as `SendMessage`. */
  readonly operation: string;
  readonly members: Members;
}

/**
 * The operation in a request, and the members that name its resource. Undefined for a REST API other than S3's, and for S3's
 * less usual operations.
 *
 * @param body undefined: S3's, whose operations are in the path
 */
export function upstreamCall(
  { method, headers, url }: Request,
  body: Uint8Array | undefined,
): UpstreamCall | undefined {
  const asked = new URL(url);
  if (body === undefined) return s3Call(method, asked);
  const text = Buffer.from(body).toString();
  const target = /\.(\w+)$/.exec(headers.get('x-amz-target') ?? '')?.[1];
  if (target !== undefined) return { operation: target, members: jsonMembers(text) };
  const form = new URLSearchParams(asked.searchParams.has('Action') ? asked.search : text);
  const action = form.get('Action');
  return action === null ? undefined : { operation: action, members: Object.fromEntries(form) };
}

function jsonMembers(text: string): Members {
  try {
    const members: unknown = JSON.parse(text);
    return isObject(members) ? members : {};
  } catch {
    return {};
  }
}

/** S3's operations by method (S3 API Reference), on a bucket and on an object. */
const ON_BUCKET: Readonly<Record<string, string>> = {
  GET: 'ListObjectsV2',
  HEAD: 'HeadBucket',
  PUT: 'CreateBucket',
  DELETE: 'DeleteBucket',
};
const ON_OBJECT: Readonly<Record<string, string>> = {
  GET: 'GetObject',
  HEAD: 'HeadObject',
  PUT: 'PutObject',
  POST: 'UploadPart',
  DELETE: 'DeleteObject',
};

/** Parameters that do not ask for another operation. */
const S3_PARAMETERS =
  /^(?:X-Amz-.*|AWSAccessKeyId|Signature|Expires|x-id|list-type|prefix|delimiter|max-keys|marker|continuation-token|start-after|encoding-type|fetch-owner|uploads|uploadId|partNumber|response-.*)$/;

/** The name of the operation in a request for S3. Some SDKs write it into the address. */
export function s3Operation({ method, url }: Request): string | undefined {
  const asked = new URL(url);
  const written = /^\w+$/.exec(asked.searchParams.get('x-id') ?? '')?.[0];
  return written ?? s3Call(method, asked)?.operation;
}

function s3Call(method: string, { pathname, searchParams }: URL): UpstreamCall | undefined {
  const [, Bucket = '', key = ''] = /^\/([^/]*)\/?(.*)$/s.exec(pathname) ?? [];
  if (![...searchParams.keys()].every((name) => S3_PARAMETERS.test(name))) return undefined;
  if (Bucket === '') return { operation: 'ListBuckets', members: {} };
  const Key = decodeURIComponent(key);
  const operation = (Key === '' ? ON_BUCKET : ON_OBJECT)[method];
  return operation === undefined ? undefined : { operation, members: { Bucket, ...(Key !== '' && { Key }) } };
}
