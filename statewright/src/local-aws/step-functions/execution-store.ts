import { createHash } from 'node:crypto';
import type { HistoryEvent } from '../../history/events';
import { AwsError } from '../aws-error';
import type { ListEntry, ListRange, ListTotal } from '../lists';
import type { OpenTable, Table } from '../table';
import { parseArn } from './arn';
import { ENDED, type ExecutionList, listName, listsOf, parentsOf, RUNNING } from './execution-lists';
import { GrowingHistory, incomplete, type PieceTable, piecePrefix, readEvents } from './history-pieces';
import { interrupted } from './interrupted';
import { type ExecutionDetails, type ExecutionRecord, type Revision, revisionOf } from './records';
import { detailsText } from './written-history';

/** The length of the key of what executions of one state machine run with. */
const REVISION_KEY = 40;

/** The executions of STANDARD state machines and the child executions of their Map Runs, running and ended. */
export class ExecutionStore {
  /** By ARN, in the order they were started. */
  readonly #records: Table<ExecutionRecord>;
  /** Those of executions that run: they are read often. */
  readonly #running = new Map<string, ExecutionRecord>();
  readonly #details: Table<ExecutionDetails>;
  readonly #pieces: PieceTable;
  /** What executions ran with, by hash: stored once, however many there were. */
  readonly #revisions: Table<Revision>;
  readonly #revisionKeys = new WeakMap<Revision, string>();

