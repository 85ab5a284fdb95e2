import { AwsError } from '../aws-error';
import { invalidParameter } from './errors';
import { type FunctionRecord, type ProvisionedConcurrency, settingOf, without } from './function-record';
import type { FunctionStore } from './function-store';
import { pageOf } from './paging';
import type { LambdaRequest } from './requests';

export function putProvisionedConcurrencyConfig(
  store: FunctionStore,
  request: LambdaRequest<'PutProvisionedConcurrencyConfig'>,
) {
  const { Qualifier, ProvisionedConcurrentExecutions } = request;
  if (Qualifier === '$LATEST') {
    throw invalidParameter(
      'Provisioned Concurrency Configs cannot be applied to unpublished function versions.',
    );
  }
  const record = existing(store, request);
  checkOther(record, Qualifier);
  const reserved = record.reservedConcurrency;
  if (reserved !== undefined && ProvisionedConcurrentExecutions > reserved) {
    throw invalidParameter(
      `Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function`,
    );
  }
  const config = {
    ProvisionedConcurrentExecutions,
    LastModified: new Date(store.context.clock.now()).toISOString(),
  };
  store.set({ ...record, provisionedConcurrency: { ...record.provisionedConcurrency, [Qualifier]: config } });
  return {
    ...describe(config),
    AvailableProvisionedConcurrentExecutions: 0,
    AllocatedProvisionedConcurrentExecutions: 0,
    Status: 'IN_PROGRESS',
  };
}

export function getProvisionedConcurrencyConfig(
  store: FunctionStore,
  request: LambdaRequest<'GetProvisionedConcurrencyConfig'>,
) {
  const config = settingOf(qualified(store, request).provisionedConcurrency, request.Qualifier);
  if (config) return describe(config);
  throw new AwsError(
    'ProvisionedConcurrencyConfigNotFoundException',
    'No Provisioned Concurrency Config found for this function',
    404,
  );
}

export function listProvisionedConcurrencyConfigs(
  store: FunctionStore,
  request: LambdaRequest<'ListProvisionedConcurrencyConfigs'>,
) {
  const record = store.getLatest(request);
  const { items, NextMarker } = pageOf(Object.entries(record.provisionedConcurrency ?? {}), request);
  return {
    ProvisionedConcurrencyConfigs: items.map(([name, config]) => ({
      FunctionArn: store.arn(record.FunctionName, name),
      ...describe(config),
    })),
    ...NextMarker,
  };
}

/** Succeeds if the version or the alias has no configuration. */
export function deleteProvisionedConcurrencyConfig(
  store: FunctionStore,
  request: LambdaRequest<'DeleteProvisionedConcurrencyConfig'>,
): void {
  const record = qualified(store, request);
  store.set({ ...record, provisionedConcurrency: without(record.provisionedConcurrency, request.Qualifier) });
}

type Reference = LambdaRequest<'GetProvisionedConcurrencyConfig'>;

function qualified(store: FunctionStore, request: Reference): FunctionRecord {
  if (request.Qualifier === '$LATEST') {
    throw invalidParameter('The function resource provided must be an alias or a published version.');
  }
  return existing(store, request);
}

function existing(store: FunctionStore, request: Reference): FunctionRecord {
  const { FunctionName, Qualifier } = request;
  const record = store.get({ FunctionName });
  const isVersion = /^\d+$/.test(Qualifier);
  if (!isVersion && !record.aliases?.some(({ Name }) => Name === Qualifier)) {
    throw new AwsError(
      'ResourceNotFoundException',
      `Cannot find alias arn: ${store.arn(record.FunctionName, Qualifier)}`,
      404,
    );
  }
  store.version({ FunctionName, Qualifier });
  return record;
}

/** A version is provisioned by itself or through one alias. */
function checkOther({ aliases = [], provisionedConcurrency }: FunctionRecord, qualifier: string): void {
  const alias = aliases.find(({ Name }) => Name === qualifier);
  if (alias && settingOf(provisionedConcurrency, alias.FunctionVersion)) {
    throw conflict(
      "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
    );
  }
  const provisioned = ({ Name }: { readonly Name: string }) => settingOf(provisionedConcurrency, Name);
  if (!alias && aliases.some((one) => one.FunctionVersion === qualifier && provisioned(one))) {
    throw conflict('Version is pointed by a Provisioned Concurrency alias');
  }
}

const conflict = (message: string) => new AwsError('ResourceConflictException', message, 409);

const describe = ({ ProvisionedConcurrentExecutions: count, LastModified }: ProvisionedConcurrency) => ({
  RequestedProvisionedConcurrentExecutions: count,
  AvailableProvisionedConcurrentExecutions: count,
  AllocatedProvisionedConcurrentExecutions: count,
  Status: 'READY',
  LastModified: LastModified.replace('Z', '+0000'),
});
