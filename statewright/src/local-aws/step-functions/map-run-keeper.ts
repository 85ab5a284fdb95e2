import type {
  EarlierChild,
  Execution,
  ExecutionOutcome,
  ExecutionRequest,
  KeptChild,
  KeptMapRun,
  MapRunKeeper,
  MapRunStart,
} from '../../engine';
import { AwsError } from '../aws-error';
import { isExpress } from './arn';
import type { StatesDependencies } from './dependencies';
import { type GrowingHistory, lengthOf } from './history-pieces';
import { keepEnd } from './keep-end';
import { openExecutionLog } from './log-delivery';
import type { MapRunRecord, MapRunStatus } from './map-run-store';
import type { ExecutionDetails, ExecutionRecord, Revision } from './records';
import { redriveStatus } from './redrive-status';
import { writtenHistory } from './written-history';

/** Keeps the Map Runs of executions, with their child executions. */
export function mapRunKeeper(states: StatesDependencies): MapRunKeeper {
  return {
    begin: (start, change) => {
      const { mapRuns, executions } = states.store;
      // Repeatable UUIDs give several Map Runs the same ARN.
      if (start.redriveCount === 0) executions.deleteMapRun(start.mapRunArn);
      mapRuns.set(recordOf(states, start));
      mapRuns.running(start.mapRunArn, change);
      return new KeptRun(states, start);
    },
  };
}

function recordOf({ store }: StatesDependencies, { total, ...start }: MapRunStart): MapRunRecord {
  const now = store.context.clock.now();
  const earlier = start.redriveCount > 0 ? store.mapRuns.find(start.mapRunArn) : undefined;
  return {
    ...start,
    status: 'RUNNING',
    startDate: earlier?.startDate ?? now,
    ...(total && { total }),
    unstarted: { executions: 0, items: 0 },
    ...(start.redriveCount > 0 && { redriveDate: now }),
  };
}

/** Of so many successful child executions, a Map Run keeps the histories, and those of all that are not successful. */
const SUCCESSFUL_HISTORIES = 10_000;

export const historyNotKept = (executionArn: string) =>
  new AwsError(
    'ExecutionDoesNotExist',
    `The history of '${executionArn}' is not kept: those of ${SUCCESSFUL_HISTORIES} successful child executions of a Map Run are`,
  );

class KeptRun implements KeptMapRun {
  readonly #states: StatesDependencies;
  readonly #start: MapRunStart;
  /** The child executions of earlier attempts, by index. */
  readonly #earlier = new Map<number, ExecutionRecord>();
  /** What the Map's own execution runs with, and its key. */
  readonly #revision: Revision;
  readonly #revisionKey: string;
  #successful = 0;

  constructor(states: StatesDependencies, start: MapRunStart) {
    this.#states = states;
    this.#start = start;
    const { executions } = states.store;
    this.#revision = executions.revision(start.executionArn);
    this.#revisionKey = executions.get(start.executionArn).revision;
    for (const { value: record } of executions.read({ of: start.mapRunArn })) {
      if (record.mapRun) this.#earlier.set(record.mapRun.index, record);
    }
  }

  earlier(index: number): EarlierChild | undefined {
    const record = this.#earlier.get(index);
    if (!record) return undefined;
    const { executions, context } = this.#states.store;
    const { executionArn, stateMachineArn, startDate, stopDate = startDate, redriveCount = 0 } = record;
    const details = executions.details(executionArn);
    const history = details.history ?? writtenHistory({ pieces: [], events: [] });
    const redriven = redriveStatus(record, details, context.clock.now()).redriveStatus !== 'NOT_REDRIVABLE';
    return {
      request: {
        input: details.input,
        executionArn,
        stateMachineArn,
        roleArn: executions.revision(executionArn).roleArn,
        type: isExpress(executionArn) ? 'EXPRESS' : 'STANDARD',
      },
      startTime: startDate,
      stopTime: stopDate,
      outcome: outcomeOf(record, details),
      redriveCount,
      history: redriven ? executions.events(executionArn, history, 0, lengthOf(history)) : undefined,
    };
  }

