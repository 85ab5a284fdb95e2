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

/** The deployment package in a request. */
export function zipIn({ ZipFile, S3Bucket, ImageUri }: FunctionCode): Uint8Array {
  if (ZipFile !== undefined) return ZipFile;
  const other =
    S3Bucket !== undefined ? 'code in S3' : ImageUri !== undefined ? 'a container image' : 'no code';
  throw invalidParameter(
    `Please provide a source for function code: only ZipFile is supported here, and the request has ${other}.`,
  );
}
