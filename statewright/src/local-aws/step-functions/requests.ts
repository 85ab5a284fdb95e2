import { MAX_PAYLOAD_BYTES } from '../../asl/quotas';
import type { Api, RequestOf } from '../api';
import { boolean, enumeration, integer, list, number, type SchemaType, string, structure } from '../schema';

/** Lengths and ranges are those of the API's model (Step Functions API Reference, "Actions"). */
const arn = string({ length: [1, 256] });
/** That of a Map Run or a version. */
const longArn = string({ length: [1, 2000] });

export const machineType = enumeration('STANDARD', 'EXPRESS');
export type MachineType = SchemaType<typeof machineType>;

export const logLevel = enumeration('ALL', 'ERROR', 'FATAL', 'OFF');

const loggingConfiguration = structure(
  {},
  {
    level: logLevel,
    includeExecutionData: boolean(),
    destinations: list(structure({ cloudWatchLogsLogGroup: structure({ logGroupArn: arn }) })),
  },
);

/** `enabled` defaults to false: SDKs such as Go's do not send a false. */
const tracingConfiguration = structure({}, { enabled: boolean() });

export const encryptionType = enumeration('AWS_OWNED_KEY', 'CUSTOMER_MANAGED_KMS_KEY');

const encryptionConfiguration = structure(
  { type: encryptionType },
  {
    kmsKeyId: string({ length: [1, 2048] }),
    kmsDataKeyReusePeriodSeconds: integer({ range: [60, 900] }),
  },
);
/** Stored and returned; nothing is encrypted with it. */
export type EncryptionConfiguration = SchemaType<typeof encryptionConfiguration>;

/** JSON text in the Amazon States Language. */
const definition = string({ length: [1, 1_048_576], sensitive: true });

/** The description of a version or an alias. */
const description = string({ length: [0, 256], sensitive: true });

/** The members that CreateStateMachine and UpdateStateMachine share. */
const configuration = {
  loggingConfiguration,
  tracingConfiguration,
  encryptionConfiguration,
  /** Also publishes a version. */
  publish: boolean(),
  versionDescription: description,
};

/** A version that an alias routes to, and its share of the executions in percent. */
const routingConfigurationItem = structure({
  stateMachineVersionArn: arn,
  weight: integer({ range: [0, 100] }),
});
export type RoutingConfigurationItem = SchemaType<typeof routingConfigurationItem>;

/** One or two versions of one state machine, whose weights make 100. */
const routingConfiguration = list(routingConfigurationItem, { length: [1, 2] });

const tagKey = string({ length: [1, 128] });
const tag = structure({ key: tagKey }, { value: string({ length: [0, 256] }) });
export type TagRequest = SchemaType<typeof tag>;

const maxResults = integer({ range: [0, 1000] });
const paging = { maxResults, nextToken: string({ length: [1, 1024] }) };
export type PagingRequest = StatesRequest<'ListStateMachines'>;

/** The name of a state machine, an execution or an activity. */
const name = string({ length: [1, 80] });

/** The ARN of a state machine; some operations also accept that of a version or an alias. */
const stateMachineArn = arn;
const stateMachineAliasArn = arn;
const executionArn = arn;
const activityArn = arn;
const mapRunArn = longArn;
/** METADATA_ONLY leaves out the definition, inputs and outputs (default: ALL_DATA). */
const includedData = enumeration('ALL_DATA', 'METADATA_ONLY');
const taskToken = string({ length: [1, 2048] });

/** JSON text. */
const payload = string({ length: [0, MAX_PAYLOAD_BYTES], sensitive: true });

const failure = {
  error: string({ length: [0, 256], sensitive: true }),
  cause: string({ length: [0, 32_768], sensitive: true }),
};

const executionMembers = {
  /** Default: a new UUID. */
  name,
  /** Default: `{}`. */
  input: payload,
  /** For X-Ray: stored and returned. */
  traceHeader: string({ length: [0, 256], sensitive: true }),
};
const execution = structure({ stateMachineArn }, executionMembers);
const syncExecution = structure({ stateMachineArn }, { ...executionMembers, includedData });

/** A result or an error that takes the place of a tested state's work. */
const mock = structure(
  {},
  {
    result: payload,
    errorOutput: structure({}, failure),
    /** How the result is checked against the API's model (default: STRICT). */
    fieldValidationMode: enumeration('STRICT', 'PRESENT', 'NONE'),
  },
);
const count = integer({ range: [0, 2 ** 31 - 1] });
const stateName = string({ length: [1, 80], sensitive: true });

