import type { LayerStore } from './layer-store';
import type { ConfigurationRequest, LoggingConfig } from './requests';

/** The record of a function's version: its code and its complete configuration. */
export interface VersionRecord
  extends Pick<ConfigurationRequest, 'DeadLetterConfig' | 'FileSystemConfigs' | 'KMSKeyArn' | 'VpcConfig'> {
  readonly FunctionName: string;
  /** `$LATEST` or a number. */
  readonly Version: string;
  readonly Role: string;
  readonly Handler: string;
  readonly Runtime: string;
  readonly Description: string;
  /** The description of `$LATEST` when this version was published, which may have a description of its own. */
  readonly LatestDescription?: string;
  readonly Timeout: number;
  readonly MemorySize: number;
  /** Empty when the function was created with an environment without variables. */
  readonly Variables?: Readonly<Record<string, string>>;
  readonly TracingMode: string;
  readonly EphemeralStorageSize: number;
  readonly LoggingConfig: LoggingConfig & { readonly LogFormat: string; readonly LogGroup: string };
  readonly Layers: readonly string[];
  readonly Architectures: readonly string[];
  /** Missing: `None`. */
  readonly SnapStart?: 'PublishedVersions' | 'None';
  readonly CodeSha256: string;
  readonly CodeSize: number;
  /** ISO 8601. */
  readonly LastModified: string;
  readonly RevisionId: string;
}

/** Merges a request into the present configuration; members that it does not have stay unchanged. */
export function merged(present: VersionRecord, request: ConfigurationRequest): VersionRecord {
  const { Environment, TracingConfig, EphemeralStorage, LoggingConfig, SnapStart, ...plain } = request;
  return {
    ...present,
    ...pickGiven(plain),
    ...(Environment && { Variables: Environment.Variables ?? {} }),
    ...(SnapStart?.ApplyOn && { SnapStart: SnapStart.ApplyOn }),
    TracingMode: TracingConfig?.Mode ?? present.TracingMode,
    EphemeralStorageSize: EphemeralStorage?.Size ?? present.EphemeralStorageSize,
    LoggingConfig: LoggingConfig ? loggingConfig(present.FunctionName, LoggingConfig) : present.LoggingConfig,
  };
}

/**
 * Merges an update, which removes what it empties: a dead-letter queue or a key by an empty ARN, file systems by an
 * empty list, variables by an empty map.
 */
export function updated(present: VersionRecord, request: ConfigurationRequest): VersionRecord {
  const { DeadLetterConfig, KMSKeyArn, FileSystemConfigs, Variables, ...others } = merged(present, request);
  const cleared = request.Environment !== undefined && Object.keys(Variables ?? {}).length === 0;
  return {
    ...others,
    ...(Variables && !cleared && { Variables }),
    ...(DeadLetterConfig?.TargetArn && { DeadLetterConfig }),
    ...(KMSKeyArn && { KMSKeyArn }),
    ...(FileSystemConfigs && FileSystemConfigs.length > 0 && { FileSystemConfigs }),
  };
}

/** A function's logging: the defaults, overridden by the request. */
export function loggingConfig(
  functionName: string,
  request: LoggingConfig = {},
): VersionRecord['LoggingConfig'] {
  const levels =
    request.LogFormat === 'JSON' ? ({ ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO' } as const) : {};
  return { LogFormat: 'Text', LogGroup: `/aws/lambda/${functionName}`, ...levels, ...pickGiven(request) };
}

/** The members of a configuration in a request, which may have others. */
function pickGiven<T extends object>(request: T): Partial<T> {
  const given = Object.entries(request).filter(
    ([key, value]) => value !== undefined && CONFIGURATION_MEMBERS.has(key),
  );
  return Object.fromEntries(given) as Partial<T>;
}

const CONFIGURATION_MEMBERS = new Set([
  'Role',
  'Handler',
  'Runtime',
  'Description',
  'Timeout',
  'MemorySize',
  'Layers',
  'DeadLetterConfig',
  'FileSystemConfigs',
  'KMSKeyArn',
  'VpcConfig',
  'LogFormat',
  'LogGroup',
  'ApplicationLogLevel',
  'SystemLogLevel',
]);

/**
 * A version as AWS returns it.
 * @param store creates the ARNs of its functions, and has its layers
 * @param qualifier the version or alias at the end of its ARN; usually missing for the function itself, `$LATEST`
 */
export function describeVersion(
  store: {
    readonly arn: (functionName: string, qualifier?: string) => string;
    readonly layers: Pick<LayerStore, 'ofFunction'>;
  },
  version: VersionRecord,
  qualifier?: string,
) {
  const {
    LatestDescription: _,
    Variables,
    TracingMode,
    EphemeralStorageSize,
    Layers,
    LastModified,
    SnapStart = 'None',
    ...shown
  } = version;
  // A snapshot is taken of a published version.
  const optimized = SnapStart === 'PublishedVersions' && version.Version !== '$LATEST';
  return {
    ...shown,
    FunctionArn: store.arn(version.FunctionName, qualifier),
    LastModified: LastModified.replace('Z', '+0000'),
    ...(Variables && { Environment: { Variables } }),
    TracingConfig: { Mode: TracingMode },
    EphemeralStorage: { Size: EphemeralStorageSize },
    ...(Layers.length > 0 && {
      Layers: Layers.map((Arn) => ({ Arn, CodeSize: store.layers.ofFunction(Arn)?.CodeSize ?? 0 })),
    }),
    PackageType: 'Zip',
    SnapStart: { ApplyOn: SnapStart, OptimizationStatus: optimized ? 'On' : 'Off' },
    State: 'Active',
    LastUpdateStatus: 'Successful',
  };
}
