import type { Api, RequestOf } from '../api';
import {
  blob,
  boolean,
  document,
  enumeration,
  fromPath,
  integer,
  list,
  map,
  number,
  type SchemaType,
  string,
  structure,
} from '../schema';

export const architecture = enumeration('x86_64', 'arm64');
export const tracingMode = enumeration('Active', 'PassThrough');
export const logFormat = enumeration('JSON', 'Text');
export const applicationLogLevel = enumeration('TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL');
export const systemLogLevel = enumeration('DEBUG', 'INFO', 'WARN');
export const urlAuthType = enumeration('NONE', 'AWS_IAM');
export const urlInvokeMode = enumeration('BUFFERED', 'RESPONSE_STREAM');

const loggingConfig = structure(
  {},
  {
    LogFormat: logFormat,
    ApplicationLogLevel: applicationLogLevel,
    SystemLogLevel: systemLogLevel,
    LogGroup: string({ length: [0, 512], pattern: '[\\.\\-_/#A-Za-z0-9]+' }),
  },
);
export type LoggingConfig = SchemaType<typeof loggingConfig>;

const Description = string({ length: [0, 256] });

const Role = string({
  length: [0, 2048],
  pattern: 'arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+',
});

/** The members that CreateFunction and UpdateFunctionConfiguration share. */
const configuration = {
  Role,
  Handler: string({ length: [0, 128], pattern: '[^\\s]+' }),
  Description,
  Runtime: string(),
  /** In seconds. */
  Timeout: integer({ range: [1, 900] }),
  /** In MB. */
  MemorySize: integer({ range: [128, 10_240] }),
  /** In MB. */
  EphemeralStorage: structure({ Size: integer({ range: [512, 10_240] }) }),
  TracingConfig: structure({}, { Mode: tracingMode }),
  LoggingConfig: loggingConfig,
  Environment: structure({}, { Variables: map(string()) }),
  /** The ARNs of layer versions: layer-store.ts reads them. */
  Layers: list(string()),
  // Stored and returned, but without effect: VPCs, queues, file systems, keys and snapshots are not supported.
  KMSKeyArn: string({ pattern: '(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()' }),
  DeadLetterConfig: structure(
    {},
    { TargetArn: string({ pattern: '(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()' }) },
  ),
  FileSystemConfigs: list(structure({ Arn: string(), LocalMountPath: string({ length: [0, 160] }) }), {
    length: [0, 1],
  }),
  VpcConfig: structure(
    {},
    {
      SubnetIds: list(string(), { length: [0, 16] }),
      SecurityGroupIds: list(string(), { length: [0, 5] }),
      Ipv6AllowedForDualStack: boolean(),
    },
  ),
  SnapStart: structure({}, { ApplyOn: enumeration('PublishedVersions', 'None') }),
  // Refused: check-supported.ts says why.
  ImageConfig: document(),
  DurableConfig: document(),
  CapacityProviderConfig: document(),
};
const configurationRequest = structure({}, configuration);
/** The members that CreateFunction and UpdateFunctionConfiguration share. */
export type ConfigurationRequest = SchemaType<typeof configurationRequest>;

/** A deployment package. What is in S3 is read before the request. */
const code = { ZipFile: blob(), S3Bucket: string(), ImageUri: string() };
const functionCode = structure({}, code);
export type FunctionCode = SchemaType<typeof functionCode>;

const Architectures = list(architecture);

/** A name, a partial ARN or an ARN, with an optional version or alias: function-name.ts reads it. */
const FunctionName = string();
/** A version or an alias. */
const Qualifier = string();

/** Names a function, with an optional version or alias. */
const qualified = structure({ FunctionName }, { Qualifier });
export type FunctionRequest = SchemaType<typeof qualified>;

const paging = { Marker: string(), MaxItems: integer({ range: [1, 10_000] }) };
const pagingRequest = structure({}, paging);
export type PagingRequest = SchemaType<typeof pagingRequest>;

