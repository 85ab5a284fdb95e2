import { createHash } from 'node:crypto';
import type { HistoryEvent } from '../../history/events';
import { AwsError } from '../aws-error';
import type { OpenTable, Table } from '../table';
import { parseArn } from './arn';
import { GrowingHistory, incomplete, type PieceTable, piecePrefix, readEvents } from './history-pieces';
import { interrupted } from './interrupted';
import { type ExecutionDetails, type ExecutionRecord, type Revision, revisionOf } from './records';

/** The executions of STANDARD state machines and the child executions of their Map Runs, running and ended. */
export class ExecutionStore {
  /** By ARN, in the order they were started. */
  readonly #records: Table<ExecutionRecord>;
  readonly #details: Table<ExecutionDetails>;
  readonly #pieces: PieceTable;
  /** What executions ran with, by hash: stored once, however many there were. */
  readonly #revisions: Table<Revision>;
  readonly #revisionKeys = new WeakMap<Revision, string>();
  readonly #byParent = new Map<string, string[]>();

  /** @param now when executions have ended that were running when the process was killed, in epoch milliseconds */
  constructor(openTable: OpenTable, now: number) {
    this.#records = openTable('states.executions', { durability: 'buffered' });
    this.#details = openTable('states.execution-details', { durability: 'buffered', values: 'disk' });
    this.#pieces = openTable('states.histories', { durability: 'buffered', values: 'disk' });
    this.#revisions = openTable('states.revisions', { durability: 'buffered' });
    for (const record of this.#records.values()) this.#index(record);
    this.#endInterrupted(now);
  }

  get(arn: string): ExecutionRecord {
    const execution = this.#records.get(arn);
    if (execution === undefined) {
      parseArn(arn, ['execution']);
      throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    }
    return execution;
  }

  find(arn: string): ExecutionRecord | undefined {
    return this.#records.get(arn);
  }

  details(arn: string): ExecutionDetails {
    const details = this.get(arn).details ?? this.#details.get(arn);
    if (details === undefined) throw incomplete(arn);
    return details;
  }

  revision(arn: string): Revision {
    const revision = this.#revisions.get(this.get(arn).revision);
    if (revision === undefined) throw incomplete(arn);
    return revision;
  }

  /** The ARNs of the executions of a state machine, or of a Map Run, in the order they were started. */
  of(parentArn: string): readonly string[] {
    return this.#byParent.get(parentArn) ?? [];
  }

  /** Keeps what executions run with. @returns its key */
  keepRevision(source: Revision): string {
    const known = this.#revisionKeys.get(source);
    if (known !== undefined && this.#revisions.has(known)) return known;
    const revision = revisionOf(source);
    const key = createHash('sha256').update(JSON.stringify(revision)).digest('hex').slice(0, 32);
    if (!this.#revisions.has(key)) this.#revisions.set(key, revision);
    this.#revisionKeys.set(source, key);
    return key;
  }

  /** Adds an execution that is about to run. @returns what takes its history */
  add(record: ExecutionRecord, details: ExecutionDetails): GrowingHistory {
    // Repeatable UUIDs give the child executions of several Map Runs the same ARNs.
    const replaced = this.#records.get(record.executionArn);
    if (replaced) this.#unindex(replaced);
    this.#records.set(record.executionArn, { details, ...record });
    this.#index(record);
    return this.historyOf(record);
  }

  /** An ended execution runs again. @returns what takes its further history */
  restart(record: ExecutionRecord, details: ExecutionDetails): GrowingHistory {
    this.#records.set(record.executionArn, { details, ...record });
    return new GrowingHistory(this.#pieces, record, details.history);
  }

  historyOf(record: ExecutionRecord): GrowingHistory {
    return new GrowingHistory(this.#pieces, record);
  }

  /** Keeps how an execution has ended: what it says is complete before the record says that it has. */
  end(record: ExecutionRecord, details: ExecutionDetails): void {
    this.#details.set(record.executionArn, details);
    this.#records.set(record.executionArn, record);
  }

  /** Events of a history, from one place, counted from 0, to before another. */
  events(arn: string, history: Parameters<typeof readEvents>[2], from: number, to: number): HistoryEvent[] {
    return readEvents(this.#pieces, this.get(arn), history, from, to);
  }

  forget(arn: string): void {
    const record = this.#records.get(arn);
    if (record === undefined) return;
    const { history } = this.details(arn);
    this.#records.delete(arn);
    this.#details.delete(arn);
    this.#pieces.deleteAll((history?.pieces ?? []).map((end) => piecePrefix(record) + end));
  }

  /** Deletes the executions of a state machine, or of a Map Run. */
  deleteAllOf(parentArn: string): void {
    const arns = [...this.of(parentArn)];
    if (arns.length === 0) return;
    const prefixes = arns.map((arn) => piecePrefix(this.get(arn)));
    const revisions = new Set(arns.map((arn) => this.get(arn).revision));
    this.#records.deleteAll(arns);
    this.#byParent.delete(parentArn);
    // Nothing leads to what follows any more.
    this.#details.deleteAll(arns);
    const pieces = this.#pieceNumbers(prefixes);
    this.#pieces.deleteAll([...pieces].flatMap(([prefix, ends]) => ends.map((end) => prefix + end)));
    for (const { revision } of this.#records.values()) revisions.delete(revision);
    this.#revisions.deleteAll(revisions);
  }

  #endInterrupted(now: number): void {
    const running = [...this.#records.values()].filter(({ status }) => status === 'RUNNING');
    const pieces = this.#pieceNumbers(running.map(piecePrefix));
    const ended = running.map((record) => {
      const arn = record.executionArn;
      const written = pieces.get(piecePrefix(record)) ?? [];
      return interrupted(record, this.details(arn), this.revision(arn).roleArn, written, now);
    });
    this.#details.setAll(ended.map(({ record, details }) => [record.executionArn, details]));
    this.#records.setAll(ended.map(({ record }) => [record.executionArn, record]));
  }

  /** The last event's number of each piece that was written, by the pieces' prefix. */
  #pieceNumbers(prefixes: readonly string[]): Map<string, number[]> {
    const numbers = new Map(prefixes.map((prefix) => [prefix, [] as number[]]));
    if (prefixes.length === 0) return numbers;
    for (const key of this.#pieces.keys()) {
      const end = key.lastIndexOf('/') + 1;
      numbers.get(key.slice(0, end))?.push(Number(key.slice(end)));
    }
    return numbers;
  }

  #index(record: ExecutionRecord): void {
    const arns = this.#byParent.get(parentOf(record));
    if (arns) arns.push(record.executionArn);
    else this.#byParent.set(parentOf(record), [record.executionArn]);
  }

  #unindex(record: ExecutionRecord): void {
    const others = this.of(parentOf(record)).filter((arn) => arn !== record.executionArn);
    this.#byParent.set(parentOf(record), others);
  }
}

const parentOf = ({ stateMachineArn, mapRun }: ExecutionRecord) => mapRun?.arn ?? stateMachineArn;
