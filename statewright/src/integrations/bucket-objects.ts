import { createHash } from 'node:crypto';
import {
  type ListedObject,
  type ListRequest,
  type ObjectRequest,
  type ObjectStore,
  ObjectStoreError,
} from '../engine/execution/object-store';
import type { Bucket, BucketObject } from './bucket';
import { serviceFailure } from './service-error';

/** How many objects a page of ListObjectsV2 has. */
const PAGE_SIZE = 1000;

/** The objects of a bucket on this machine, with S3's errors. It has no versions of objects. */
export class BucketObjects implements ObjectStore {
  readonly #bucket: Bucket;
  readonly #requestId: () => string;

  constructor(bucket: Bucket, requestId: () => string) {
    this.#bucket = bucket;
    this.#requestId = requestId;
  }

  async read({ Key }: ObjectRequest): Promise<AsyncIterable<Uint8Array>> {
    const contents = await this.#bucket.read(Key);
    if (contents) return contents;
    const { cause } = serviceFailure(
      { sdk: false, service: 's3' },
      {
        code: 'NoSuchKey',
        message: 'The specified key does not exist.',
        status: 404,
        requestId: this.#requestId(),
        listed: true,
      },
    );
    throw new ObjectStoreError(cause);
  }

  async *list({ Prefix = '', StartAfter = '' }: ListRequest): AsyncGenerator<readonly ListedObject[]> {
    const bytes = (text: string) => Buffer.from(text);
    const after = bytes(String(StartAfter));
    const objects = (await this.#bucket.list())
      .filter(({ key }) => key.startsWith(String(Prefix)) && bytes(key).compare(after) > 0)
      .sort((a, b) => bytes(a.key).compare(bytes(b.key)))
      .map(listedObject);
    for (let start = 0; start < objects.length; start += PAGE_SIZE) {
      yield objects.slice(start, start + PAGE_SIZE);
    }
  }

  write({ Key }: ObjectRequest, body: string | Uint8Array): Promise<void> {
    return this.#bucket.write(Key, body);
  }
}

/** The ETag is made from what is known of the object: its contents are not read for a list. */
function listedObject({ key, size, lastModified }: BucketObject): ListedObject {
  const hash = createHash('md5').update(`${key} ${size} ${lastModified}`).digest('hex');
  return {
    Etag: `"${hash}"`,
    Key: key,
    LastModified: Math.floor(lastModified / 1000),
    Size: size,
    StorageClass: 'STANDARD',
  };
}