const aliasName = string({ length: [0, 128], pattern: '(?!^[0-9]+$)([a-zA-Z0-9-_]+)' });
const alias = {
  Description,
  RoutingConfig: structure({}, { AdditionalVersionWeights: map(number()) }),
};

/** The id of a new statement in a policy. */
const StatementId = string({ length: [0, 100], pattern: '([a-zA-Z0-9-_]+)' });

/** A name or an ARN: layer-store.ts reads it. */
const LayerName = string();
const VersionNumber = fromPath(integer());
const layerVersion = structure({ LayerName, VersionNumber });
const layerFilter = { CompatibleRuntime: string(), CompatibleArchitecture: architecture };

const Destination = string({
  length: [0, 350],
  pattern:
    '$|kafka://([^.]([a-zA-Z0-9\\-_.]{0,248}))|arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)',
});
const eventInvoke = {
  MaximumRetryAttempts: integer({ range: [0, 2] }),
  MaximumEventAgeInSeconds: integer({ range: [60, 21_600] }),
  DestinationConfig: structure(
    {},
    { OnSuccess: structure({}, { Destination }), OnFailure: structure({}, { Destination }) },
  ),
};
const eventInvokeSettings = structure({}, eventInvoke);
export type EventInvokeSettings = SchemaType<typeof eventInvokeSettings>;

/** In the lists of these configurations, pages are smaller. */
const smallPaging = { Marker: string(), MaxItems: integer({ range: [1, 50] }) };

const headerNames = list(string({ length: [0, 1024], pattern: '.*' }), { length: [0, 100] });
const urlOptions = {
  Cors: structure(
    {},
    {
      AllowCredentials: boolean(),
      AllowHeaders: headerNames,
      AllowMethods: list(string({ length: [0, 6], pattern: '.*' }), { length: [0, 6] }),
      AllowOrigins: list(string({ length: [1, 253], pattern: '.*' }), { length: [0, 100] }),
      ExposeHeaders: headerNames,
      /** In seconds. */
      MaxAge: integer({ range: [0, 86_400] }),
    },
  ),
  InvokeMode: urlInvokeMode,
};
const url = { AuthType: urlAuthType, ...urlOptions };
const urlSettings = structure({}, urlOptions);
export type UrlSettings = SchemaType<typeof urlSettings>;
/** A function or an alias; versions have no address. */
const urlQualifier = { Qualifier: string({ length: [1, 128], pattern: '((?!^\\d+$)^[0-9a-zA-Z-_]+$)' }) };
const urlReference = structure({ FunctionName }, urlQualifier);
export type UrlReference = SchemaType<typeof urlReference>;

const eventSource = {
  Enabled: boolean(),
  BatchSize: integer({ range: [1, 10_000] }),
  FilterCriteria: structure({}, { Filters: list(structure({}, { Pattern: string({ length: [0, 4096] }) })) }),
  MaximumBatchingWindowInSeconds: integer({ range: [0, 300] }),
  ParallelizationFactor: integer({ range: [1, 10] }),
  DestinationConfig: structure({}, { OnFailure: structure({}, { Destination }) }),
  MaximumRecordAgeInSeconds: integer({ range: [-1, 604_800] }),
  BisectBatchOnFunctionError: boolean(),
  MaximumRetryAttempts: integer({ range: [-1, 10_000] }),
  TumblingWindowInSeconds: integer({ range: [0, 900] }),
  FunctionResponseTypes: list(enumeration('ReportBatchItemFailures'), { length: [0, 1] }),
  ScalingConfig: structure({}, { MaximumConcurrency: integer({ range: [2, 1000] }) }),
  KMSKeyArn: string(),
  MetricsConfig: document(),
};
const eventSourceSettings = structure({}, eventSource);
export type EventSourceSettings = SchemaType<typeof eventSourceSettings>;
const mappingReference = structure({ UUID: string() });

/** The ARN of a function, without a qualifier, or of an event source mapping. */
const Resource = string({
  pattern:
    'arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|event-source-mapping:[a-f0-9]{8}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{4}-[a-f0-9]{12})',
});

