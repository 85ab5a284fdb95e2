import type { Json, JsonObject } from '../data';

/** The members of S3's GetObject or PutObject, as the definition names them. */
export interface ObjectRequest extends JsonObject {
  readonly Bucket: string;
  readonly Key: string;
}

/** The members of S3's ListObjectsV2, as the definition names them. */
export interface ListRequest extends JsonObject {
  readonly Bucket: string;
}

/** An object of a list, as an item of a Map. */
export interface ListedObject extends JsonObject {
  readonly Key: string;
}

/** What a distributed Map reads its items from and writes its results to: Amazon S3, or what takes its place. */
export interface ObjectStore {
  /** @throws ObjectStoreError */
  read(request: ObjectRequest): Promise<AsyncIterable<Uint8Array>>;
  /**
   * Page after page, in the order of the keys.
   * @throws ObjectStoreError
   */
  list(request: ListRequest): AsyncIterable<readonly ListedObject[]>;
  /** @throws ObjectStoreError */
  write(request: ObjectRequest, body: string | Uint8Array): Promise<void>;
}

/** A request that failed. The message is the cause of the Map's failure. */
export class ObjectStoreError extends Error {
  override readonly name = 'ObjectStoreError';
}

/** Whether the value has the members of a request, and each is a text that is not empty. */
export function hasTexts<N extends string>(
  value: Json,
  names: readonly N[],
): value is JsonObject & Readonly<Record<N, string>> {
  const members = value as Partial<Record<N, Json>> | null;
  return names.every((name) => typeof members?.[name] === 'string' && members[name] !== '');
}