/** Step Functions API Reference, "Actions". */
export const statesApi = {
  invalid: 'ValidationException',
  requests: {
    CreateStateMachine: structure(
      { name, definition, roleArn: arn },
      { type: machineType, tags: list(tag), ...configuration },
    ),
    DescribeStateMachine: structure({ stateMachineArn }, { includedData }),
    UpdateStateMachine: structure({ stateMachineArn }, { definition, roleArn: arn, ...configuration }),
    DeleteStateMachine: structure({ stateMachineArn }),
    ListStateMachines: structure({}, paging),
    ValidateStateMachineDefinition: structure(
      { definition },
      {
        type: machineType,
        /** WARNING includes warnings (default: ERROR, which leaves them out). */
        severity: enumeration('ERROR', 'WARNING'),
        /** 0 means the maximum, 100. */
        maxResults: integer({ range: [0, 100] }),
      },
    ),

    PublishStateMachineVersion: structure(
      { stateMachineArn },
      {
        description,
        /** Publishes only if this is still the newest revision. */
        revisionId: string(),
      },
    ),
    ListStateMachineVersions: structure({ stateMachineArn }, paging),
    DeleteStateMachineVersion: structure({ stateMachineVersionArn: longArn }),

    CreateStateMachineAlias: structure(
      {
        /** Not only digits, which would be a version. */
        name: string({ length: [1, 80], pattern: '^(?=.*[a-zA-Z_\\-\\.])[a-zA-Z0-9_\\-\\.]+$' }),
        routingConfiguration,
      },
      { description },
    ),
    DescribeStateMachineAlias: structure({ stateMachineAliasArn }),
    UpdateStateMachineAlias: structure({ stateMachineAliasArn }, { description, routingConfiguration }),
    DeleteStateMachineAlias: structure({ stateMachineAliasArn }),
    ListStateMachineAliases: structure({ stateMachineArn }, paging),

    CreateActivity: structure({ name }, { tags: list(tag), encryptionConfiguration }),
    DescribeActivity: structure({ activityArn }),
    DeleteActivity: structure({ activityArn }),
    ListActivities: structure({}, paging),
    GetActivityTask: structure(
      { activityArn },
      {
        /** Shown in the history. */
        workerName: string({ length: [1, 80] }),
      },
    ),

    TagResource: structure({ resourceArn: arn, tags: list(tag) }),
    UntagResource: structure({ resourceArn: arn, tagKeys: list(tagKey) }),
    ListTagsForResource: structure({ resourceArn: arn }),

    StartExecution: execution,
    StartSyncExecution: syncExecution,
    DescribeExecution: structure({ executionArn }, { includedData }),
    ListExecutions: structure(
      {},
      {
        stateMachineArn,
        mapRunArn,
        redriveFilter: enumeration('REDRIVEN', 'NOT_REDRIVEN'),
        statusFilter: enumeration(
          'SUCCEEDED',
          'TIMED_OUT',
          'PENDING_REDRIVE',
          'ABORTED',
          'FAILED',
          'RUNNING',
        ),
        maxResults,
        nextToken: string({ length: [1, 3096] }),
      },
    ),
    StopExecution: structure({ executionArn }, failure),
    RedriveExecution: structure(
      { executionArn },
      /** The same token within 15 minutes is the same request. */
      { clientToken: string({ length: [1, 64], pattern: '[!-~]+' }) },
    ),
    DescribeMapRun: structure({ mapRunArn }),
    ListMapRuns: structure({ executionArn }, paging),
    UpdateMapRun: structure(
      { mapRunArn },
      {
        maxConcurrency: integer({ range: [0, Number.MAX_SAFE_INTEGER] }),
        toleratedFailurePercentage: number({ range: [0, 100] }),
        toleratedFailureCount: integer({ range: [0, Number.MAX_SAFE_INTEGER] }),
      },
    ),
    GetExecutionHistory: structure(
      { executionArn },
      {
        reverseOrder: boolean(),
        /** False leaves inputs and outputs out. */
        includeExecutionData: boolean(),
        ...paging,
      },
    ),
    DescribeStateMachineForExecution: structure({ executionArn }, { includedData }),

    TestState: structure(
      /** A state, or with `stateName` a state machine. */
      { definition },
      {
        /** Not needed with a mock, and for a state that calls nothing. */
        roleArn: arn,
        input: payload,
        /** Default: INFO. */
        inspectionLevel: enumeration('INFO', 'DEBUG', 'TRACE'),
        revealSecrets: boolean(),
        variables: payload,
        stateName,
        mock,
        context: payload,
        stateConfiguration: structure(
          {},
          {
            retrierRetryCount: count,
            errorCausedByState: stateName,
            mapIterationFailureCount: count,
            mapItemReaderData: payload,
          },
        ),
      },
    ),

    SendTaskSuccess: structure({ taskToken, output: payload }),
    SendTaskFailure: structure({ taskToken }, failure),
    SendTaskHeartbeat: structure({ taskToken }),
  },
} satisfies Api;

export type StatesRequest<O extends keyof typeof statesApi.requests> = RequestOf<typeof statesApi, O>;
