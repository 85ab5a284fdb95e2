// Not the global one, which a test's fake timers would stop.
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Answer, AwsServices, Page } from './aws-services';
import { eventsByRequest, functionName, type LogEvent } from './invocations';
import type { ConsoleSource, ExecutionStatus, Policy } from './source';

const MISSING = new Set([
  'StateMachineDoesNotExist',
  'ExecutionDoesNotExist',
  'InvalidArn',
  'NoSuchEntity',
  // The local AWS knows the content of some AWS managed policies only.
  'NotImplemented',
  'ResourceNotFoundException',
  // A name in an address that none can have.
  'ValidationException',
]);

/** The largest page that the operations return. */
const PAGE = 1000;

/** Lambda's largest timeout in milliseconds: a function may continue after the execution that called it has ended. */
const LONGEST_INVOCATION = 900_000;

/** Reads the data of the console's pages with AWS operations. */
export function awsSource({ accountId, region, states, iam, lambda, logs }: AwsServices): ConsoleSource {
  const recent = (executionArn: string) =>
    isExpress(executionArn) ? states.recentExecution(executionArn) : undefined;
  /** The executions of an EXPRESS state machine; others have none. */
  const recentOf = async (stateMachineArn: string, wanted?: ExecutionStatus) =>
    (await states.listRecentExecutions({ stateMachineArn })).filter(
      ({ status }) => wanted === undefined || status === wanted,
    );
  const history = async (executionArn: string) =>
    (await recent(executionArn))?.events ??
    allPages(
      (page) => states.getExecutionHistory({ executionArn, maxResults: PAGE, ...page }),
      ({ events }) => events,
    );
  const { redriveExecution, testStateOf } = states;
  return {
    accountId,
    region,
    history,
    listStateMachines: () =>
      allPages(
        (page) => states.listStateMachines(page),
        ({ stateMachines }) => stateMachines,
      ),
    describeStateMachine: (stateMachineArn) =>
      unlessMissing(async () => {
        await states.prepare?.('DescribeStateMachine', { stateMachineArn });
        return states.describeStateMachine({ stateMachineArn });
      }),
    listExecutions: async (of, part) => {
      const express = await recentOf(of, part.status);
      if (express.length === 0) return states.newestExecutions({ of, ...part });
      return express.slice(part.skip, part.skip + part.limit).map(withDates);
    },
    countExecutions: async (of, status) =>
      (await recentOf(of, status)).length || states.countExecutions({ of, ...(status && { status }) }),
    describeExecution: (executionArn) =>
      unlessMissing(async () => {
        const startedBy = await states.startedBy(executionArn);
        const parent = startedBy === undefined ? {} : { startedBy };
        if (isExpress(executionArn)) {
          const execution = await states.recentExecution(executionArn);
          return execution && { ...withDates(execution), ...parent };
        }
        const { definition } = await states.describeStateMachineForExecution({ executionArn });
        const { redriveStatus, ...execution } = await states.describeExecution({ executionArn });
        const isRedrivable = redriveStatus === 'REDRIVABLE';
        return { ...withDates(execution), ...parent, definition, isRedrivable };
      }),
    describeMapRun: (mapRunArn) => unlessMissing(() => states.describeMapRun?.({ mapRunArn })),
    payloads: async (executionArn) =>
      (await recent(executionArn)) ??
      (await unlessMissing(() => states.describeExecution({ executionArn }))) ??
      {},
    describeRole: (roleArn) =>
      unlessMissing(() => describeRole(iam, roleArn.slice(roleArn.lastIndexOf('/') + 1))),
    startExecution: (request) => states.startExecution(request),
    stopExecution: (executionArn) =>
      isExpress(executionArn) ? states.abort(executionArn) : states.stopExecution({ executionArn }),
    ...(redriveExecution && {
      redriveExecution: (executionArn: string) => redriveExecution({ executionArn }),
    }),
    ...(testStateOf && { testState: testStateOf }),
    invocations: async (executionArn, isWanted = () => true) => {
      const express = await recent(executionArn);
      const { startDate, stopDate } = express ?? (await states.describeExecution({ executionArn }));
      const invocations = express?.invocations ?? (await states.listLambdaInvocations({ executionArn }));
      const wanted = invocations.filter(({ scheduledEventId }) => isWanted(scheduledEventId));
      const times = {
        startTime: Number(startDate),
        ...(stopDate && { endTime: Number(stopDate) + LONGEST_INVOCATION }),
      };
      const read = once((logGroupName: string) =>
        groupEvents(logs, { logGroupName, ...times }).then(eventsByRequest),
      );
      const groupOf = once((functionName: string) => logGroupOf(lambda, functionName));
      return Promise.all(
        wanted.map(async ({ requestId, functionName, scheduledEventId }) => {
          const own = await lambda.invocationLog?.(requestId);
          const logGroup = own?.logGroupName ?? (await groupOf(functionName));
          const requests = await (own ? ownEvents(logs, own) : read(logGroup));
          return {
            requestId,
            functionName,
            scheduledEventId,
            logGroup,
            events: requests.get(requestId) ?? [],
          };
        }),
      );
    },
  };
}

