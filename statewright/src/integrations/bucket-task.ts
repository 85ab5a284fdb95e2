/** `aws-sdk:s3:…` Tasks on a bucket of this machine (Amazon S3 API Reference). */
import { createHash } from 'node:crypto';
import type { IntegrationResource } from '../asl/resource';
import { isArray, type Json, type JsonObject, stringifyJson } from '../engine/data';
import type { Bucket, BucketObject } from './bucket';
import { textOf } from './http-task';
import { at } from './json-members';
import type { ServiceResult } from './service-call';
import { serviceFailure } from './service-error';

/** The bucket of a name; undefined for one that is not on this machine. */
type FindBucket = (name: string) => Bucket | undefined;

interface Call {
  readonly bucket: Bucket;
  readonly name: string;
  readonly request: JsonObject;
  readonly find: FindBucket;
}

/** An error of S3. */
class S3Error extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, message: string, status: number) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** What a bucket on this machine cannot do. */
class NotSupportedError extends Error {}

type Operation = (call: Call) => Promise<JsonObject>;

/** By the operation, in small letters. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  copyobject: async ({ bucket, request, find }) => {
    const { name, key } = sourceOf(request);
    const source = find(name);
    if (source === undefined) {
      throw new NotSupportedError(
        `the object is copied from the bucket "${name}", which is not a folder. Add --bucket ${name}=DIR`,
      );
    }
    const body = await contents(source, key);
    await bucket.write(keyOf(request), body);
    return { CopyObjectResult: { ETag: eTagOf(body), LastModified: await modified(bucket, keyOf(request)) } };
  },
  deleteobject: async ({ bucket, request }) => {
    await bucket.delete(keyOf(request));
    return {};
  },
  deleteobjects: async ({ bucket, request }) => {
    const listed = at(request, 'Delete', 'Objects');
    const keys = (isArray(listed) ? (listed as Json[]) : []).map((each) => textOf(at(each, 'Key')));
    for (const key of keys) await bucket.delete(key);
    return at(request, 'Delete', 'Quiet') === true ? {} : { Deleted: keys.map((Key) => ({ Key })) };
  },
  getobject: async ({ bucket, request }) => {
    const found = await head(bucket, keyOf(request), 'The specified key does not exist.');
    const body = await contents(bucket, keyOf(request));
    return { ...found, Body: body.toString('utf8'), ContentLength: body.length, ETag: eTagOf(body) };
  },
  headbucket: async () => ({}),
  headobject: async ({ bucket, request }) => {
    // A response to HEAD has no message.
    const found = await head(bucket, keyOf(request), 'null');
    const hash = createHash('md5');
    for await (const piece of await read(bucket, keyOf(request))) hash.update(piece);
    return { ...found, ETag: `"${hash.digest('hex')}"` };
  },
  listobjectsv2: async ({ bucket, name, request }) => list(await bucket.list(), name, request),
  putobject: async ({ bucket, request }) => {
    const { Body = null } = request;
    const body = Buffer.from(Body === null ? '' : typeof Body === 'string' ? Body : stringifyJson(Body));
    await bucket.write(keyOf(request), body);
    return { ETag: eTagOf(body) };
  },
};

/** Members that change what an operation does, and that a bucket on this machine does not have. */
const NOT_SUPPORTED = /^(?:Range|PartNumber|VersionId|ContinuationToken|(?:CopySource)?If[A-Z].*)$/;

/** Calls an operation of S3 on a bucket of this machine; undefined when the bucket is not here. */
export async function callBucket(
  find: FindBucket,
  { action }: Pick<IntegrationResource, 'action'>,
  request: JsonObject,
  requestId: () => string,
): Promise<ServiceResult | undefined> {
  const name = textOf(request.Bucket);
  const bucket = find(name);
  if (bucket === undefined) return undefined;
  const operation = OPERATIONS[action.toLowerCase()];
  const member = Object.keys(request).find((each) => NOT_SUPPORTED.test(each));
  try {
    if (operation === undefined) throw new NotSupportedError(`it has no ${action}`);
    if (member !== undefined) throw new NotSupportedError(`${action} has no ${member}`);
    return { output: await operation({ bucket, name, request, find }) };
  } catch (error) {
    return failureOf(error as Error, name, requestId);
  }
}

