import type { Authorize } from '../account-context';
import { AwsError } from '../aws-error';
import { invalidParameter } from './errors';
import { type EventInvokeConfig, type FunctionRecord, settingOf, without } from './function-record';
import type { FunctionStore } from './function-store';
import { pageOf } from './paging';
import type { EventInvokeSettings, FunctionRequest, LambdaRequest } from './requests';

/** What a role needs to send a record to a service (Lambda Developer Guide, "Capturing records of Lambda asynchronous invocations"). */
const DESTINATION_ACTIONS: Readonly<Record<string, string>> = {
  events: 'events:PutEvents',
  lambda: 'lambda:InvokeFunction',
  s3: 's3:PutObject',
  sns: 'sns:Publish',
  sqs: 'sqs:SendMessage',
};

/** The service of a destination's ARN, and the action that its role needs. */
export function destinationOf(
  arn: string,
): { readonly service: string; readonly action: string } | undefined {
  const service = arn.split(':')[2] ?? '';
  const action = Object.hasOwn(DESTINATION_ACTIONS, service) ? DESTINATION_ACTIONS[service] : undefined;
  return action === undefined ? undefined : { service, action };
}

/** Replaces the whole configuration. */
export function putFunctionEventInvokeConfig(
  store: FunctionStore,
  authorize: Authorize,
  request: LambdaRequest<'PutFunctionEventInvokeConfig'>,
) {
  return put(store, request, checked(store, authorize, request));
}

/** Replaces the members in the request. */
export function updateFunctionEventInvokeConfig(
  store: FunctionStore,
  authorize: Authorize,
  request: LambdaRequest<'UpdateFunctionEventInvokeConfig'>,
) {
  const settings = checked(store, authorize, request);
  return put(store, request, { ...configOf(store, request).config, ...settings });
}

export function getFunctionEventInvokeConfig(
  store: FunctionStore,
  request: LambdaRequest<'GetFunctionEventInvokeConfig'>,
) {
  const { record, qualifier, config } = configOf(store, request);
  return describe(store, record, qualifier, config);
}

export function listFunctionEventInvokeConfigs(
  store: FunctionStore,
  request: LambdaRequest<'ListFunctionEventInvokeConfigs'>,
) {
  const record = existing(store, request);
  const { items, NextMarker } = pageOf(Object.entries(record.eventInvokeConfigs ?? {}), request);
  return {
    FunctionEventInvokeConfigs: items.map(([name, config]) => describe(store, record, name, config)),
    ...NextMarker,
  };
}

export function deleteFunctionEventInvokeConfig(
  store: FunctionStore,
  request: LambdaRequest<'DeleteFunctionEventInvokeConfig'>,
): void {
  const { record, qualifier } = configOf(store, request);
  store.set({ ...record, eventInvokeConfigs: without(record.eventInvokeConfigs, qualifier) });
}

function checked(
  store: FunctionStore,
  authorize: Authorize,
  request: LambdaRequest<'PutFunctionEventInvokeConfig'>,
): EventInvokeSettings {
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = request;
  if ((MaximumRetryAttempts ?? MaximumEventAgeInSeconds ?? DestinationConfig) === undefined) {
    throw invalidParameter('You must specify at least one of error handling or destination setting.');
  }
  const { FunctionName, latest } = existing(store, request);
  for (const destination of [
    DestinationConfig?.OnSuccess?.Destination,
    DestinationConfig?.OnFailure?.Destination,
  ]) {
    if (!destination) continue;
    checkDestination(store, FunctionName, destination, DestinationConfig);
    const action = destinationOf(destination)?.action ?? '';
    if (!authorize({ roleArn: latest.Role, action, resource: destination }).allowed) {
      throw invalidParameter(
        `The function's execution role does not have permissions to call ${action.split(':')[1]} on ${destination}`,
      );
    }
  }
  return {
    ...(MaximumRetryAttempts !== undefined && { MaximumRetryAttempts }),
    ...(MaximumEventAgeInSeconds !== undefined && { MaximumEventAgeInSeconds }),
    ...(DestinationConfig && { DestinationConfig }),
  };
}

function checkDestination(
  store: FunctionStore,
  functionName: string,
  arn: string,
  { OnSuccess, OnFailure }: EventInvokeSettings['DestinationConfig'] = {},
): void {
  const service = destinationOf(arn)?.service;
  if (service === undefined || (service === 's3' && OnSuccess?.Destination === arn)) {
    const shown = (name: string, destination?: string) =>
      destination ? `${name}(destination=${destination})` : 'null';
    throw invalidParameter(
      `The provided destination config DestinationConfig(onSuccess=${shown('OnSuccess', OnSuccess?.Destination)}, onFailure=${shown('OnFailure', OnFailure?.Destination)}) is invalid.`,
    );
  }
  if (service !== 'lambda') return;
  const name = targetOf(store, arn);
  if (name === undefined) throw invalidParameter(`The destination ARN ${arn} is invalid.`);
  if (name === functionName) {
    throw invalidParameter("You can't specify the function as a destination for itself.");
  }
}

/** The name of an existing function, by the ARN of it, a version or an alias. */
function targetOf(store: FunctionStore, arn: string): string | undefined {
  try {
    return store.version({ FunctionName: arn }).FunctionName;
  } catch (error) {
    if (error instanceof AwsError) return undefined;
    throw error;
  }
}

/** The function of a request, whose version or alias must exist, too. */
function existing(store: FunctionStore, request: FunctionRequest): FunctionRecord {
  try {
    store.version(request);
    return store.get(request);
  } catch (error) {
    if (!(error instanceof AwsError) || error.code !== 'ResourceNotFoundException') throw error;
    throw new AwsError(error.code, "The function doesn't exist.", 404);
  }
}

function configOf(store: FunctionStore, request: FunctionRequest) {
  const { name, qualifier = '$LATEST' } = store.reference(request);
  const record = store.functions.get(name);
  const config = settingOf(record?.eventInvokeConfigs, qualifier);
  if (record && config) return { record, qualifier, config };
  throw new AwsError(
    'ResourceNotFoundException',
    `The function ${store.arn(name, qualifier)} doesn't have an EventInvokeConfig`,
    404,
  );
}

function put(store: FunctionStore, request: FunctionRequest, settings: EventInvokeSettings) {
  const record = existing(store, request);
  const { qualifier = '$LATEST' } = store.reference(request);
  const config = { ...settings, LastModified: store.context.clock.now() };
  store.set({ ...record, eventInvokeConfigs: { ...record.eventInvokeConfigs, [qualifier]: config } });
  return describe(store, record, qualifier, config);
}

const describe = (
  store: FunctionStore,
  { FunctionName }: FunctionRecord,
  qualifier: string,
  { LastModified, DestinationConfig = {}, ...attempts }: EventInvokeConfig,
) => ({
  ...attempts,
  LastModified: new Date(LastModified),
  FunctionArn: store.arn(FunctionName, qualifier),
  DestinationConfig: { OnSuccess: {}, OnFailure: {}, ...DestinationConfig },
});
