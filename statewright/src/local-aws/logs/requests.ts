import type { Api, RequestOf } from '../api';
import {
  boolean,
  enumeration,
  integer,
  list,
  map,
  number,
  type SchemaType,
  string,
  structure,
} from '../schema';

export const logGroupName = string({ length: [1, 512], pattern: '[\\.\\-_/#A-Za-z0-9]+' });
/** A name of a stream or of a filter, or the beginning of one. */
const nameWithoutColon = string({ length: [1, 512], pattern: '[^:*]*' });
const logStreamName = nameWithoutColon;

/** A group's name or its ARN, without the `:*` that some services add. */
const logGroupIdentifier = string({ length: [1, 2048], pattern: '[\\w#+=/:,.@-]*' });

/** Names a group. */
const someGroup = {
  logGroupName: string(),
  logGroupIdentifier,
};
const groupRequest = structure({}, someGroup);
export type GroupRequest = SchemaType<typeof groupRequest>;

/** Epoch milliseconds. FilterLogEvents includes the end, GetLogEvents does not. */
const time = integer({ range: [0, Number.MAX_SAFE_INTEGER] });
const timeRange = { startTime: time, endTime: time };

/** A page of groups or streams. */
const paging = { limit: integer({ range: [1, 50] }), nextToken: string() };

/** The most events in one answer of GetLogEvents or FilterLogEvents. */
export const PAGE_EVENTS = 10_000;
const eventPaging = { limit: integer({ range: [1, PAGE_EVENTS] }), nextToken: string() };

const inputLogEvent = structure({
  /** Epoch milliseconds. */
  timestamp: time,
  message: string(),
});
export type InputLogEvent = SchemaType<typeof inputLogEvent>;

const kmsKeyId = string({ length: [0, 256] });
/** The ARN of a group. */
const resourceIdentifier = string({ length: [1, 2048], pattern: '[\\w+=/:,.@\\-\\*]*' });

const tags = map(string());

export const logGroupClass = enumeration('STANDARD', 'INFREQUENT_ACCESS', 'DELIVERY');

const filterName = nameWithoutColon;
const filterPattern = string({ length: [0, 1024] });
/** What only logs with a transformer have; kept. */
const applyOnTransformedLogs = boolean();
const filterPaging = { filterNamePrefix: filterName, ...paging };

const metricName = string({ length: [0, 255], pattern: '[^:*$]*' });
const metricTransformation = structure(
  { metricName, metricNamespace: metricName, metricValue: string({ length: [0, 100] }) },
  { defaultValue: number(), dimensions: map(string()), unit: string() },
);

const queryDefinitionId = string({ length: [1, 256] });
const queryId = string({ length: [1, 256] });
const queryLanguage = enumeration('CWLI', 'SQL', 'PPL');
const queryParameter = structure(
  { name: string({ length: [1, 128], pattern: '^[a-zA-Z_][a-zA-Z0-9_]*' }) },
  { defaultValue: string({ length: [0, 1024] }), description: string({ length: [0, 512] }) },
);

