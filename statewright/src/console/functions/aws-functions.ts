import type { Answer } from '../aws-services';
import { allPages, unlessMissing } from '../aws-source';
import type { ActivitySummary, FunctionDetails, Functions } from './functions';

/** How many of the streams that were written to last are read, and how many events of each. */
const READ = { streams: 20, events: 1_000 };

interface Configuration {
  readonly FunctionName: string;
  readonly FunctionArn: string;
  readonly Runtime: string;
  readonly Description: string;
  /** ISO 8601. */
  readonly LastModified: string;
  readonly Handler: string;
  readonly Timeout: number;
  readonly MemorySize: number;
  readonly Role: string;
  readonly LoggingConfig: { readonly LogGroup: string };
  readonly Environment?: { readonly Variables: Readonly<Record<string, string>> };
}

/** The operations behind the pages of functions and activities, with AWS's names and shapes. */
export interface FunctionServices {
  readonly states: {
    listActivities(request: { readonly nextToken?: string }): Answer<{
      readonly activities: readonly ActivitySummary[];
      readonly nextToken?: string;
    }>;
  };
  readonly lambda: {
    listFunctions(request: { readonly Marker?: string }): Answer<{
      readonly Functions: readonly Configuration[];
      readonly NextMarker?: string;
    }>;
    getFunctionConfiguration(request: { readonly FunctionName: string }): Answer<Configuration>;
  };
  readonly logs: {
    describeLogStreams(request: {
      readonly logGroupName: string;
      readonly orderBy: 'LastEventTime';
      readonly descending: true;
      readonly limit: number;
    }): Answer<{ readonly logStreams: readonly { readonly logStreamName: string }[] }>;
    getLogEvents(request: {
      readonly logGroupName: string;
      readonly logStreamName: string;
      readonly limit: number;
    }): Answer<{
      readonly events: readonly { readonly timestamp: number; readonly message: string }[];
    }>;
  };
}

/** Reads functions, their logs and activities with AWS operations. */
export function awsFunctions({ states, lambda, logs }: FunctionServices): Functions {
  return {
    list: () =>
      allPages(
        async ({ nextToken }) => {
          const { Functions, NextMarker } = await lambda.listFunctions(
            nextToken === undefined ? {} : { Marker: nextToken },
          );
          return { Functions, ...(NextMarker !== undefined && { nextToken: NextMarker }) };
        },
        ({ Functions }) => Functions.map(detailsOf),
      ),
    describe: async (name) => {
      const found = await unlessMissing(() => lambda.getFunctionConfiguration({ FunctionName: name }));
      return found && detailsOf(found);
    },
    log: async (logGroup) => {
      const place = { logGroupName: logGroup };
      const newest = { orderBy: 'LastEventTime', descending: true, limit: READ.streams } as const;
      const answer = await unlessMissing(() => logs.describeLogStreams({ ...place, ...newest }));
      const read = async ({ logStreamName: logStream }: { readonly logStreamName: string }) => {
        const request = { ...place, logStreamName: logStream, limit: READ.events };
        const { events } = await logs.getLogEvents(request);
        return events.map(({ timestamp, message }) => ({ logGroup, logStream, timestamp, message }));
      };
      const events = (await Promise.all((answer?.logStreams ?? []).map(read))).flat();
      return events.sort((a, b) => a.timestamp - b.timestamp).slice(-READ.events);
    },
    listActivities: () =>
      allPages(
        (page) => states.listActivities(page),
        ({ activities }) => activities,
      ),
  };
}

function detailsOf(configuration: Configuration): FunctionDetails {
  const { FunctionName, FunctionArn, Runtime, Description, LastModified } = configuration;
  const { Handler, Timeout, MemorySize, Role, LoggingConfig, Environment } = configuration;
  return {
    name: FunctionName,
    arn: FunctionArn,
    runtime: Runtime,
    description: Description,
    lastModified: new Date(LastModified),
    handler: Handler,
    timeout: Timeout,
    memory: MemorySize,
    roleArn: Role,
    logGroup: LoggingConfig.LogGroup,
    variables: Object.keys(Environment?.Variables ?? {}),
  };
}
