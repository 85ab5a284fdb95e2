import type { MapRunLimits } from '../../engine';
import { AwsError } from '../aws-error';
import type { OpenTable, Table } from '../table';
import { parseArn } from './arn';

export type MapRunStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'ABORTED';

/** A Map Run. Times are epoch milliseconds. */
export interface MapRunRecord {
  readonly mapRunArn: string;
  /** The execution that its Map is part of. */
  readonly executionArn: string;
  /** The state machine of its child executions: `machine/label`. */
  readonly stateMachineArn: string;
  readonly stateName: string;
  readonly status: MapRunStatus;
  readonly startDate: number;
  readonly stopDate?: number;
  readonly limits: MapRunLimits;
  readonly writesResults: boolean;
  /** How many child executions and items there are; undefined while they are read. */
  readonly total?: MapRunTotal;
  /** Those that were not started, where `total` is not known. */
  readonly unstarted: MapRunTotal;
  readonly redriveCount: number;
  readonly redriveDate?: number;
}

export interface MapRunTotal {
  readonly executions: number;
  readonly items: number;
}

/** The Map Runs of a region. */
export class MapRunStore {
  /** By ARN, in the order they were started. */
  readonly #records: Table<MapRunRecord>;
  readonly #changes = new Map<string, (limits: MapRunLimits) => void>();

  /** @param now when Map Runs have ended that were running when the process was killed */
  constructor(openTable: OpenTable, now: number) {
    this.#records = openTable('states.map-runs', { durability: 'buffered' });
    for (const record of [...this.#records.values()]) {
      if (record.status === 'RUNNING') this.set({ ...record, status: 'FAILED', stopDate: now });
    }
  }

  /** @throws InvalidArn, ResourceNotFound */
  get(mapRunArn: string): MapRunRecord {
    const record = this.#records.get(mapRunArn);
    if (record) return record;
    parseArn(mapRunArn, ['mapRun']);
    throw new AwsError('ResourceNotFound', 'Request references a resource that does not exist.');
  }

  find(mapRunArn: string): MapRunRecord | undefined {
    return this.#records.get(mapRunArn);
  }

  /** The Map Runs of an execution, in the order they were started. */
  of(executionArn: string): MapRunRecord[] {
    return [...this.#records.values()].filter((record) => record.executionArn === executionArn);
  }

  set(record: MapRunRecord): void {
    this.#records.set(record.mapRunArn, record);
  }

  /** Deletes the Map Runs of a state machine. @returns their ARNs */
  deleteAllOf(stateMachineArn: string): readonly string[] {
    const arns = [...this.#records.values()]
      .filter((record) => record.stateMachineArn.startsWith(`${stateMachineArn}/`))
      .map(({ mapRunArn }) => mapRunArn);
    this.#records.deleteAll(arns);
    return arns;
  }

  /** @param change changes the limits of a Map Run that runs now */
  running(mapRunArn: string, change: (limits: MapRunLimits) => void): void {
    this.#changes.set(mapRunArn, change);
  }

  ended(record: MapRunRecord): void {
    this.#changes.delete(record.mapRunArn);
    // A deleted state machine took the record with it.
    if (this.#records.has(record.mapRunArn)) this.set(record);
  }

  change(mapRunArn: string, limits: MapRunLimits): void {
    this.set({ ...this.get(mapRunArn), limits });
    this.#changes.get(mapRunArn)?.(limits);
  }
}
