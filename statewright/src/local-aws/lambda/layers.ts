import type { AccountContext } from '../account-context';
import { downloadKey, presignedQuery } from '../credential';
import { invalidParameter } from './errors';
import { zipIn } from './function-code';
import type { FunctionStore } from './function-store';
import type { LayerRecord, LayerVersionRecord } from './layer-store';
import { pageOf } from './paging';
import type { LambdaRequest } from './requests';
import type { ServedPlace } from './variables';

export function publishLayerVersion(
  store: FunctionStore,
  request: LambdaRequest<'PublishLayerVersion'>,
  served?: ServedPlace,
) {
  const name = store.layers.nameIn(request.LayerName);
  const code = store.code.add(zipIn(request.Content));
  const layer = store.layers.get(name) ?? { LayerName: name, versions: [], nextVersion: 1 };
  const { Description = '', LicenseInfo, CompatibleRuntimes, CompatibleArchitectures } = request;
  const version: LayerVersionRecord = {
    Version: layer.nextVersion,
    Description,
    ...(LicenseInfo !== undefined && { LicenseInfo }),
    ...(CompatibleRuntimes && { CompatibleRuntimes }),
    ...(CompatibleArchitectures && { CompatibleArchitectures }),
    CreatedDate: new Date(store.context.clock.now()).toISOString(),
    ...code,
  };
  store.layers.set({ ...layer, versions: [...layer.versions, version], nextVersion: version.Version + 1 });
  return describeContent(store, name, version, served);
}

/** @param served if the account is served over HTTP: the package can be downloaded there without a signature */
export function getLayerVersion(
  store: FunctionStore,
  request: LambdaRequest<'GetLayerVersion'>,
  served?: ServedPlace,
) {
  const name = store.layers.nameIn(request.LayerName);
  checkNumber(request.VersionNumber);
  return describeContent(store, name, store.layers.version(name, request.VersionNumber), served);
}

export function getLayerVersionByArn(
  store: FunctionStore,
  request: LambdaRequest<'GetLayerVersionByArn'>,
  served?: ServedPlace,
) {
  const { name, version } = store.layers.versionIn(request.Arn);
  return describeContent(store, name, store.layers.version(name, version), served);
}

/** The package of a layer's version. */
export function getLayerCode(store: FunctionStore, request: LambdaRequest<'GetLayerVersion'>): Buffer {
  const name = store.layers.nameIn(request.LayerName);
  return store.code.zip(store.layers.version(name, request.VersionNumber).CodeSha256);
}

export function listLayers(store: FunctionStore, request: LambdaRequest<'ListLayers'>) {
  const layers = store.layers.all().flatMap((layer) => {
    const latest = newestFirst(layer).find((version) => isWanted(version, request));
    return latest ? [{ layer, latest }] : [];
  });
  const { items, NextMarker } = pageOf(layers, request);
  return {
    Layers: items.map(({ layer: { LayerName }, latest }) => ({
      LayerName,
      LayerArn: store.layers.arn(LayerName),
      LatestMatchingVersion: describe(store, LayerName, latest),
    })),
    ...NextMarker,
  };
}

export function listLayerVersions(store: FunctionStore, request: LambdaRequest<'ListLayerVersions'>) {
  const name = store.layers.nameIn(request.LayerName);
  const layer = store.layers.all().find(({ LayerName }) => LayerName === name);
  const versions = layer ? newestFirst(layer).filter((version) => isWanted(version, request)) : [];
  const { items, NextMarker } = pageOf(versions, request);
  return { LayerVersions: items.map((version) => describe(store, name, version)), ...NextMarker };
}

/** Functions that have the version keep it. */
export function deleteLayerVersion(store: FunctionStore, request: LambdaRequest<'DeleteLayerVersion'>): void {
  const name = store.layers.nameIn(request.LayerName);
  checkNumber(request.VersionNumber);
  const layer = store.layers.get(name);
  const version = layer?.versions.find(({ Version }) => Version === request.VersionNumber);
  if (!layer || !version) return;
  if (store.usesLayer(store.layers.arn(name, version.Version))) {
    store.layers.setVersion(name, { ...version, deleted: true });
    return;
  }
  store.layers.set({ ...layer, versions: layer.versions.filter((other) => other !== version) });
  store.dropUnused([version.CodeSha256]);
}

function checkNumber(version: number): void {
  if (version < 1) throw invalidParameter('Layer Version Cannot be less than 1.');
}

const newestFirst = ({ versions }: LayerRecord) => [...versions].reverse();

const isWanted = (
  { CompatibleRuntimes, CompatibleArchitectures }: LayerVersionRecord,
  request: LambdaRequest<'ListLayers'>,
) =>
  (request.CompatibleRuntime === undefined || CompatibleRuntimes?.includes(request.CompatibleRuntime)) &&
  (request.CompatibleArchitecture === undefined ||
    CompatibleArchitectures?.includes(request.CompatibleArchitecture));

function describe({ layers }: FunctionStore, name: string, version: LayerVersionRecord) {
  const {
    CodeSha256: _sha,
    CodeSize: _size,
    deleted: _deleted,
    policy: _policy,
    CreatedDate,
    ...shown
  } = version;
  return {
    ...shown,
    LayerVersionArn: layers.arn(name, version.Version),
    CreatedDate: CreatedDate.replace('Z', '+0000'),
  };
}

function describeContent(
  store: FunctionStore,
  name: string,
  version: LayerVersionRecord,
  served: ServedPlace | undefined,
) {
  const { CodeSha256, CodeSize, Version } = version;
  return {
    ...describe(store, name, version),
    LayerArn: store.layers.arn(name),
    Content: {
      ...(served && { Location: location(store.context, served, name, Version) }),
      CodeSha256,
      CodeSize,
    },
  };
}

function location(
  { region }: AccountContext,
  { url, accessKeyId = 'local' }: ServedPlace,
  name: string,
  version: number,
): string {
  const signature = presignedQuery(downloadKey(accessKeyId), region, 'lambda');
  return `${url}/2018-10-31/layers/${name}/versions/${version}/code?${signature}`;
}
