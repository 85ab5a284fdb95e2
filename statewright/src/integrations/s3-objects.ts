import type { Json } from '../engine/data';
import {
  type ListedObject,
  type ListRequest,
  type ObjectRequest,
  type ObjectStore,
  ObjectStoreError,
} from '../engine/execution/object-store';
import { loadSdkPackage } from './sdk-package';
import { failureOf, noEndpoint } from './service-call';
import type { UpstreamOf } from './upstream';
import { clientOf } from './upstream-services';

const called = { sdk: false, service: 's3' } as const;

/** The objects of Amazon S3, or of an emulator, at its endpoint. */
export class S3Objects implements ObjectStore {
  readonly #upstreamOf: UpstreamOf | undefined;
  readonly #region: string;

  constructor(upstreamOf: UpstreamOf | undefined, region: string) {
    this.#upstreamOf = upstreamOf;
    this.#region = region;
  }

  async read(request: ObjectRequest): Promise<AsyncIterable<Uint8Array>> {
    const { Body } = await this.#send('GetObject', request);
    return Body as AsyncIterable<Uint8Array>;
  }

  async *list(request: ListRequest): AsyncGenerator<readonly ListedObject[]> {
    let ContinuationToken: unknown;
    do {
      const page = await this.#send('ListObjectsV2', { ...request, ContinuationToken });
      yield ((page.Contents ?? []) as Content[]).map(listedObject);
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
  }

  async write(request: ObjectRequest, Body: string): Promise<void> {
    await this.#send('PutObject', { ...request, Body });
  }

  async #send(operation: string, request: object): Promise<Record<string, unknown>> {
    const upstreamOf = this.#upstreamOf;
    const upstream = upstreamOf?.('s3');
    if (upstreamOf === undefined || upstream === undefined) {
      throw new ObjectStoreError(`${noEndpoint('s3')} Or name a folder in its place: --bucket NAME=DIR`);
    }
    try {
      const sdk = loadSdkPackage('s3');
      const found = sdk.operation(operation);
      if (found === undefined) throw new Error(`The package @aws-sdk/client-s3 has no ${operation}.`);
      const client = clientOf(upstreamOf, sdk, 's3', this.#region, upstream);
      return await client.send(new found.Command(request), { abortSignal: new AbortController().signal });
    } catch (error) {
      throw new ObjectStoreError(failureOf({ called }, 's3', error as Error).cause);
    }
  }
}

interface Content {
  readonly ETag?: string;
  readonly Key?: string;
  readonly LastModified?: Date;
  readonly Size?: number;
  readonly StorageClass?: string;
}

function listedObject({ ETag, Key = '', LastModified, Size, StorageClass }: Content): ListedObject {
  const members: Readonly<Record<string, Json | undefined>> = {
    Etag: ETag,
    Key,
    LastModified: LastModified && Math.floor(LastModified.getTime() / 1000),
    Size,
    StorageClass,
  };
  return Object.fromEntries(
    Object.entries(members).filter(([, value]) => value !== undefined),
  ) as unknown as ListedObject;
}
