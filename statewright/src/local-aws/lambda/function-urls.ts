import { AwsError } from '../aws-error';
import { resourceNotFound } from './errors';
import { type FunctionRecord, type FunctionUrl, settingOf, without } from './function-record';
import type { FunctionStore } from './function-store';
import { pageOf } from './paging';
import type { LambdaRequest, UrlReference, UrlSettings } from './requests';
import type { ServedPlace } from './variables';

export function createFunctionUrlConfig(
  store: FunctionStore,
  request: LambdaRequest<'CreateFunctionUrlConfig'>,
  served?: ServedPlace,
) {
  const { record, qualifier } = functionOf(store, request);
  if (settingOf(record.urls, qualifier)) {
    throw new AwsError(
      'ResourceConflictException',
      `Failed to create function url config for [functionArn = ${arnOf(store, record, qualifier)}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
      409,
    );
  }
  const time = timeOf(store);
  const url: FunctionUrl = {
    id: store.context.uuid().replaceAll('-', ''),
    AuthType: request.AuthType,
    ...settingsOf(request),
    CreationTime: time,
    LastModifiedTime: time,
  };
  const { LastModifiedTime: _, ...described } = put(store, record, qualifier, url, served);
  return described;
}

export function getFunctionUrlConfig(
  store: FunctionStore,
  request: LambdaRequest<'GetFunctionUrlConfig'>,
  served?: ServedPlace,
) {
  const { record, qualifier, url } = urlOf(store, request);
  return describe(store, record, qualifier, url, served);
}

export function updateFunctionUrlConfig(
  store: FunctionStore,
  request: LambdaRequest<'UpdateFunctionUrlConfig'>,
  served?: ServedPlace,
) {
  const { record, qualifier, url } = urlOf(store, request);
  const { Cors, ...present } = url;
  const changed: FunctionUrl = {
    ...present,
    ...settingsOf({ ...(Cors && { Cors }), ...request }),
    AuthType: request.AuthType ?? url.AuthType,
    LastModifiedTime: timeOf(store),
  };
  return put(store, record, qualifier, changed, served);
}

export function deleteFunctionUrlConfig(
  store: FunctionStore,
  request: LambdaRequest<'DeleteFunctionUrlConfig'>,
): void {
  const { record, qualifier } = urlOf(store, request);
  store.set({ ...record, urls: without(record.urls, qualifier) });
}

export function listFunctionUrlConfigs(
  store: FunctionStore,
  request: LambdaRequest<'ListFunctionUrlConfigs'>,
  served?: ServedPlace,
) {
  const { record } = functionOf(store, { FunctionName: request.FunctionName });
  const { items, NextMarker } = pageOf(Object.entries(record.urls ?? {}), request);
  return {
    FunctionUrlConfigs: items.map(([name, url]) => describe(store, record, name, url, served)),
    ...NextMarker,
  };
}

/** The function or the alias with an address. */
export interface AddressedFunction {
  readonly url: FunctionUrl;
  readonly FunctionName: string;
  /** An alias. */
  readonly Qualifier?: string;
}

/** Finds what the id of an address belongs to. */
export function findUrl(store: FunctionStore, id: string): AddressedFunction | undefined {
  for (const { FunctionName, urls = {} } of store.functions.values()) {
    const [qualifier, url] = Object.entries(urls).find(([, one]) => one.id === id) ?? [];
    if (url === undefined || qualifier === undefined) continue;
    return { url, FunctionName, ...(qualifier !== '$LATEST' && { Qualifier: qualifier }) };
  }
  return undefined;
}

/** The host name of an address; names under localhost never leave this machine (RFC 6761). */
export const urlHost = (id: string, region: string): string => `${id}.lambda-url.${region}.localhost`;

/** Empty CORS settings remove them. */
const settingsOf = ({ Cors, InvokeMode }: UrlSettings): UrlSettings => ({
  ...(Cors && Object.keys(Cors).length > 0 && { Cors }),
  ...(InvokeMode !== undefined && { InvokeMode }),
});

function functionOf(store: FunctionStore, request: UrlReference) {
  const { name, qualifier = '$LATEST' } = store.reference(request);
  const record = store.functions.get(name);
  const known = qualifier === '$LATEST' || record?.aliases?.some(({ Name }) => Name === qualifier);
  if (!record || !known) {
    throw new AwsError('ResourceNotFoundException', 'Function does not exist', 404);
  }
  return { record, qualifier };
}

function urlOf(store: FunctionStore, request: UrlReference) {
  const { name, qualifier = '$LATEST' } = store.reference(request);
  const record = store.functions.get(name);
  const url = settingOf(record?.urls, qualifier);
  if (record && url) return { record, qualifier, url };
  throw resourceNotFound();
}

const timeOf = ({ context }: FunctionStore) => new Date(context.clock.now()).toISOString();

function put(
  store: FunctionStore,
  record: FunctionRecord,
  qualifier: string,
  url: FunctionUrl,
  served: ServedPlace | undefined,
) {
  store.set({ ...record, urls: { ...record.urls, [qualifier]: url } });
  return describe(store, record, qualifier, url, served);
}

const arnOf = (store: FunctionStore, { FunctionName }: FunctionRecord, qualifier: string) =>
  store.arn(FunctionName, qualifier === '$LATEST' ? undefined : qualifier);

function describe(
  store: FunctionStore,
  record: FunctionRecord,
  qualifier: string,
  { id, InvokeMode = 'BUFFERED', ...url }: FunctionUrl,
  served: ServedPlace | undefined,
) {
  const port = served ? `:${new URL(served.url).port}` : '';
  return {
    ...url,
    FunctionUrl: `http://${urlHost(id, store.context.region)}${port}/`,
    FunctionArn: arnOf(store, record, qualifier),
    InvokeMode,
  };
}
