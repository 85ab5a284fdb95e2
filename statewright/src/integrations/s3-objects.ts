import type { Json } from '../engine/data';
import {
  type ListedObject,
  type ListRequest,
  type ObjectRequest,
  type ObjectStore,
  ObjectStoreError,
} from '../engine/execution/object-store';
import { failureOf } from './service-call';
import type { UpstreamOf } from './upstream';
import { type SdkAnswer, UpstreamServices } from './upstream-services';

/** The objects of Amazon S3, or of an emulator, at its endpoint. */
export class S3Objects implements ObjectStore {
  readonly #services: UpstreamServices | undefined;

  constructor(upstreamOf: UpstreamOf | undefined, region: string) {
    this.#services = upstreamOf && new UpstreamServices(upstreamOf, region);
  }

  async read(request: ObjectRequest): Promise<AsyncIterable<Uint8Array>> {
    const { Body } = await this.#call('GetObject', request);
    return Body as AsyncIterable<Uint8Array>;
  }

  async *list(request: ListRequest): AsyncGenerator<readonly ListedObject[]> {
    let ContinuationToken: unknown;
    do {
      const page = await this.#call('ListObjectsV2', { ...request, ContinuationToken });
      yield ((page.Contents ?? []) as Content[]).map(listedObject);
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
  }

  async write(request: ObjectRequest, Body: string | Uint8Array): Promise<void> {
    await this.#call('PutObject', { ...request, Body });
  }

  async #call(operation: string, request: object): Promise<SdkAnswer> {
    const services = this.#services;
    if (!services?.find('s3')) {
      throw new ObjectStoreError(
        'This Map needs the objects of Amazon S3, which the local AWS does not have. Start an emulator that has them, such as moto_server, and pass its address: --upstream http://127.0.0.1:5000 (or --endpoint s3=URL). Or name a folder in place of the bucket: --bucket NAME=DIR',
      );
    }
    try {
      return await services.call('s3', operation, request);
    } catch (error) {
      throw new ObjectStoreError(
        failureOf({ called: { sdk: false, service: 's3' } }, 's3', error as Error).cause,
      );
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
