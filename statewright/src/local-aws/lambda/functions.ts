import type { AccountContext } from '../account-context';
import { AwsError } from '../aws-error';
import { downloadKey, presignedQuery } from '../credential';
import { checkConfiguration } from './check-configuration';
import { checkSnapStart, checkSupported } from './check-supported';
import { describeVersion, loggingConfig, merged, updated, type VersionRecord } from './configuration';
import { checkSameRevision, invalidParameter } from './errors';
import { type CanAssume, checkRole } from './execution-role';
import { zipIn } from './function-code';
import { withoutSettings } from './function-record';
import type { FunctionStore } from './function-store';
import { pageOf } from './paging';
import type { LambdaRequest } from './requests';
import { newRevision } from './revision';
import { warnIfDeprecated } from './runtime-identifiers';
import { checkTags } from './tags';
import type { ServedPlace } from './variables';
import { publishVersion } from './versions';

export function createFunction(
  store: FunctionStore,
  canAssume: CanAssume,
  request: LambdaRequest<'CreateFunction'>,
) {
  const { name, qualifier } = store.reference(request);
  if (qualifier !== undefined)
    throw invalidParameter('The name of a new function must not have a qualifier.');
  checkConfiguration(request);
  checkSupported(request);
  store.checkLayers(request);
  checkTags(request.Tags ?? {});
  if (request.PackageType === 'Image') {
    throw invalidParameter(
      'Container images are not supported here: create the function with PackageType Zip.',
    );
  }
  const { Runtime, Handler } = request;
  if (Runtime === undefined || Handler === undefined) {
    throw invalidParameter(
      'Runtime and Handler are mandatory parameters for functions created with deployment packages.',
    );
  }
  checkSnapStart(Runtime, request.SnapStart);
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
    ...newRevision(store),
  };
  warnIfDeprecated(Runtime);
  const latest = merged(blank, request);
  store.set({
    FunctionName: name,
    latest,
    versions: [],
    nextVersion: 1,
    tags: { ...request.Tags },
    policies: {},
  });
  if (request.Publish !== true) return describeVersion(store, latest);
  // The answer has the number of the version, and yet the ARN of the function.
  return { ...publishVersion(store, { FunctionName: name }), FunctionArn: store.arn(name) };
}

/** @param served if the account is served over HTTP: the package can be downloaded there without a signature */
export function getFunction(
  store: FunctionStore,
  request: LambdaRequest<'GetFunction'>,
  served?: ServedPlace,
) {
  const { tags, reservedConcurrency } = store.get(request);
  const Configuration = getFunctionConfiguration(store, request);
  const { FunctionName, Version } = Configuration;
  return {
    Configuration,
    Code: {
      RepositoryType: 'S3',
      ...(served && { Location: codeLocation(store.context, served, FunctionName, Version) }),
    },
    ...(Object.keys(tags).length > 0 && { Tags: tags }),
    ...(reservedConcurrency !== undefined && {
      Concurrency: { ReservedConcurrentExecutions: reservedConcurrency },
    }),
  };
}

function codeLocation(
  { region }: AccountContext,
  { url, accessKeyId = 'local' }: ServedPlace,
  name: string,
  version: string,
): string {
  const signature = presignedQuery(downloadKey(accessKeyId), region, 'lambda');
  return `${url}/2015-03-31/functions/${name}/code?Qualifier=${version}&${signature}`;
}

export function getFunctionConfiguration(
  store: FunctionStore,
  request: LambdaRequest<'GetFunctionConfiguration'>,
) {
  return describeVersion(store, store.version(request), store.reference(request).qualifier);
}

export function listFunctions(store: FunctionStore, request: LambdaRequest<'ListFunctions'>) {
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

export function updateFunctionConfiguration(
  store: FunctionStore,
  canAssume: CanAssume,
  request: LambdaRequest<'UpdateFunctionConfiguration'>,
) {
  const record = store.getLatest(request);
  checkSameRevision(record.latest, request.RevisionId);
  checkConfiguration(request);
  checkSupported(request);
  checkSnapStart(
    request.Runtime ?? record.latest.Runtime,
    request.SnapStart ?? { ApplyOn: record.latest.SnapStart ?? 'None' },
  );
  store.checkLayers(request);
  if (request.Role !== undefined) checkRole(canAssume, request.Role);
  const latest = { ...updated(record.latest, request), ...newRevision(store) };
  store.set({ ...record, latest });
  return describeVersion(store, latest);
}

/** Deletes a function, or one published version of it. */
export function deleteFunction(store: FunctionStore, request: LambdaRequest<'DeleteFunction'>): void {
  const { qualifier } = store.reference(request);
  const record = store.get(request);
  if (qualifier === '$LATEST') {
    throw invalidParameter('$LATEST version cannot be deleted without deleting the function.');
  }
  const aliases = (record.aliases ?? []).filter(({ FunctionVersion, RoutingConfig }) =>
    [FunctionVersion, ...Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {})].includes(
      qualifier ?? '',
    ),
  );
  if (aliases.length > 0) {
    throw new AwsError(
      'ResourceConflictException',
      `Unable to delete version because the following aliases reference it: [${aliases.map(({ Name }) => Name).join(', ')}]`,
      409,
    );
  }
  if (qualifier === undefined) store.functions.delete(record.FunctionName);
  else {
    const versions = record.versions.filter(({ Version }) => Version !== qualifier);
    store.set({ ...withoutSettings(record, qualifier), versions });
  }
}
