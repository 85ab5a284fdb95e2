import { AwsError } from '../aws-error';
import { checkArchitectures, checkConfiguration } from './check-configuration';
import {
  type ConfigurationRequest,
  describeVersion,
  loggingConfig,
  merged,
  type VersionRecord,
} from './configuration';
import { checkEnum, checkSameRevision, invalidParameter } from './constraints';
import type { FunctionRequest, FunctionStore } from './function-store';
import { type ListRequest, pageOf } from './paging';
import { checkTags } from './tags';

/** A deployment package in a request: bytes, or base64 as the wire has it. */
export type ZipFile = Uint8Array | string;

export interface CreateFunctionRequest extends ConfigurationRequest {
  readonly FunctionName: string;
  readonly Role: string;
  readonly Code: { readonly ZipFile?: ZipFile; readonly S3Bucket?: string; readonly ImageUri?: string };
  readonly PackageType?: string;
  readonly Publish?: boolean;
  readonly Architectures?: readonly string[];
  readonly Tags?: Readonly<Record<string, string>>;
}

/** Whether the Lambda service may act with a role. */
export type CanAssume = (request: { readonly roleArn: string; readonly service: string }) => boolean;

/** What Lambda says of a role that it may not act with. */
export const ROLE_NOT_ASSUMABLE = 'The role defined for the function cannot be assumed by Lambda.';

export function createFunction(store: FunctionStore, canAssume: CanAssume, request: CreateFunctionRequest) {
  const { name, qualifier } = store.reference(request);
  if (qualifier !== undefined)
    throw invalidParameter('The function name of a new function has no qualifier.');
  checkConfiguration(request);
  checkArchitectures(request.Architectures);
  checkEnum(request.PackageType, 'packageType', ['Image', 'Zip']);
  checkTags(request.Tags ?? {});
  if (request.PackageType === 'Image') {
    throw invalidParameter('Container images are not run here: create the function with PackageType Zip.');
  }
  const { Runtime, Handler } = request;
  if (Runtime === undefined || Handler === undefined) {
    throw invalidParameter(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    );
  }
  checkRole(canAssume, request.Role);
  if (store.functions.has(name)) {
    throw new AwsError('ResourceConflictException', `Function already exist: ${name}`, 409);
  }

  const code = store.code.add(zipIn(request.Code));
  const blank: VersionRecord = {
    FunctionName: name,
    Version: '$LATEST',
    Role: request.Role,
    Handler,
    Runtime,
    Description: '',
    Timeout: 3,
    MemorySize: 128,
    TracingMode: 'PassThrough',
    EphemeralStorageSize: 512,
    LoggingConfig: loggingConfig(name),
    Layers: [],
    Architectures: request.Architectures ?? ['x86_64'],
    ...code,
    ...revision(store),
  };
  const latest = merged(blank, request);
  store.set({
    FunctionName: name,
    latest,
    versions: [],
    nextVersion: 1,
    tags: { ...request.Tags },
    policies: {},
  });
  return request.Publish === true
    ? publishVersion(store, { FunctionName: name })
    : describeVersion(store, latest);
}

/** @param endpoint where this account is served, if it is: the package can then be had there */
export function getFunction(store: FunctionStore, request: FunctionRequest, endpoint?: string) {
  const { tags, reservedConcurrency } = store.get(request);
  const Configuration = getFunctionConfiguration(store, request);
  const { FunctionName, Version } = Configuration;
  const path = `/2015-03-31/functions/${FunctionName}/code?Qualifier=${Version}`;
  return {
    Configuration,
    Code: { RepositoryType: 'S3', ...(endpoint !== undefined && { Location: endpoint + path }) },
    ...(Object.keys(tags).length > 0 && { Tags: tags }),
    ...(reservedConcurrency !== undefined && {
      Concurrency: { ReservedConcurrentExecutions: reservedConcurrency },
    }),
  };
}

/** The deployment package of a version. */
export function getCode(store: FunctionStore, request: FunctionRequest): Buffer {
  return store.code.zip(store.version(request).CodeSha256);
}

export function getFunctionConfiguration(store: FunctionStore, request: FunctionRequest) {
  return describeVersion(store, store.version(request), store.reference(request).qualifier);
}

export function listFunctions(
  store: FunctionStore,
  request: ListRequest & { readonly FunctionVersion?: string },
) {
  const all = request.FunctionVersion === 'ALL';
  const versions = [...store.functions.values()]
    .sort((a, b) => (a.FunctionName < b.FunctionName ? -1 : 1))
    .flatMap(({ latest, versions }) => (all ? [latest, ...versions] : [latest]));
  const { items, NextMarker } = pageOf(versions, request);
  return {
    Functions: items.map((version) => describeVersion(store, version, all ? version.Version : undefined)),
    ...NextMarker,
  };
}

export function listVersionsByFunction(store: FunctionStore, request: FunctionRequest & ListRequest) {
  const { latest, versions } = store.get(request);
  const { items, NextMarker } = pageOf([latest, ...versions], request);
  return {
    Versions: items.map((version) => describeVersion(store, version, version.Version)),
    ...NextMarker,
  };
}