/** Lambda API Reference, "Actions". */
export const lambdaApi = {
  invalid: 'ValidationException',
  requests: {
    CreateFunction: structure(
      { FunctionName, Role, Code: functionCode },
      {
        ...configuration,
        Architectures,
        PackageType: enumeration('Image', 'Zip'),
        Publish: boolean(),
        Tags: map(string()),
        TenancyConfig: document(),
        PublishTo: document(),
        CodeSigningConfigArn: string(),
      },
    ),
    GetFunction: qualified,
    GetFunctionConfiguration: qualified,
    GetFunctionCodeSigningConfig: structure({ FunctionName }),
    ListFunctions: structure(
      {},
      {
        /** ALL lists all versions. */
        FunctionVersion: string(),
        ...paging,
      },
    ),
    UpdateFunctionConfiguration: structure({ FunctionName }, { RevisionId: string(), ...configuration }),
    UpdateFunctionCode: structure(
      { FunctionName },
      { ...code, Architectures, Publish: boolean(), DryRun: boolean(), RevisionId: string() },
    ),
    DeleteFunction: qualified,

    PublishVersion: structure({ FunctionName }, { CodeSha256: string(), Description, RevisionId: string() }),
    ListVersionsByFunction: structure({ FunctionName }, paging),

    CreateAlias: structure({ FunctionName, Name: aliasName, FunctionVersion: string() }, alias),
    GetAlias: structure({ FunctionName, Name: string() }),
    UpdateAlias: structure(
      { FunctionName, Name: string() },
      { FunctionVersion: string(), RevisionId: string(), ...alias },
    ),
    DeleteAlias: structure({ FunctionName, Name: string() }),
    ListAliases: structure({ FunctionName }, { FunctionVersion: string(), ...paging }),

    PublishLayerVersion: structure(
      { LayerName, Content: functionCode },
      {
        Description,
        LicenseInfo: string({ length: [0, 512] }),
        CompatibleRuntimes: list(string(), { length: [0, 15] }),
        CompatibleArchitectures: list(architecture, { length: [0, 2] }),
      },
    ),
    GetLayerVersion: layerVersion,
    GetLayerVersionByArn: structure({ Arn: string() }),
    ListLayers: structure({}, { ...layerFilter, ...paging }),
    ListLayerVersions: structure({ LayerName }, { ...layerFilter, ...paging }),
    DeleteLayerVersion: layerVersion,
    AddLayerVersionPermission: structure(
      {
        LayerName,
        VersionNumber,
        StatementId,
        Action: string({ length: [0, 22], pattern: 'lambda:GetLayerVersion' }),
        Principal: string({ pattern: '\\d{12}|\\*|arn:(aws[a-zA-Z-]*):iam::\\d{12}:root' }),
      },
      {
        OrganizationId: string({ length: [0, 34], pattern: 'o-[a-z0-9]{10,32}' }),
        RevisionId: string(),
      },
    ),
    GetLayerVersionPolicy: layerVersion,
    RemoveLayerVersionPermission: structure(
      { LayerName, VersionNumber, StatementId: string() },
      { RevisionId: string() },
    ),

    GetAccountSettings: structure({}),
    PutFunctionConcurrency: structure({
      FunctionName,
      ReservedConcurrentExecutions: integer({ range: [0, Number.MAX_SAFE_INTEGER] }),
    }),
    GetFunctionConcurrency: structure({ FunctionName }),
    DeleteFunctionConcurrency: structure({ FunctionName }),

    PutRuntimeManagementConfig: structure(
      { FunctionName, UpdateRuntimeOn: enumeration('Auto', 'Manual', 'FunctionUpdate') },
      {
        Qualifier,
        RuntimeVersionArn: string({
          length: [26, 2048],
          pattern: 'arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\\d{1}::runtime:.+',
        }),
      },
    ),
    GetRuntimeManagementConfig: qualified,
    PutFunctionRecursionConfig: structure({
      FunctionName,
      RecursiveLoop: enumeration('Allow', 'Terminate'),
    }),
    GetFunctionRecursionConfig: structure({ FunctionName }),

    PutProvisionedConcurrencyConfig: structure({
      FunctionName,
      Qualifier,
      ProvisionedConcurrentExecutions: integer({ range: [1, Number.MAX_SAFE_INTEGER] }),
    }),
    GetProvisionedConcurrencyConfig: structure({ FunctionName, Qualifier }),
    ListProvisionedConcurrencyConfigs: structure({ FunctionName }, smallPaging),
    DeleteProvisionedConcurrencyConfig: structure({ FunctionName, Qualifier }),

    PutFunctionEventInvokeConfig: structure({ FunctionName }, { Qualifier, ...eventInvoke }),
    UpdateFunctionEventInvokeConfig: structure({ FunctionName }, { Qualifier, ...eventInvoke }),
    GetFunctionEventInvokeConfig: qualified,
    ListFunctionEventInvokeConfigs: structure({ FunctionName }, smallPaging),
    DeleteFunctionEventInvokeConfig: qualified,

    CreateFunctionUrlConfig: structure(
      { FunctionName, AuthType: urlAuthType },
      { ...urlQualifier, ...urlOptions },
    ),
    GetFunctionUrlConfig: urlReference,
    UpdateFunctionUrlConfig: structure({ FunctionName }, { ...urlQualifier, ...url }),
    DeleteFunctionUrlConfig: urlReference,
    ListFunctionUrlConfigs: structure({ FunctionName }, smallPaging),

    CreateEventSourceMapping: structure(
      { FunctionName, EventSourceArn: string() },
      {
        StartingPosition: enumeration('TRIM_HORIZON', 'LATEST', 'AT_TIMESTAMP'),
        /** Epoch seconds. */
        StartingPositionTimestamp: document(),
        Tags: map(string()),
        ...eventSource,
      },
    ),
    GetEventSourceMapping: mappingReference,
    ListEventSourceMappings: structure({}, { EventSourceArn: string(), FunctionName, ...paging }),
    UpdateEventSourceMapping: structure({ UUID: string() }, { FunctionName, ...eventSource }),
    DeleteEventSourceMapping: mappingReference,

    AddPermission: structure(
      {
        FunctionName,
        StatementId,
        Action: string({ length: [0, 256], pattern: '(lambda:[*]|lambda:[a-zA-Z]+|[*])' }),
        /** A service, an account, an ARN, or `*`. */
        Principal: string({ pattern: '[^\\s]+' }),
      },
      {
        Qualifier,
        RevisionId: string(),
        SourceArn: string({
          pattern:
            'arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}(-gov)?-[a-z]+-\\d{1})?:(\\d{12})?:(.*)',
        }),
        SourceAccount: string({ length: [0, 12], pattern: '\\d{12}' }),
        EventSourceToken: string({ length: [0, 256], pattern: '[a-zA-Z0-9._\\-]+' }),
        PrincipalOrgID: string({ length: [12, 34], pattern: 'o-[a-z0-9]{10,32}' }),
        FunctionUrlAuthType: urlAuthType,
        InvokedViaFunctionUrl: boolean(),
      },
    ),
    GetPolicy: qualified,
    RemovePermission: structure({ FunctionName, StatementId: string() }, { Qualifier, RevisionId: string() }),

    TagResource: structure({ Resource, Tags: map(string()) }),
    UntagResource: structure({ Resource, TagKeys: list(string()) }),
    ListTags: structure({ Resource }),

    Invoke: structure(
      { FunctionName },
      {
        Qualifier,
        InvocationType: enumeration('Event', 'RequestResponse', 'DryRun'),
        LogType: enumeration('None', 'Tail'),
        /** JSON text in base64, for the handler's context. */
        ClientContext: string(),
        TenantId: string(),
        DurableExecutionName: string(),
        /** JSON text. Default: `{}`. */
        Payload: string(),
      },
    ),
  },
} satisfies Api;

export type LambdaRequest<O extends keyof typeof lambdaApi.requests> = RequestOf<typeof lambdaApi, O>;
