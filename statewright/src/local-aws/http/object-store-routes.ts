import { AwsError } from '../aws-error';
import type { ObjectStore, ObjectSummary } from '../object-store/object-store';
import { page } from '../page';
import type { CheckCall } from './check-call';
import { asAwsError } from './operation';
import { xml, xmlError } from './query-protocol';

const codes = { unreadable: 'MalformedXML', invalid: 'InvalidArgument' };

/** The action of each method on an object (S3 User Guide, "Policy actions for Amazon S3"). */
const ACTIONS: Readonly<Record<string, string>> = {
  GET: 'GetObject',
  HEAD: 'GetObject',
  PUT: 'PutObject',
  DELETE: 'DeleteObject',
};

/**
 * Answers a request of S3's REST API with the bucket in its path (S3 API Reference): single objects and their listing.
 * @returns undefined for any other request
 */
export async function answerS3(
  store: ObjectStore,
  request: Request,
  checkCall?: CheckCall,
): Promise<Response | undefined> {
  const { pathname, searchParams } = new URL(request.url);
  const [, bucket = '', encodedKey] = /^\/([^/]+)(?:\/(.*))?$/s.exec(pathname) ?? [];
  try {
    const key = decoded(encodedKey ?? '');
    if (bucket === '') return undefined;
    const action = key === '' ? 'ListBucket' : ACTIONS[request.method];
    if (action !== undefined) checkCall?.('s3', action, { Bucket: bucket, Key: key });
    if (key !== '') return await answerObject(store, bucket, key, request, searchParams);
    const listing = [...searchParams.keys()].every((name) => listingParameters.includes(name));
    return request.method === 'GET' && listing ? list(store, bucket, searchParams) : undefined;
  } catch (error) {
    const response = xmlError(asAwsError(error, codes));
    return request.method === 'HEAD' ? new Response(null, response) : response;
  }
}

function decoded(key: string): string {
  try {
    return decodeURIComponent(key);
  } catch {
    throw new AwsError('InvalidURI', "Couldn't parse the specified URI.");
  }
}

async function answerObject(
  store: ObjectStore,
  bucket: string,
  key: string,
  request: Request,
  parameters: URLSearchParams,
): Promise<Response | undefined> {
  // `x-id` only repeats the operation's name; every other parameter asks for another operation.
  if ([...parameters.keys()].some((name) => name !== 'x-id')) return undefined;
  const { headers, method } = request;
  const conditions = {
    ifMatch: headers.get('if-match') ?? undefined,
    ifNoneMatch: headers.get('if-none-match') ?? undefined,
  };
  switch (method) {
    case 'GET':
    case 'HEAD': {
      const { body, contentType, ...summary } = store.getObject(bucket, key);
      const answer = method === 'HEAD' ? null : (body as Uint8Array<ArrayBuffer>);
      const length = { 'content-type': contentType, 'content-length': String(body.length) };
      return new Response(answer, { headers: { ...length, ...objectHeaders(summary) } });
    }
    case 'PUT': {
      // A copy, or a body in signed chunks.
      if (headers.has('x-amz-copy-source') || headers.get('x-amz-content-sha256')?.startsWith('STREAMING-')) {
        return undefined;
      }
      const body = Buffer.from(await request.arrayBuffer());
      const contentType = headers.get('content-type') ?? 'binary/octet-stream';
      const summary = await store.putObject(bucket, key, { body, contentType, ...conditions });
      return new Response(null, { headers: { etag: summary.eTag } });
    }
    case 'DELETE':
      store.deleteObject(bucket, key, conditions);
      return new Response(null, { status: 204 });
    default:
      return undefined;
  }
}

const objectHeaders = ({ eTag, lastModified }: ObjectSummary) => ({
  etag: eTag,
  'last-modified': new Date(lastModified).toUTCString(),
});

const listingParameters = ['list-type', 'prefix', 'max-keys', 'continuation-token', 'encoding-type', 'x-id'];

function list(store: ObjectStore, bucket: string, parameters: URLSearchParams): Response | undefined {
  const prefix = parameters.get('prefix') ?? '';
  const limit = Math.min(Number(parameters.get('max-keys') ?? 1000), 1000);
  const objects = store.listObjects(bucket, prefix);
  const found = page(objects, limit, parameters.get('continuation-token') ?? undefined);
  if (found === undefined || parameters.get('list-type') !== '2') return undefined;
  const encoded = parameters.get('encoding-type') === 'url';
  const encode = (key: string) => (encoded ? encodeURIComponent(key).replaceAll('%2F', '/') : key);
  const result = {
    '@xmlns': 'http://s3.amazonaws.com/doc/2006-03-01/',
    Name: bucket,
    Prefix: encode(prefix),
    ...(encoded && { EncodingType: 'url' }),
    KeyCount: found.items.length,
    MaxKeys: limit,
    IsTruncated: found.nextToken !== undefined,
    ...(found.nextToken !== undefined && { NextContinuationToken: found.nextToken }),
    Contents: found.items.map(({ key, eTag, size, lastModified }) => ({
      Key: encode(key),
      LastModified: new Date(lastModified).toISOString(),
      ETag: eTag,
      Size: size,
      StorageClass: 'STANDARD',
    })),
  };
  return new Response(xml.build({ ListBucketResult: result }), {
    headers: { 'content-type': 'application/xml' },
  });
}
