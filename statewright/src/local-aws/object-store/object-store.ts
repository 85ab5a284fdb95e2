import type { AccountContext } from '../account-context';
import { AwsError } from '../aws-error';
import { digest } from '../digest';
import { StorageError } from '../storage-error';
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
  /** Base64; undefined where it is large. */
  readonly body?: string;
  /** The key of a large body in its own table. */
  readonly content?: string;
}

/** In bytes. A longer body is a file of its own on disk: as a part of its record, it would keep others waiting for seconds. */
const LARGE = 2 ** 20;

interface FoundObject extends ObjectSummary {
  readonly contentType: string;
  readonly body: Uint8Array;
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
  readonly #contents: Table<Uint8Array>;

  constructor(context: AccountContext, openTable: OpenTable) {
    this.#context = context;
    this.#objects = openTable('object-store.objects');
    this.#contents = openTable('object-store.contents', { values: 'files' });
    // Those of objects whose change was interrupted.
    const used = new Set([...this.#objects.values()].map(({ content }) => content));
    this.#contents.deleteAll([...this.#contents.keys()].filter((key) => !used.has(key)));
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
    const former = this.#objects.get(place(bucket, key));
    this.#objects.set(place(bucket, key), { ...summary, bucket, contentType, ...this.#keep(body) });
    this.#forget(former);
    return summary;
  }

  #keep(body: Buffer): Pick<StoredObject, 'body' | 'content'> {
    if (body.length < LARGE) return { body: body.toString('base64') };
    const content = this.#context.uuid();
    this.#contents.set(content, body);
    return { content };
  }

  #forget(object: StoredObject | undefined): void {
    if (object?.content !== undefined) this.#contents.delete(object.content);
  }

  /** @throws AwsError NoSuchKey */
  getObject(bucket: string, key: string): FoundObject {
    const found = this.#objects.get(place(bucket, key));
    if (found === undefined) throw noSuchKey;
    const { body = '', content, ...object } = found;
    if (content === undefined) return { ...object, body: Buffer.from(body, 'base64') };
    const large = this.#contents.get(content);
    if (large === undefined) {
      throw new StorageError('StorageFailure', `The content of the object ${place(bucket, key)} is missing.`);
    }
    return { ...object, body: large };
  }

  /** Does nothing when the object does not exist, as S3 does. @throws AwsError PreconditionFailed */
  deleteObject(bucket: string, key: string, conditions: Conditions = {}): void {
    this.#check(bucket, key, conditions);
    const former = this.#objects.get(place(bucket, key));
    this.#objects.delete(place(bucket, key));
    this.#forget(former);
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