const isExpress = (executionArn: string): boolean => executionArn.split(':')[5] === 'express';

interface Times {
  readonly startDate: Date | number;
  readonly stopDate?: Date | number;
}

function withDates<T extends Times>({ startDate, stopDate, ...rest }: T) {
  return {
    ...rest,
    startDate: new Date(startDate),
    ...(stopDate !== undefined && { stopDate: new Date(stopDate) }),
  };
}

/** All items of a listing. Other requests do not wait until all pages are read. */
export async function allPages<A extends Page, T>(
  read: (page: Page) => Answer<A>,
  items: (answer: A) => readonly T[],
): Promise<T[]> {
  const all: T[] = [];
  for (let page: Page = {}; ; ) {
    const answer = await read(page);
    all.push(...items(answer));
    if (answer.nextToken === undefined) return all;
    page = { nextToken: answer.nextToken };
    await nextTurn();
  }
}

/** What an operation returns; undefined when its subject does not exist. */
export async function unlessMissing<T>(read: () => Answer<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && 'code' in error && MISSING.has(String(error.code))) return undefined;
    throw error;
  }
}

async function describeRole(iam: AwsServices['iam'], RoleName: string) {
  const { Role } = await iam.getRole({ RoleName });
  const { PolicyNames } = await iam.listRolePolicies({ RoleName });
  const { AttachedPolicies } = await iam.listAttachedRolePolicies({ RoleName });
  const inline = PolicyNames.map(async (PolicyName): Promise<Policy> => {
    const { PolicyDocument } = await iam.getRolePolicy({ RoleName, PolicyName });
    return { name: PolicyName, kind: 'inline', document: PolicyDocument };
  });
  const managed = AttachedPolicies.map(({ PolicyArn }) => managedPolicy(iam, PolicyArn, 'managed'));
  const boundaryArn = Role.PermissionsBoundary?.PermissionsBoundaryArn;
  const boundary = boundaryArn === undefined ? [] : [managedPolicy(iam, boundaryArn, 'permissions boundary')];
  return {
    roleName: Role.RoleName,
    trustPolicy: Role.AssumeRolePolicyDocument,
    policies: await Promise.all([...inline, ...managed, ...boundary]),
  };
}

async function managedPolicy(
  iam: AwsServices['iam'],
  PolicyArn: string,
  kind: Policy['kind'],
): Promise<Policy> {
  const document = await unlessMissing(async () => {
    const { Policy } = await iam.getPolicy({ PolicyArn });
    const { PolicyVersion } = await iam.getPolicyVersion({ PolicyArn, VersionId: Policy.DefaultVersionId });
    return PolicyVersion.Document;
  });
  return { name: PolicyArn.slice(PolicyArn.lastIndexOf('/') + 1), kind, document };
}

/** The log group of a function; the default one when the function does not exist. */
async function logGroupOf(lambda: AwsServices['lambda'], reference: string): Promise<string> {
  const configuration = await unlessMissing(() =>
    lambda.getFunctionConfiguration({ FunctionName: reference }),
  );
  return configuration?.LoggingConfig.LogGroup ?? `/aws/lambda/${functionName(reference)}`;
}

/** A function that works once for each argument. */
function once<T>(work: (argument: string) => Promise<T>): (argument: string) => Promise<T> {
  const results = new Map<string, Promise<T>>();
  return (argument) => {
    const result = results.get(argument) ?? work(argument);
    results.set(argument, result);
    return result;
  };
}

/** What is in one invocation's part of its stream: a log group may be much larger. */
async function ownEvents(
  logs: AwsServices['logs'],
  { logStreamName, ...place }: { readonly logStreamName: string } & Omit<EventsRequest, 'logStreamNames'>,
): Promise<ReadonlyMap<string, readonly LogEvent[]>> {
  return eventsByRequest(await groupEvents(logs, { ...place, logStreamNames: [logStreamName] }));
}

type EventsRequest = Parameters<AwsServices['logs']['filterLogEvents']>[0];

async function groupEvents(logs: AwsServices['logs'], request: EventsRequest): Promise<LogEvent[]> {
  const events = await unlessMissing(() =>
    allPages(
      (page) => logs.filterLogEvents({ ...request, ...page }),
      (answer) => answer.events,
    ),
  );
  return (events ?? []).map(({ logStreamName: logStream, timestamp, message }) => ({
    logGroup: request.logGroupName,
    logStream,
    timestamp,
    message,
  }));
}
