/** An object without its contents. */
export interface BucketObject {
  readonly key: string;
  /** In bytes. */
  readonly size: number;
  /** Epoch milliseconds. */
  readonly lastModified: number;
}

/** A bucket on this machine, in place of one of Amazon S3. */
export interface Bucket {
  /** The contents of an object; undefined when it does not exist. */
  read(key: string): Promise<AsyncIterable<Uint8Array> | undefined>;
  /** All objects, in any order. */
  list(): Promise<readonly BucketObject[]>;
  /** An object without its contents; undefined when it does not exist. */
  find(key: string): Promise<BucketObject | undefined>;
  write(key: string, body: string | Uint8Array): Promise<void>;
  /** Does nothing when the object does not exist. */
  delete(key: string): Promise<void>;
}

/**
 * Finds a bucket on this machine; undefined for one that is not here.
 * @param executionArn the execution that needs it
 */
export type BucketOf = (name: string, executionArn: string) => Bucket | undefined;