export interface UpdateFunctionCodeRequest extends FunctionRequest {
  readonly ZipFile?: ZipFile;
  readonly S3Bucket?: string;
  readonly ImageUri?: string;
  readonly Architectures?: readonly string[];
  readonly Publish?: boolean;
  readonly DryRun?: boolean;
  readonly RevisionId?: string;
}

export function updateFunctionCode(store: FunctionStore, request: UpdateFunctionCodeRequest) {
  const record = store.getLatest(request);
  checkSameRevision(record.latest, request.RevisionId);
  checkArchitectures(request.Architectures);
  const zip = zipIn(request);
  const latest: VersionRecord = {
    ...record.latest,
    Architectures: request.Architectures ?? record.latest.Architectures,
    ...store.code.check(zip),
    ...revision(store),
  };
  if (request.DryRun === true) return describeVersion(store, latest);
  store.code.add(zip);
  store.set({ ...record, latest });
  return request.Publish === true
    ? publishVersion(store, { FunctionName: record.FunctionName })
    : describeVersion(store, latest);
}

export interface UpdateFunctionConfigurationRequest extends ConfigurationRequest, FunctionRequest {
  readonly RevisionId?: string;
}

export function updateFunctionConfiguration(
  store: FunctionStore,
  canAssume: CanAssume,
  request: UpdateFunctionConfigurationRequest,
) {
  const record = store.getLatest(request);
  checkSameRevision(record.latest, request.RevisionId);
  checkConfiguration(request);
  if (request.Role !== undefined) checkRole(canAssume, request.Role);
  const latest = { ...merged(record.latest, request), ...revision(store) };
  store.set({ ...record, latest });
  return describeVersion(store, latest);
}

export interface PublishVersionRequest extends FunctionRequest {
  readonly CodeSha256?: string;
  readonly Description?: string;
  readonly RevisionId?: string;
}

/** Publishes `$LATEST` as a version, unless nothing has changed since the last: then that one is the answer. */
export function publishVersion(store: FunctionStore, request: PublishVersionRequest) {
  const record = store.getLatest(request);
  checkSameRevision(record.latest, request.RevisionId);
  const { latest, versions, nextVersion } = record;
  if (request.CodeSha256 !== undefined && request.CodeSha256 !== latest.CodeSha256) {
    throw invalidParameter(
      `CodeSHA256 (${request.CodeSha256}) is different from current CodeSHA256 in $LATEST (${latest.CodeSha256}). Please try again with the CodeSHA256 in $LATEST.`,
    );
  }
  const last = versions.at(-1);
  if (last && substance(last) === substance(latest)) return describeVersion(store, last, last.Version);
  const published: VersionRecord = {
    ...latest,
    Version: String(nextVersion),
    Description: request.Description ?? latest.Description,
    RevisionId: store.context.uuid(),
  };
  store.set({ ...record, versions: [...versions, published], nextVersion: nextVersion + 1 });
  return describeVersion(store, published, published.Version);
}

/** What two versions must differ in for the second to be worth publishing. */
const substance = ({
  Version: _v,
  Description: _d,
  LastModified: _m,
  RevisionId: _r,
  ...rest
}: VersionRecord) => JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));

/** Deletes a function, or one published version of it. */
export function deleteFunction(store: FunctionStore, request: FunctionRequest): void {
  const { qualifier } = store.reference(request);
  const record = store.get(request);
  if (qualifier === '$LATEST') {
    throw invalidParameter('$LATEST version cannot be deleted without deleting the function.');
  }
  const aliases = (record.aliases ?? []).filter(({ FunctionVersion }) => FunctionVersion === qualifier);
  if (aliases.length > 0) {
    throw new AwsError(
      'ResourceConflictException',
      `Unable to delete version because the following aliases reference it: [${aliases.map(({ Name }) => Name).join(', ')}]`,
      409,
    );
  }
  if (qualifier === undefined) store.functions.delete(record.FunctionName);
  else store.set({ ...record, versions: record.versions.filter(({ Version }) => Version !== qualifier) });
}

function zipIn({ ZipFile, S3Bucket, ImageUri }: CreateFunctionRequest['Code']): Uint8Array {
  if (ZipFile !== undefined) return typeof ZipFile === 'string' ? Buffer.from(ZipFile, 'base64') : ZipFile;
  const other =
    S3Bucket !== undefined ? 'code in S3' : ImageUri !== undefined ? 'a container image' : 'no code';
  throw invalidParameter(
    `Please provide a source for function code: ZipFile is needed here, and ${other} was given.`,
  );
}

function checkRole(canAssume: CanAssume, roleArn: string): void {
  if (!canAssume({ roleArn, service: 'lambda.amazonaws.com' })) {
    throw invalidParameter(ROLE_NOT_ASSUMABLE);
  }
}

const revision = ({ context }: FunctionStore) => ({
  LastModified: new Date(context.clock.now()).toISOString(),
  RevisionId: context.uuid(),
});
