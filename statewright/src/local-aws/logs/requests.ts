import type { Api, RequestOf } from '../api';
import { boolean, enumeration, integer, list, map, type SchemaType, string, structure } from '../schema';

export const logGroupName = string({ length: [1, 512], pattern: '[\\.\\-_/#A-Za-z0-9]+' });
const logStreamName = string({ length: [1, 512], pattern: '[^:*]*' });

/** Names a group. */
const someGroup = {
  logGroupName: string(),
  /** A name or an ARN. */
  logGroupIdentifier: string(),
};
const groupRequest = structure({}, someGroup);
export type GroupRequest = SchemaType<typeof groupRequest>;

/** Epoch milliseconds. FilterLogEvents includes the end, GetLogEvents does not. */
const timeRange = { startTime: integer(), endTime: integer() };

/** A page of groups or streams. */
const paging = { limit: integer({ range: [1, 50] }), nextToken: string() };

/** The most events in one answer of GetLogEvents or FilterLogEvents. */
export const PAGE_EVENTS = 10_000;
const eventPaging = { limit: integer({ range: [1, PAGE_EVENTS] }), nextToken: string() };

const inputLogEvent = structure({
  /** Epoch milliseconds. */
  timestamp: integer(),
  message: string(),
});
export type InputLogEvent = SchemaType<typeof inputLogEvent>;

const tags = map(string());

/** CloudWatch Logs API Reference, "Actions". */
export const logsApi = {
  invalid: 'InvalidParameterException',
  requests: {
    CreateLogGroup: structure({ logGroupName }, { kmsKeyId: string(), logGroupClass: string(), tags }),
    DeleteLogGroup: structure({ logGroupName }),
    DescribeLogGroups: structure(
      {},
      {
        logGroupNamePrefix: string(),
        /** Part of a name, case-insensitive. */
        logGroupNamePattern: string(),
        ...paging,
      },
    ),
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
    TagResource: structure({ resourceArn: string(), tags }),
    UntagResource: structure({ resourceArn: string(), tagKeys: list(string()) }),
    ListTagsForResource: structure({ resourceArn: string() }),

    CreateLogStream: structure({ logGroupName, logStreamName }),
    DeleteLogStream: structure({ logGroupName, logStreamName }),
    DescribeLogStreams: structure(
      {},
      {
        ...someGroup,
        logStreamNamePrefix: string(),
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
        logStreamNames: list(string()),
        logStreamNamePrefix: string(),
        filterPattern: string(),
        /** Ignored, as on AWS since 2019: events of all streams are always in order of time. */
        interleaved: boolean(),
        ...eventPaging,
      },
    ),
  },
} satisfies Api;

export type LogsRequest<O extends keyof typeof logsApi.requests> = RequestOf<typeof logsApi, O>;
