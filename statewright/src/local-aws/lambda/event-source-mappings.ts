import type { Authorize } from '../account-context';
import { AwsError } from '../aws-error';
import { compileEventPattern } from '../events/event-pattern';
import { invalidParameter, resourceNotFound } from './errors';
import type { EventSourceMapping } from './event-source-mapping';
import type { FunctionStore } from './function-store';
import { pageOf } from './paging';
import type { QueuePollers } from './queue-pollers';
import type { EventSourceSettings, LambdaRequest } from './requests';
import { checkTags } from './tags';

interface Source {
  /** What a new mapping has by default. */
  readonly defaults: Omit<EventSourceSettings, 'Enabled'>;
  readonly batchSize: number;
  /** A stream is read from a position. */
  readonly stream: boolean;
  /** What the execution role needs first, and how the error names it. */
  readonly action: string;
  readonly service: string;
}

const streamDefaults = {
  BatchSize: 100,
  MaximumBatchingWindowInSeconds: 0,
  ParallelizationFactor: 1,
  DestinationConfig: { OnFailure: {} },
  MaximumRecordAgeInSeconds: -1,
  BisectBatchOnFunctionError: false,
  MaximumRetryAttempts: -1,
  TumblingWindowInSeconds: 0,
  FunctionResponseTypes: [],
};

/** Lambda API Reference, "CreateEventSourceMapping", by the service of the source's ARN. */
const SOURCES: Readonly<Record<string, Source>> = {
  sqs: {
    defaults: { BatchSize: 10, MaximumBatchingWindowInSeconds: 0, FunctionResponseTypes: [] },
    batchSize: 10_000,
    stream: false,
    action: 'sqs:ReceiveMessage',
    service: 'SQS',
  },
  kinesis: {
    defaults: streamDefaults,
    batchSize: 10_000,
    stream: true,
    action: 'kinesis:GetRecords',
    service: 'Kinesis',
  },
  dynamodb: {
    defaults: streamDefaults,
    batchSize: 10_000,
    stream: true,
    action: 'dynamodb:GetRecords',
    service: 'DynamoDB',
  },
};

/** Keeps a mapping, and reads its source if it is a queue of an upstream. */
export function createEventSourceMapping(
  store: FunctionStore,
  authorize: Authorize,
  pollers: QueuePollers,
  request: LambdaRequest<'CreateEventSourceMapping'>,
) {
  const { EventSourceArn, FunctionName, Enabled = true, Tags = {}, ...settings } = request;
  const source = sourceOf(EventSourceArn);
  if (source.stream && settings.StartingPosition === undefined) {
    throw new AwsError(
      'ValidationException',
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    );
  }
  const FunctionArn = functionArn(store, FunctionName);
  const mapping: EventSourceMapping = {
    ...source.defaults,
    ...settings,
    UUID: store.context.uuid(),
    EventSourceArn,
    FunctionArn,
    enabled: Enabled,
    tags: Tags,
    LastModified: store.context.clock.now(),
  };
  checkTags(Tags);
  checkSettings(mapping, source);
  checkPermission(store, authorize, mapping, source);
  for (const other of store.eventSourceMappings.values()) {
    if (other.EventSourceArn !== EventSourceArn || other.FunctionArn !== FunctionArn) continue;
    throw new AwsError(
      'ResourceConflictException',
      `An event source mapping with ${source.service} arn (" ${EventSourceArn} ") and function (" ${FunctionArn.split(':')[6]} ") already exists. Please update or delete the existing mapping with UUID ${other.UUID}`,
      409,
    );
  }
  store.eventSourceMappings.set(mapping.UUID, mapping);
  pollers.add(mapping);
  return describe(store, mapping, 'Creating');
}

export function getEventSourceMapping(store: FunctionStore, request: LambdaRequest<'GetEventSourceMapping'>) {
  return describe(store, existing(store, request.UUID));
}

export function listEventSourceMappings(
  store: FunctionStore,
  request: LambdaRequest<'ListEventSourceMappings'>,
) {
  const { EventSourceArn, FunctionName } = request;
  const { name } = FunctionName === undefined ? {} : store.reference({ FunctionName });
  const mappings = [...store.eventSourceMappings.values()].filter(
    (mapping) =>
      (EventSourceArn === undefined || mapping.EventSourceArn === EventSourceArn) &&
      (name === undefined || mapping.FunctionArn.split(':')[6] === name),
  );
  const { items, NextMarker } = pageOf(mappings, request);
  return { EventSourceMappings: items.map((mapping) => describe(store, mapping)), ...NextMarker };
}