  start(request: ExecutionRequest, index: number, items: number): KeptChild {
    const { executionArn, stateMachineArn, input, type } = request;
    const { executions, context } = this.#states.store;
    const { mapRunArn, redriveCount: attempt } = this.#start;
    const now = context.clock.now();
    const place = { mapRun: { arn: mapRunArn, index, items, attempt } };
    const before = this.#earlier.has(index) ? executions.find(executionArn) : undefined;
    const record: ExecutionRecord = before
      ? { ...again(before, now), ...place }
      : {
          executionArn,
          stateMachineArn,
          name: executionArn.slice(placeOfName(executionArn)),
          status: 'RUNNING',
          startDate: now,
          revision: this.#revisionKey,
          ...place,
        };
    const { history: earlier, invocations } = before ? executions.details(executionArn) : {};
    const details: ExecutionDetails = {
      input,
      ...(earlier && { history: earlier }),
      ...(invocations && { invocations }),
    };
    const added = before ? executions.restart(record, details) : executions.add(record, details);
    // The history of an Express execution is only in its log.
    const history = type === 'EXPRESS' ? undefined : added;
    const revision = before ? executions.revision(executionArn) : this.#revision;
    const log = openExecutionLog(this.#states, revision, executionArn, record.redriveCount ?? 0);
    return {
      onEvent: (event) => {
        history?.add(event);
        log(event);
      },
      running: (execution: Execution) =>
        this.#states.running.add(executionArn, execution, {
          history,
          keepEnd: (outcome) => this.#keepEnd(record, details, history, outcome),
          invocations,
        }),
    };
  }

  #keepEnd(
    record: ExecutionRecord,
    details: ExecutionDetails,
    history: GrowingHistory | undefined,
    outcome: ExecutionOutcome,
  ): void {
    const succeeded = outcome.status === 'SUCCEEDED';
    const discarded = succeeded && this.#successful >= SUCCESSFUL_HISTORIES;
    keepEnd(this.#states, record, details, discarded ? undefined : history, outcome);
    if (succeeded) this.#successful += 1;
    if (discarded) history?.discard();
  }

  unstarted(items: number): void {
    const record = this.#record;
    if (!record || record.total) return;
    const { unstarted } = record;
    const more = { executions: unstarted.executions + 1, items: unstarted.items + items };
    this.#states.store.mapRuns.set({ ...record, unstarted: more });
  }

  end(status: Exclude<MapRunStatus, 'RUNNING'>): void {
    const { mapRuns, context } = this.#states.store;
    const record = this.#record;
    if (record) mapRuns.ended({ ...record, status, stopDate: context.clock.now() });
  }

  get #record(): MapRunRecord | undefined {
    return this.#states.store.mapRuns.find(this.#start.mapRunArn);
  }
}

/** Where the name of a child execution begins in its ARN: after the seventh colon. */
function placeOfName(executionArn: string): number {
  let place = 0;
  for (let colons = 0; colons < 7; colons++) place = executionArn.indexOf(':', place) + 1;
  return place;
}

/** A child execution that runs again. The redrives of an Express execution cannot be told from each other. */
function again({ stopDate: _, redriveCount = 0, ...record }: ExecutionRecord, now: number): ExecutionRecord {
  const redriven = { redriveCount: redriveCount + 1, redriveDate: now };
  return { ...record, status: 'RUNNING', ...(isExpress(record.executionArn) ? {} : redriven) };
}

function outcomeOf(
  { status }: ExecutionRecord,
  { output = '', error, cause }: ExecutionDetails,
): ExecutionOutcome {
  if (status === 'SUCCEEDED') return { status, output };
  return {
    status: status === 'RUNNING' ? 'FAILED' : status,
    ...(error !== undefined && { error }),
    ...(cause !== undefined && { cause }),
  };
}
