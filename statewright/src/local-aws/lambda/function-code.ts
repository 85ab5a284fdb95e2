import { describeVersion, type VersionRecord } from './configuration';
import { checkSameRevision, invalidParameter } from './errors';
import type { FunctionStore } from './function-store';
import type { FunctionCode, LambdaRequest } from './requests';
import { newRevision } from './revision';
import { publishVersion } from './versions';

/** The deployment package of a version. */
export function getCode(store: FunctionStore, request: LambdaRequest<'GetFunction'>): Buffer {
  return store.code.zip(store.version(request).CodeSha256);
}

export function updateFunctionCode(store: FunctionStore, request: LambdaRequest<'UpdateFunctionCode'>) {
  const record = store.getLatest(request);
  checkSameRevision(record.latest, request.RevisionId);
  const zip = zipIn(request);
  const latest: VersionRecord = {
    ...record.latest,
    Architectures: request.Architectures ?? record.latest.Architectures,
    ...store.code.check(zip),
    ...newRevision(store),
  };
  if (request.DryRun === true) return describeVersion(store, latest);
  store.code.add(zip);
  store.set({ ...record, latest });
  return request.Publish === true
    ? publishVersion(store, { FunctionName: record.FunctionName })
    : describeVersion(store, latest);
}

/** The deployment package in a request. What is in S3 was read before. */
export function zipIn({ ZipFile, S3Bucket, ImageUri }: FunctionCode): Uint8Array {
  if (ZipFile !== undefined) return ZipFile;
  const other =
    S3Bucket !== undefined
      ? 'a bucket without a key (S3Key)'
      : ImageUri !== undefined
        ? 'a container image, which is not supported here'
        : 'no code';
  throw invalidParameter(`Please provide a source for function code: the request has ${other}.`);
}