  /** @param now when executions have ended that were running when the process was killed, in epoch milliseconds */
  constructor(openTable: OpenTable, now: number) {
    this.#records = openTable('states.executions', {
      durability: 'buffered',
      values: 'disk',
      lists: { of: listsOf, order: 'added', weigh: ({ mapRun }: ExecutionRecord) => mapRun?.items ?? 0 },
    });
    this.#details = openTable('states.execution-details', {
      durability: 'buffered',
      values: 'disk',
      text: detailsText,
    });
    this.#pieces = openTable('states.histories', { durability: 'buffered', values: 'disk' });
    this.#revisions = openTable('states.revisions', { durability: 'buffered' });
    this.#endInterrupted(now);
  }

  get(arn: string): ExecutionRecord {
    const execution = this.find(arn);
    if (execution === undefined) {
      parseArn(arn, ['execution']);
      throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    }
    return execution;
  }

  find(arn: string): ExecutionRecord | undefined {
    return this.#running.get(arn) ?? this.#records.get(arn);
  }

  details(arn: string): ExecutionDetails {
    return this.detailsOf(this.get(arn));
  }

  detailsOf({ executionArn, details = this.#details.get(executionArn) }: ExecutionRecord): ExecutionDetails {
    if (details === undefined) throw incomplete(executionArn);
    return details;
  }

  revision(arn: string): Revision {
    const revision = this.#revisions.get(this.get(arn).revision);
    if (revision === undefined) throw incomplete(arn);
    return revision;
  }

  /** The executions of a list, in the order they were started; their places stay what they are. */
  read(list: ExecutionList, range?: ListRange): Iterable<ListEntry<ExecutionRecord>> {
    return this.#records.lists.read(listName(list), range);
  }

  /** Those of a list that run. */
  *readRunning(
    { of }: ExecutionList,
    { skip = 0, ...range }: ListRange = {},
  ): Generator<ListEntry<ExecutionRecord>> {
    let found = 0;
    for (const entry of this.#records.lists.read(RUNNING, range)) {
      if (parentsOf(entry.value).includes(of) && ++found > skip) yield entry;
    }
  }

  /** How many executions a list has; their weight is the number of items that child executions have. */
  total(list: ExecutionList): ListTotal {
    return this.#records.lists.total(listName(list));
  }

  /** How many executions of a list run. */
  totalRunning({ of }: ExecutionList): ListTotal {
    let { count, weight } = this.total({ of });
    for (const status of ENDED) {
      const ended = this.total({ of, status });
      count -= ended.count;
      weight -= ended.weight;
    }
    return { count, weight };
  }

  /** Keeps what executions run with. @returns its key */
  keepRevision(stateMachineArn: string, source: Revision): string {
    const known = this.#revisionKeys.get(source);
    if (known !== undefined && this.#revisions.has(known)) return known;
    const revision = revisionOf(source);
    const text = JSON.stringify([stateMachineArn, revision]);
    const key = createHash('sha256').update(text).digest('hex').slice(0, REVISION_KEY);
    if (!this.#revisions.has(key)) this.#revisions.set(key, revision);
    this.#revisionKeys.set(source, key);
    return key;
  }

  /** Adds an execution that is about to run. @returns what takes its history */
  add(record: ExecutionRecord, details: ExecutionDetails): GrowingHistory {
    // Repeatable UUIDs give the child executions of several Map Runs the same ARNs: it is the newest now.
    if (record.mapRun) this.#records.delete(record.executionArn);
    this.#setRunning({ details, ...record });
    return this.historyOf(record);
  }

  /** An ended execution runs again. @returns what takes its further history */
  restart(record: ExecutionRecord, details: ExecutionDetails): GrowingHistory {
    this.#setRunning({ details, ...record });
    return new GrowingHistory(this.#pieces, record, details.history);
  }

  historyOf(record: ExecutionRecord): GrowingHistory {
    return new GrowingHistory(this.#pieces, record);
  }

  /** Keeps how an execution has ended. */
  end(record: ExecutionRecord, details: ExecutionDetails): void {
    this.#records.together(() => {
      this.#details.set(record.executionArn, details);
      this.#records.set(record.executionArn, record);
    });
    this.#running.delete(record.executionArn);
  }

  /** Events of a history, from one place, counted from 0, to before another. */
  events(arn: string, history: Parameters<typeof readEvents>[2], from: number, to: number): HistoryEvent[] {
    return readEvents(this.#pieces, this.get(arn), history, from, to);
  }

  forget(arn: string): void {
    const record = this.find(arn);
    if (record === undefined) return;
    this.#records.delete(arn);
    this.#running.delete(arn);
    this.#details.delete(arn);
    this.#pieces.deleteAll(this.#pieces.keys(piecePrefix(record)));
  }

  /** Deletes the executions of a Map Run. */
  deleteMapRun(mapRunArn: string): void {
    this.#deleteAllOf(mapRunArn);
  }

  /** Deletes the executions of a state machine. */
  deleteMachine(stateMachineArn: string): void {
    const revisions = this.#deleteAllOf(stateMachineArn);
    // State machines could share those of earlier versions.
    this.#revisions.deleteAll(revisions.filter((key) => key.length === REVISION_KEY));
  }

  /** @returns the keys of what they ran with */
  #deleteAllOf(parentArn: string): readonly string[] {
    const arns: string[] = [];
    const prefixes: string[] = [];
    const revisions = new Set<string>();
    for (const { value: record } of this.read({ of: parentArn })) {
      arns.push(record.executionArn);
      prefixes.push(piecePrefix(record));
      revisions.add(record.revision);
    }
    if (arns.length === 0) return [];
    this.#records.deleteAll(arns);
    for (const arn of arns) this.#running.delete(arn);
    // Nothing leads to what follows any more.
    this.#details.deleteAll(arns);
    this.#pieces.deleteAll(prefixes.flatMap((prefix) => [...this.#pieces.keys(prefix)]));
    return [...revisions];
  }

  #setRunning(record: ExecutionRecord): void {
    this.#records.set(record.executionArn, record);
    this.#running.set(record.executionArn, record);
  }

  #endInterrupted(now: number): void {
    const ended = [...this.#records.lists.read(RUNNING)].map(({ value: record }) => {
      const arn = record.executionArn;
      return interrupted(record, this.details(arn), this.revision(arn).roleArn, this.#piecesOf(record), now);
    });
    this.#details.setAll(ended.map(({ record, details }) => [record.executionArn, details]));
    this.#records.setAll(ended.map(({ record }) => [record.executionArn, record]));
  }

  /** The last event's number of each piece that was written. */
  #piecesOf(record: ExecutionRecord): number[] {
    const prefix = piecePrefix(record);
    return [...this.#pieces.keys(prefix)]
      .map((key) => Number(key.slice(prefix.length)))
      .sort((a, b) => a - b);
  }
}