export function updateEventSourceMapping(
  store: FunctionStore,
  authorize: Authorize,
  pollers: QueuePollers,
  request: LambdaRequest<'UpdateEventSourceMapping'>,
) {
  const { UUID, FunctionName, Enabled, ...settings } = request;
  const present = existing(store, UUID);
  const source = sourceOf(present.EventSourceArn);
  const mapping: EventSourceMapping = {
    ...present,
    ...settings,
    ...(FunctionName !== undefined && { FunctionArn: functionArn(store, FunctionName) }),
    enabled: Enabled ?? present.enabled,
    LastModified: store.context.clock.now(),
  };
  checkSettings(mapping, source);
  checkPermission(store, authorize, mapping, source);
  store.eventSourceMappings.set(UUID, mapping);
  pollers.update(UUID);
  const toggled = Enabled !== undefined && Enabled !== present.enabled;
  return describe(store, mapping, toggled ? (Enabled ? 'Enabling' : 'Disabling') : 'Updating');
}

export function deleteEventSourceMapping(
  store: FunctionStore,
  request: LambdaRequest<'DeleteEventSourceMapping'>,
) {
  const mapping = existing(store, request.UUID);
  store.eventSourceMappings.delete(mapping.UUID);
  return describe(store, mapping, 'Deleting');
}

function existing(store: FunctionStore, uuid: string): EventSourceMapping {
  const mapping = store.eventSourceMappings.get(uuid);
  if (mapping) return mapping;
  throw resourceNotFound();
}

function sourceOf(arn: string): Source {
  const service = arn.split(':')[2] ?? '';
  const source = Object.hasOwn(SOURCES, service) ? SOURCES[service] : undefined;
  if (source) return source;
  throw invalidParameter(
    `Unrecognized event source, must be ${Object.keys(SOURCES).join(', ')}. Other sources are not supported here.`,
  );
}

function functionArn(store: FunctionStore, FunctionName: string): string {
  const { name, qualifier } = store.reference({ FunctionName });
  if (!store.functions.has(name)) throw invalidParameter('Function does not exist');
  store.version({ FunctionName });
  return store.arn(name, qualifier);
}

function checkSettings(mapping: EventSourceMapping, { stream, batchSize }: Source): void {
  const { BatchSize = 0, MaximumBatchingWindowInSeconds: window = 0, EventSourceArn } = mapping;
  const isFifo = !stream && EventSourceArn.endsWith('.fifo');
  const most = isFifo ? 10 : batchSize;
  if (BatchSize > most) {
    throw invalidParameter(`Batch size must be between 1 and ${most} for this event source.`);
  }
  if (!stream && BatchSize > 10 && window === 0) {
    throw invalidParameter(
      'Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than 10',
    );
  }
  if (isFifo && window > 0) {
    throw invalidParameter('Batching window is not supported for FIFO queues');
  }
  for (const { Pattern = '{}' } of mapping.FilterCriteria?.Filters ?? []) {
    try {
      compileEventPattern(Pattern);
    } catch {
      throw invalidParameter(`Invalid filter pattern definition. (${Pattern})`);
    }
  }
}

function checkPermission(
  store: FunctionStore,
  authorize: Authorize,
  { FunctionArn, EventSourceArn }: EventSourceMapping,
  { action, service }: Source,
): void {
  const { Role: roleArn } = store.version({ FunctionName: FunctionArn });
  if (authorize({ roleArn, action, resource: EventSourceArn }).allowed) return;
  throw invalidParameter(
    `The function execution role does not have permissions to call ${action.split(':')[1]} on ${service}`,
  );
}

/** The ARN of a mapping. */
export const mappingArn = ({ context }: FunctionStore, uuid: string): string =>
  `arn:aws:lambda:${context.region}:${context.accountId}:event-source-mapping:${uuid}`;

function describe(
  store: FunctionStore,
  { enabled, tags: _, LastModified, ...mapping }: EventSourceMapping,
  State = enabled ? 'Enabled' : 'Disabled',
) {
  const { stream } = sourceOf(mapping.EventSourceArn);
  return {
    ...mapping,
    EventSourceMappingArn: mappingArn(store, mapping.UUID),
    LastModified: new Date(LastModified),
    State,
    StateTransitionReason: stream ? 'User action' : 'USER_INITIATED',
    ...(stream && { LastProcessingResult: 'No records processed' }),
  };
}
