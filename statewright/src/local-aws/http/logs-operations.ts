import type { LogsService } from '../logs/logs-service';
import { type Operations, operation } from './operation';
import { boolean, integer, list, map, oneOf, string, structure } from './shape';

const group = structure({ logGroupName: string }, {});
const stream = structure({ logGroupName: string, logStreamName: string }, {});
const paging = { limit: integer, nextToken: string };
/** A group by its name, or by its name or ARN as an identifier. */
const someGroup = { logGroupName: string, logGroupIdentifier: string };
const timeRange = { startTime: integer, endTime: integer };

/** CloudWatch Logs (AWS JSON 1.1, target `Logs_20140328`). */
export function logsOperations(logs: LogsService): Operations {
  return new Map([
    [
      'CreateLogGroup',
      operation(
        structure({ logGroupName: string }, { kmsKeyId: string, logGroupClass: string, tags: map(string) }),
        logs.createLogGroup,
      ),
    ],
    ['DeleteLogGroup', operation(group, logs.deleteLogGroup)],
    [
      'DescribeLogGroups',
      operation(
        structure({}, { logGroupNamePrefix: string, logGroupNamePattern: string, ...paging }),
        logs.describeLogGroups,
      ),
    ],
    [
      'PutRetentionPolicy',
      operation(structure({ logGroupName: string, retentionInDays: integer }, {}), logs.putRetentionPolicy),
    ],
    ['DeleteRetentionPolicy', operation(group, logs.deleteRetentionPolicy)],
    ['TagResource', operation(structure({ resourceArn: string, tags: map(string) }, {}), logs.tagResource)],
    [
      'UntagResource',
      operation(structure({ resourceArn: string, tagKeys: list(string) }, {}), logs.untagResource),
    ],
    ['ListTagsForResource', operation(structure({ resourceArn: string }, {}), logs.listTagsForResource)],
    ['CreateLogStream', operation(stream, logs.createLogStream)],
    ['DeleteLogStream', operation(stream, logs.deleteLogStream)],
    [
      'DescribeLogStreams',
      operation(
        structure(
          {},
          {
            ...someGroup,
            logStreamNamePrefix: string,
            orderBy: oneOf('LogStreamName', 'LastEventTime'),
            descending: boolean,
            ...paging,
          },
        ),
        logs.describeLogStreams,
      ),
    ],
    [
      'PutLogEvents',
      operation(
        structure(
          {
            logGroupName: string,
            logStreamName: string,
            logEvents: list(structure({ timestamp: integer, message: string }, {})),
          },
          { sequenceToken: string },
        ),
        logs.putLogEvents,
      ),
    ],
    [
      'GetLogEvents',
      operation(
        structure(
          { logStreamName: string },
          { ...someGroup, ...timeRange, startFromHead: boolean, ...paging },
        ),
        logs.getLogEvents,
      ),
    ],
    [
      'FilterLogEvents',
      operation(
        structure(
          {},
          {
            ...someGroup,
            ...timeRange,
            logStreamNames: list(string),
            logStreamNamePrefix: string,
            filterPattern: string,
            interleaved: boolean,
            ...paging,
          },
        ),
        logs.filterLogEvents,
      ),
    ],
  ]);
}