function failureOf(error: Error, name: string, requestId: () => string): ServiceResult {
  if (error instanceof S3Error) {
    const { code, message, status } = error;
    const answer = { code, message, status, requestId: requestId(), listed: code !== 'InvalidRequest' };
    return serviceFailure({ sdk: true, service: 's3' }, answer);
  }
  const cause =
    error instanceof NotSupportedError
      ? `The bucket "${name}" is a folder or belongs to a test, and ${error.message}. Use an S3 endpoint (--endpoint s3=URL), or answer the call with a stand-in.`
      : error.message;
  return { error: 'States.TaskFailed', cause };
}

/** @throws S3Error for a request without a key */
function keyOf({ Key }: JsonObject): string {
  if (typeof Key === 'string' && Key !== '') return Key;
  throw new S3Error('InvalidRequest', 'The request has no Key.', 400);
}

/** The bucket and the key of a CopySource, `/bucket/key` in URL encoding. */
function sourceOf({ CopySource }: JsonObject): { readonly name: string; readonly key: string } {
  const [, name = '', key = ''] = /^\/?([^/]+)\/(.+)$/s.exec(decodeURIComponent(textOf(CopySource))) ?? [];
  if (key !== '') return { name, key };
  throw new S3Error('InvalidRequest', 'The CopySource is not BUCKET/KEY.', 400);
}

/** @throws S3Error NoSuchKey */
async function read(bucket: Bucket, key: string): Promise<AsyncIterable<Uint8Array>> {
  const found = await bucket.read(key);
  if (found === undefined) throw new S3Error('NoSuchKey', 'The specified key does not exist.', 404);
  return found;
}

/** @throws S3Error NoSuchKey */
async function contents(bucket: Bucket, key: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of await read(bucket, key)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** @throws S3Error NoSuchKey */
async function head(bucket: Bucket, key: string, message: string): Promise<JsonObject> {
  const found = await bucket.find(key);
  if (found === undefined) throw new S3Error('NoSuchKey', message, 404);
  return {
    AcceptRanges: 'bytes',
    ContentLength: found.size,
    ContentType: 'binary/octet-stream',
    LastModified: timeOf(found),
    Metadata: {},
  };
}

const eTagOf = (body: Uint8Array) => `"${createHash('md5').update(body).digest('hex')}"`;

/** To the second, as S3 has it. */
const timeOf = ({ lastModified }: BucketObject) =>
  new Date(lastModified).toISOString().replace(/\.\d+Z$/, 'Z');

async function modified(bucket: Bucket, key: string): Promise<string> {
  const found = await bucket.find(key);
  return found ? timeOf(found) : '';
}

/** One page: a Task's result is small. */
function list(objects: readonly BucketObject[], Name: string, request: JsonObject): JsonObject {
  const [prefix, after, delimiter] = [request.Prefix, request.StartAfter, request.Delimiter].map(textOf);
  const MaxKeys = Math.min(Number(request.MaxKeys ?? 1000), 1000);
  const sorted = objects
    .filter(({ key }) => key.startsWith(prefix as string) && bytewise(key, after as string) > 0)
    .sort((a, b) => bytewise(a.key, b.key));
  const folders = new Set<string>();
  const listed: BucketObject[] = [];
  for (const object of sorted) {
    const end = delimiter ? object.key.indexOf(delimiter, prefix?.length) : -1;
    if (end < 0) listed.push(object);
    else folders.add(object.key.slice(0, end + (delimiter as string).length));
  }
  const shown = listed.slice(0, MaxKeys);
  return {
    ...(shown.length > 0 && {
      Contents: shown.map((object) => ({
        Key: object.key,
        LastModified: timeOf(object),
        Size: object.size,
        StorageClass: 'STANDARD',
      })),
    }),
    ...(folders.size > 0 && { CommonPrefixes: [...folders].map((Prefix) => ({ Prefix })) }),
    ...(delimiter && { Delimiter: delimiter }),
    IsTruncated: shown.length < listed.length,
    KeyCount: shown.length + folders.size,
    MaxKeys,
    Name,
    Prefix: prefix as string,
  };
}

const bytewise = (a: string, b: string) => Buffer.from(a).compare(Buffer.from(b));
