import type { HistoryEvent } from '../../history/events';
import type { Execution, ExecutionOutcome, ExecutionRequest } from './execution';

/** The limits of a Map Run, which can change while it runs. */
export interface MapRunLimits {
  /** How many child executions run at the same time; 0 for the maximum. */
  readonly maxConcurrency: number;
  /** How many failures are tolerated; undefined where the Map does not say. */
  readonly toleratedFailureCount?: number | undefined;
  readonly toleratedFailurePercentage?: number | undefined;
}

/** A Map Run that starts, or is redriven. */
export interface MapRunStart {
  readonly mapRunArn: string;
  /** The execution that the Map is part of. */
  readonly executionArn: string;
  /** The state machine of the child executions: `machine/label`. */
  readonly stateMachineArn: string;
  readonly stateName: string;
  readonly limits: MapRunLimits;
  /** Whether the results are written to S3. */
  readonly writesResults: boolean;
  /** How many child executions and items there are; undefined while they are read. */
  readonly total: { readonly executions: number; readonly items: number } | undefined;
  /** 0 for one that starts. */
  readonly redriveCount: number;
}

/** Keeps Map Runs and their child executions, so that they can be described, changed and redriven. */
export interface MapRunKeeper {
  /** @param change changes the limits of the running Map Run */
  begin(run: MapRunStart, change: (limits: MapRunLimits) => void): KeptMapRun;
}

/** What takes the child executions of one Map Run. */
export interface KeptMapRun {
  /** What an earlier attempt of the Map Run has done with the input of this index. */
  earlier(index: number): EarlierChild | undefined;
  /** @param items how many items its input has */
  start(request: ExecutionRequest, index: number, items: number): KeptChild;
  /** An input with so many items that is not started, since the Map Run has failed. */
  unstarted(items: number): void;
  end(status: 'SUCCEEDED' | 'FAILED' | 'ABORTED'): void;
}

/** What takes the events of a child execution. */
export interface KeptChild {
  readonly onEvent: (event: HistoryEvent) => void;
  /** Called once, when it has started. */
  readonly running: (execution: Execution) => void;
}

/** A child execution of an earlier attempt of a Map Run. Times are epoch milliseconds. */
export interface EarlierChild {
  readonly request: ExecutionRequest;
  readonly startTime: number;
  readonly stopTime: number;
  readonly outcome: ExecutionOutcome;
  readonly redriveCount: number;
  /** The history that a redrive continues, which is empty for an execution that begins anew; undefined: it is not redriven. */
  readonly history: readonly HistoryEvent[] | undefined;
}
