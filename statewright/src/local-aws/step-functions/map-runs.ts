import { AwsError } from '../aws-error';
import type { StatesDependencies } from './dependencies';
import { childStatus } from './map-run-child';
import type { MapRunRecord } from './map-run-store';
import { newestFirst, tokenOf } from './paging';
import { redriveStatus } from './redrive-status';
import type { StatesRequest } from './requests';

export function describeMapRun(states: StatesDependencies, { mapRunArn }: StatesRequest<'DescribeMapRun'>) {
  const record = states.store.mapRuns.get(mapRunArn);
  const { limits, redriveCount, redriveDate } = record;
  return {
    mapRunArn,
    executionArn: record.executionArn,
    status: record.status,
    ...dates(record),
    maxConcurrency: limits.maxConcurrency,
    toleratedFailurePercentage: limits.toleratedFailurePercentage ?? 0,
    toleratedFailureCount: limits.toleratedFailureCount ?? 0,
    ...counts(states, record),
    redriveCount,
    ...(redriveDate !== undefined && { redriveDate: new Date(redriveDate) }),
  };
}

/** The Map Runs of an execution, newest first. */
export function listMapRuns({ store }: StatesDependencies, request: StatesRequest<'ListMapRuns'>) {
  store.executions.get(request.executionArn);
  const cut = newestFirst(store.mapRuns.of(request.executionArn), request);
  const mapRuns = cut.items.map((record) => ({
    executionArn: record.executionArn,
    mapRunArn: record.mapRunArn,
    stateMachineArn: record.stateMachineArn,
    ...dates(record),
  }));
  return { mapRuns, ...tokenOf(cut) };
}

/** Changes the limits in the request, and keeps the others, of a Map Run that runs. */
export function updateMapRun({ store }: StatesDependencies, request: StatesRequest<'UpdateMapRun'>) {
  const { mapRunArn, ...changed } = request;
  const { status, limits } = store.mapRuns.get(mapRunArn);
  if (status !== 'RUNNING') {
    throw new AwsError('ValidationException', `Map Run is ${status} and cannot be updated`);
  }
  store.mapRuns.change(mapRunArn, { ...limits, ...changed });
  return {};
}

export interface Counts {
  pending: number;
  running: number;
  succeeded: number;
  failed: number;
  timedOut: number;
  aborted: number;
  total: number;
  resultsWritten: number;
  failuresNotRedrivable: number;
  pendingRedrive: number;
}

const MEMBERS = {
  RUNNING: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timedOut',
  ABORTED: 'aborted',
  PENDING_REDRIVE: 'pendingRedrive',
} as const;

/** How many child executions, and how many of the items that these process, have each status. */
function counts(states: StatesDependencies, run: MapRunRecord) {
  const { executions, context } = states.store;
  const executionCounts = noCounts();
  const itemCounts = noCounts();
  const of = run.mapRunArn;
  for (const [member, { count, weight }] of [
    ['running', executions.totalRunning({ of })],
    ['succeeded', executions.total({ of, status: 'SUCCEEDED' })],
  ] as const) {
    executionCounts[member] = count;
    itemCounts[member] = weight;
    executionCounts.total += count;
    itemCounts.total += weight;
  }
  for (const { value: record } of unsuccessful(states, run)) {
    const items = record.mapRun?.items ?? 0;
    const status = childStatus(states, record);
    const member = MEMBERS[status];
    executionCounts[member]++;
    itemCounts[member] += items;
    executionCounts.total++;
    itemCounts.total += items;
    const isFailure = member === 'failed' || member === 'timedOut' || member === 'aborted';
    if (isFailure && redriveStatus(record, {}, context.clock.now()).redriveStatus === 'NOT_REDRIVABLE') {
      executionCounts.failuresNotRedrivable++;
      itemCounts.failuresNotRedrivable += items;
    }
  }
  const written = run.writesResults && (run.status === 'SUCCEEDED' || run.status === 'FAILED');
  for (const [count, member] of [
    [executionCounts, 'executions'],
    [itemCounts, 'items'],
  ] as const) {
    const started = count.total;
    count.total = run.total?.[member] ?? started + run.unstarted[member];
    count.pending = count.total - started;
    if (written) count.resultsWritten = count.total;
  }
  return { itemCounts, executionCounts };
}

/** The child executions that have ended otherwise: only their records say whether they can be redriven. */
function* unsuccessful({ store: { executions } }: StatesDependencies, { mapRunArn }: MapRunRecord) {
  for (const status of ['FAILED', 'TIMED_OUT', 'ABORTED'] as const) {
    yield* executions.read({ of: mapRunArn, status });
  }
}

const noCounts = (): Counts => ({
  pending: 0,
  running: 0,
  succeeded: 0,
  failed: 0,
  timedOut: 0,
  aborted: 0,
  total: 0,
  resultsWritten: 0,
  failuresNotRedrivable: 0,
  pendingRedrive: 0,
});

const dates = ({ startDate, stopDate }: MapRunRecord) => ({
  startDate: new Date(startDate),
  ...(stopDate !== undefined && { stopDate: new Date(stopDate) }),
});