/** CloudWatch Logs API Reference, "Actions". */
export const logsApi = {
  invalid: 'InvalidParameterException',
  requests: {
    CreateLogGroup: structure(
      { logGroupName },
      { kmsKeyId, logGroupClass, deletionProtectionEnabled: boolean(), tags },
    ),
    DeleteLogGroup: structure({ logGroupName }),
    DescribeLogGroups: structure(
      {},
      {
        logGroupNamePrefix: logGroupName,
        /** Part of a name, case-insensitive. */
        logGroupNamePattern: string({ length: [0, 512], pattern: '[\\.\\-_/#A-Za-z0-9]*' }),
        /** Names or ARNs; no other member can be used with them. */
        logGroupIdentifiers: list(logGroupIdentifier, { length: [1, 50] }),
        logGroupClass,
        ...paging,
      },
    ),
    ListLogGroups: structure(
      {},
      {
        /** Parts of names, or beginnings of names after `^`, between `|`. */
        logGroupNamePattern: string({
          length: [3, 129],
          pattern: '(\\^?[\\.\\-_\\/#A-Za-z0-9]{3,24})(\\|\\^?[\\.\\-_\\/#A-Za-z0-9]{3,24}){0,4}',
        }),
        logGroupClass,
        limit: integer({ range: [1, 1000] }),
        nextToken: string(),
      },
    ),
    PutLogGroupDeletionProtection: structure({ logGroupIdentifier, deletionProtectionEnabled: boolean() }),
    PutRetentionPolicy: structure({
      logGroupName,
      retentionInDays: integer({
        values: [
          1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288,
          3653,
        ],
      }),
    }),
    DeleteRetentionPolicy: structure({ logGroupName }),
    AssociateKmsKey: structure({ kmsKeyId }, { logGroupName, resourceIdentifier }),
    DisassociateKmsKey: structure({}, { logGroupName, resourceIdentifier }),
    TagResource: structure({ resourceArn: string(), tags }),
    UntagResource: structure({ resourceArn: string(), tagKeys: list(string()) }),
    ListTagsForResource: structure({ resourceArn: string() }),
    TagLogGroup: structure({ logGroupName, tags }),
    UntagLogGroup: structure({ logGroupName, tags: list(string()) }),
    ListTagsLogGroup: structure({ logGroupName }),

    PutQueryDefinition: structure(
      { name: string({ length: [1, 255] }), queryString: string({ length: [1, 10_000] }) },
      {
        queryDefinitionId,
        queryLanguage,
        logGroupNames: list(logGroupName),
        parameters: list(queryParameter, { length: [0, 20] }),
        clientToken: string({ length: [36, 128], pattern: '\\S{36,128}' }),
      },
    ),
    DescribeQueryDefinitions: structure(
      {},
      {
        queryDefinitionNamePrefix: string({ length: [1, 255] }),
        queryLanguage,
        maxResults: integer({ range: [1, 1000] }),
        nextToken: string(),
      },
    ),
    DeleteQueryDefinition: structure({ queryDefinitionId }),
    StartQuery: structure(
      { startTime: time, endTime: time, queryString: string({ length: [0, 10_000] }) },
      {
        queryLanguage,
        logGroupName,
        logGroupNames: list(logGroupName, { length: [1, 50] }),
        logGroupIdentifiers: list(logGroupIdentifier, { length: [1, 50] }),
        limit: integer({ range: [1, 100_000] }),
      },
    ),
    GetQueryResults: structure({ queryId }),
    StopQuery: structure({ queryId }),
    DescribeQueries: structure(
      {},
      {
        logGroupName,
        status: enumeration('Scheduled', 'Running', 'Complete', 'Failed', 'Cancelled', 'Timeout', 'Unknown'),
        maxResults: integer({ range: [1, 1000] }),
        nextToken: string(),
      },
    ),

    PutResourcePolicy: structure(
      {},
      {
        policyName: string(),
        policyDocument: string({ length: [1, 51_200] }),
        resourceArn: string(),
        expectedRevisionId: string({ length: [1, 36] }),
      },
    ),
    DescribeResourcePolicies: structure(
      {},
      { resourceArn: string(), policyScope: enumeration('ACCOUNT', 'RESOURCE'), ...paging },
    ),
    DeleteResourcePolicy: structure(
      {},
      { policyName: string(), resourceArn: string(), expectedRevisionId: string() },
    ),

    PutSubscriptionFilter: structure(
      { logGroupName, filterName, filterPattern, destinationArn: string({ length: [1, 2048] }) },
      {
        roleArn: string({ length: [1, 2048] }),
        distribution: enumeration('Random', 'ByLogStream'),
        applyOnTransformedLogs,
      },
    ),
    DescribeSubscriptionFilters: structure({ logGroupName }, filterPaging),
    DeleteSubscriptionFilter: structure({ logGroupName, filterName }),

    PutMetricFilter: structure(
      {
        logGroupName,
        filterName,
        filterPattern,
        metricTransformations: list(metricTransformation, { length: [1, 1] }),
      },
      { applyOnTransformedLogs },
    ),
    DescribeMetricFilters: structure(
      {},
      { logGroupName, metricName, metricNamespace: metricName, ...filterPaging },
    ),
    DeleteMetricFilter: structure({ logGroupName, filterName }),

    CreateLogStream: structure({ logGroupName, logStreamName }),
    DeleteLogStream: structure({ logGroupName, logStreamName }),
    DescribeLogStreams: structure(
      {},
      {
        ...someGroup,
        logStreamNamePrefix: nameWithoutColon,
        orderBy: enumeration('LogStreamName', 'LastEventTime'),
        descending: boolean(),
        ...paging,
      },
    ),

    PutLogEvents: structure(
      {
        logGroupName,
        logStreamName,
        logEvents: list(inputLogEvent, { length: [1, 10_000], sensitive: true }),
      },
      {
        /** Ignored, as on AWS: no longer needed. */
        sequenceToken: string(),
      },
    ),
    GetLogEvents: structure(
      { logStreamName },
      { ...someGroup, ...timeRange, startFromHead: boolean(), ...eventPaging },
    ),
    FilterLogEvents: structure(
      {},
      {
        ...someGroup,
        ...timeRange,
        logStreamNames: list(logStreamName, { length: [1, 100] }),
        logStreamNamePrefix: nameWithoutColon,
        filterPattern,
        /** Ignored, as on AWS since 2019: events of all streams are always in order of time. */
        interleaved: boolean(),
        ...eventPaging,
      },
    ),
  },
} satisfies Api;

export type LogsRequest<O extends keyof typeof logsApi.requests> = RequestOf<typeof logsApi, O>;
