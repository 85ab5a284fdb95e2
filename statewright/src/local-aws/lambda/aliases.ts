import { AwsError } from '../aws-error';
import { checkSameRevision, constraintViolation, invalidParameter } from './errors';
import { type AliasRecord, type FunctionRecord, withoutSettings } from './function-record';
import type { FunctionStore } from './function-store';
import { pageOf } from './paging';
import type { LambdaRequest } from './requests';

export function createAlias(store: FunctionStore, request: LambdaRequest<'CreateAlias'>) {
  const record = store.getLatest(request);
  const { Name, FunctionVersion, Description = '' } = request;
  checkVersions(store, request.FunctionName, FunctionVersion, request.RoutingConfig);
  if (find(record, Name)) {
    throw new AwsError(
      'ResourceConflictException',
      `Alias already exists: ${store.arn(record.FunctionName, Name)}`,
      409,
    );
  }
  return put(store, record, {
    Name,
    FunctionVersion,
    Description,
    ...routing(request.RoutingConfig),
    RevisionId: store.context.uuid(),
  });
}

export function getAlias(store: FunctionStore, request: LambdaRequest<'GetAlias'>) {
  const { record, alias } = aliasOf(store, request);
  return describe(store, record, alias);
}

export function updateAlias(store: FunctionStore, request: LambdaRequest<'UpdateAlias'>) {
  const { record, alias } = aliasOf(store, request);
  checkSameRevision(alias, request.RevisionId);
  const { FunctionVersion = alias.FunctionVersion, RoutingConfig = alias.RoutingConfig } = request;
  checkVersions(store, request.FunctionName, FunctionVersion, RoutingConfig);
  return put(store, record, {
    Name: alias.Name,
    FunctionVersion,
    Description: request.Description ?? alias.Description,
    ...routing(RoutingConfig),
    RevisionId: store.context.uuid(),
  });
}

/** Deletes an alias; succeeds if the alias does not exist. */
export function deleteAlias(store: FunctionStore, request: LambdaRequest<'DeleteAlias'>): void {
  const record = withoutSettings(store.getLatest(request), request.Name);
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

type RoutingConfig = LambdaRequest<'UpdateAlias'>['RoutingConfig'];

/** Empty weights remove the second version. */
function routing({ AdditionalVersionWeights = {} }: RoutingConfig = {}): Pick<AliasRecord, 'RoutingConfig'> {
  return Object.keys(AdditionalVersionWeights).length === 0
    ? {}
    : { RoutingConfig: { AdditionalVersionWeights } };
}

/** Lambda Developer Guide, "Implement Lambda canary deployments using a weighted alias". */
function checkVersions(
  store: FunctionStore,
  FunctionName: string,
  version: string,
  { AdditionalVersionWeights = {} }: RoutingConfig = {},
): void {
  store.version({ FunctionName, Qualifier: version });
  const weights = Object.entries(AdditionalVersionWeights);
  if (weights.length > 1) {
    throw invalidParameter('Number of items in AdditionalVersionWeights cannot be greater than 1');
  }
  for (const [second, weight] of weights) {
    const violation = (constraint: string) =>
      constraintViolation(`{${second}=${weight}}`, 'routingConfig.additionalVersionWeights', constraint);
    if (weight < 0 || weight > 1) {
      throw violation(
        'Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]',
      );
    }
    if (second === version) {
      throw invalidParameter(
        `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
      );
    }
    if (version === '$LATEST') {
      throw invalidParameter('$LATEST is not supported for an alias pointing to more than 1 version');
    }
    if (!/^\d+$/.test(second)) {
      throw violation(
        'Map keys must satisfy constraint: [Member must have length less than or equal to 1024, Member must have length greater than or equal to 1, Member must satisfy regular expression pattern: [0-9]+]',
      );
    }
    store.version({ FunctionName, Qualifier: second });
  }
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
