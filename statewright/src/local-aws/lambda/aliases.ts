import { AwsError } from '../aws-error';
import { checkSameRevision, invalidParameter } from './errors';
import type { AliasRecord, FunctionRecord, FunctionStore } from './function-store';
import { pageOf } from './paging';
import type { LambdaRequest } from './requests';

export function createAlias(store: FunctionStore, request: LambdaRequest<'CreateAlias'>) {
  const record = store.getLatest(request);
  const { Name, FunctionVersion, Description = '' } = request;
  checkMembers(store, request);
  if (find(record, Name)) {
    throw new AwsError(
      'ResourceConflictException',
      `Alias already exists: ${store.arn(record.FunctionName, Name)}`,
      409,
    );
  }
  return put(store, record, { Name, FunctionVersion, Description, RevisionId: store.context.uuid() });
}

export function getAlias(store: FunctionStore, request: LambdaRequest<'GetAlias'>) {
  const { record, alias } = aliasOf(store, request);
  return describe(store, record, alias);
}

export function updateAlias(store: FunctionStore, request: LambdaRequest<'UpdateAlias'>) {
  const { record, alias } = aliasOf(store, request);
  checkSameRevision(alias, request.RevisionId);
  checkMembers(store, request);
  return put(store, record, {
    Name: alias.Name,
    FunctionVersion: request.FunctionVersion ?? alias.FunctionVersion,
    Description: request.Description ?? alias.Description,
    RevisionId: store.context.uuid(),
  });
}

/** Deletes an alias; succeeds if the alias does not exist. */
export function deleteAlias(store: FunctionStore, request: LambdaRequest<'DeleteAlias'>): void {
  const record = store.getLatest(request);
  store.set({ ...record, aliases: others(record, request.Name) });
}

export function listAliases(store: FunctionStore, request: LambdaRequest<'ListAliases'>) {
  const record = store.getLatest(request);
  const { FunctionVersion } = request;
  const aliases = (record.aliases ?? [])
    .filter((alias) => FunctionVersion === undefined || alias.FunctionVersion === FunctionVersion)
    .sort((a, b) => (a.Name < b.Name ? -1 : 1));
  const { items, NextMarker } = pageOf(aliases, request);
  return { Aliases: items.map((alias) => describe(store, record, alias)), ...NextMarker };
}

function checkMembers(store: FunctionStore, request: LambdaRequest<'UpdateAlias'>): void {
  if (Object.keys(request.RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0) {
    throw invalidParameter('An alias can have only one version here: remove AdditionalVersionWeights.');
  }
  const { FunctionName, FunctionVersion } = request;
  if (FunctionVersion !== undefined) store.version({ FunctionName, Qualifier: FunctionVersion });
}

function aliasOf(store: FunctionStore, request: LambdaRequest<'GetAlias'>) {
  const record = store.getLatest(request);
  const alias = find(record, request.Name);
  if (!alias) {
    throw new AwsError(
      'ResourceNotFoundException',
      `Cannot find alias arn: ${store.arn(record.FunctionName, request.Name)}`,
      404,
    );
  }
  return { record, alias };
}

const find = (record: FunctionRecord, name: string) => record.aliases?.find(({ Name }) => Name === name);

const others = ({ aliases = [] }: FunctionRecord, name: string) =>
  aliases.filter(({ Name }) => Name !== name);

function put(store: FunctionStore, record: FunctionRecord, alias: AliasRecord) {
  store.set({ ...record, aliases: [...others(record, alias.Name), alias] });
  return describe(store, record, alias);
}

const describe = (store: FunctionStore, { FunctionName }: FunctionRecord, alias: AliasRecord) => ({
  AliasArn: store.arn(FunctionName, alias.Name),
  ...alias,
});
