import type { AccountContext } from '../account-context';
import { AwsError } from '../aws-error';
import { digest } from '../digest';
import type { OpenTable, Table } from '../table';

/** An object without its contents. */
export interface ObjectSummary {
  readonly key: string;
  /** In double quotes, as S3 writes it: the MD5 of the contents. */
  readonly eTag: string;
  /** In bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly lastModified: number;
}

interface StoredObject extends ObjectSummary {
  readonly bucket: string;
  readonly contentType: string;
  /** Base64. */
  readonly body: string;
}

interface FoundObject extends ObjectSummary {
  readonly contentType: string;
  readonly body: Buffer;
}

/** The conditions of a request (S3 User Guide, "Conditional requests"): an ETag, or `*` for any object. */
interface Conditions {
  readonly ifMatch?: string | undefined;
  readonly ifNoneMatch?: string | undefined;
}

/**
 * Keeps the states of Terraform's `s3` backend: only objects, in buckets that all exist. A bucket that a configuration
 * names is thus never the real one.
 */
export class ObjectStore {
  readonly #context: AccountContext;
  readonly #objects: Table<StoredObject>;

  constructor(context: AccountContext, openTable: OpenTable) {
    this.#context = context;
    this.#objects = openTable('object-store.objects');
  }

  /** @throws AwsError PreconditionFailed, or NoSuchKey for `ifMatch` without an object */
  async putObject(
    bucket: string,
    key: string,
    {
      body,
      contentType,
      ...conditions
    }: { readonly body: Buffer; readonly contentType: string } & Conditions,
  ): Promise<ObjectSummary> {
    const eTag = `"${await digest('md5', body)}"`;
    this.#check(bucket, key, conditions);
    const summary = { key, eTag, size: body.length, lastModified: this.#context.clock.now() };
    this.#objects.set(place(bucket, key), { ...summary, bucket, contentType, body: body.toString('base64') });
    return summary;
  }

  /** @throws AwsError NoSuchKey */
  getObject(bucket: string, key: string): FoundObject {
    const found = this.#objects.get(place(bucket, key));
    if (found === undefined) throw noSuchKey;
    return { ...found, body: Buffer.from(found.body, 'base64') };
  }

  /** Does nothing when the object does not exist, as S3 does. @throws AwsError PreconditionFailed */
  deleteObject(bucket: string, key: string, conditions: Conditions = {}): void {
    this.#check(bucket, key, conditions);
    this.#objects.delete(place(bucket, key));
  }

  /** A bucket's objects whose keys begin with the prefix, in the order of their keys' UTF-8 bytes. */
  listObjects(bucket: string, prefix = ''): readonly ObjectSummary[] {
    return [...this.#objects.values()]
      .filter((object) => object.bucket === bucket && object.key.startsWith(prefix))
      .sort((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)));
  }

  #check(bucket: string, key: string, { ifMatch, ifNoneMatch }: Conditions): void {
    const eTag = this.#objects.get(place(bucket, key))?.eTag;
    const matches = (wanted: string) =>
      eTag !== undefined && (wanted === '*' || unquoted(wanted) === unquoted(eTag));
    if (ifMatch !== undefined && !matches(ifMatch)) throw eTag === undefined ? noSuchKey : preconditionFailed;
    if (ifNoneMatch !== undefined && matches(ifNoneMatch)) throw preconditionFailed;
  }
}

/** A bucket's name has no slash. */
const place = (bucket: string, key: string) => `${bucket}/${key}`;
const unquoted = (eTag: string) => eTag.replaceAll('"', '');

const noSuchKey = new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
const preconditionFailed = new AwsError(
  'PreconditionFailed',
  'At least one of the pre-conditions you specified did not hold',
  412,
);
