import { inTurns, type Steps } from '../../../steps';
import { AwsError } from '../../aws-error';
import { invalidParameter } from '../errors';
import { idsIn } from '../event-range';
import { groupNameOf } from '../group-name';
import { logsPage } from '../paging';
import type { LogsRequest } from '../requests';
import type { LogStore } from '../store';
import { readQuery } from './commands';
import { withLateSorts } from './late-sorts';
import { newestEvents } from './newest-events';
import { type QueryResult, runQuery } from './run-query';
import { SizeLimitError } from './size-limit';

/** How many queries are kept, the newest, and how many characters their results have together; they end with the process. */
const MOST_QUERIES = 100;
const MOST_CHARACTERS = 100_000_000;
/** The most rows of a result. */
const MOST_ROWS = 10_000;
/** How many queries run at once (CloudWatch Logs User Guide, "CloudWatch Logs quotas"). */
const MOST_RUNNING = 30;

const NO_RESULT: QueryResult = { rows: [], size: 0, recordsMatched: 0, recordsScanned: 0 };

interface Query {
  readonly queryId: string;
  readonly queryString: string;
  readonly logGroupNames: readonly string[];
  /** Epoch milliseconds. */
  readonly createTime: number;
  status: 'Running' | 'Complete' | 'Failed' | 'Cancelled';
  result: QueryResult;
  readonly steps: Steps<QueryResult>;
}

/** The queries of CloudWatch Logs Insights, in a part of its language: `readQuery` says which. */
export class Queries {
  /** By id, the oldest first. */
  readonly #queries = new Map<string, Query>();

  /** Starts a query, which runs while other requests are answered. */
  start(store: LogStore, request: LogsRequest<'StartQuery'>): { queryId: string } {
    const { queryString, startTime, endTime, limit = MOST_ROWS, queryLanguage = 'CWLI' } = request;
    if (queryLanguage !== 'CWLI') {
      throw invalidParameter('The local AWS runs only queries with the queryLanguage CWLI.');
    }
    if (startTime > endTime) throw invalidParameter('startTime must not be after endTime.');
    const logGroupNames = groupNamesIn(request).map((name) => store.group(name).logGroupName);
    const commands = withLateSorts(readQuery(queryString));
    if (this.#running().length >= MOST_RUNNING) {
      throw new AwsError(
        'LimitExceededException',
        `Account maximum query concurrency limit of [${MOST_RUNNING}] reached.`,
      );
    }
    // The end is included, and both are in seconds.
    const range = idsIn({ startTime: startTime * 1000, endTime: (endTime + 1) * 1000 });
    const query: Query = {
      queryId: store.context.uuid(),
      queryString,
      logGroupNames,
      createTime: store.context.clock.now(),
      status: 'Running',
      result: NO_RESULT,
      steps: runQuery(newestEvents(store, logGroupNames, range), commands, Math.min(limit, MOST_ROWS)),
    };
    this.#queries.set(query.queryId, query);
    void this.#run(store, query);
    return { queryId: query.queryId };
  }

  results({ queryId }: LogsRequest<'GetQueryResults'>) {
    const { status, result } = this.#query(queryId);
    const { rows, recordsMatched, recordsScanned } = result;
    return { queryLanguage: 'CWLI', results: rows, statistics: { recordsMatched, recordsScanned }, status };
  }

  stop({ queryId }: LogsRequest<'StopQuery'>): { success: boolean } {
    const query = this.#query(queryId);
    if (query.status !== 'Running') {
      throw invalidParameter(`Query is not in a running state: ${query.status}`);
    }
    cancel(query);
    return { success: true };
  }

  /** Stops all queries that run. */
  close(): void {
    this.#running().forEach(cancel);
  }

  /** The newest first. */
  describe(request: LogsRequest<'DescribeQueries'>) {
    const { logGroupName, status, maxResults: limit = 1000, nextToken: token } = request;
    const found = [...this.#queries.values()]
      .reverse()
      .filter((query) => logGroupName === undefined || query.logGroupNames.includes(logGroupName))
      .filter((query) => status === undefined || query.status === status);
    const { items, nextToken } = logsPage(found, { limit, ...(token !== undefined && { nextToken: token }) });
    return {
      queries: items.map(({ queryId, queryString, logGroupNames, createTime, status: current }) => ({
        queryLanguage: 'CWLI',
        queryId,
        queryString,
        status: current,
        createTime,
        ...(logGroupNames.length === 1 && { logGroupName: logGroupNames[0] }),
      })),
      ...(nextToken !== undefined && { nextToken }),
    };
  }

  async #run(store: LogStore, query: Query): Promise<void> {
    try {
      const result = await inTurns(query.steps, store.context.clock);
      if (query.status !== 'Running') return;
      query.result = result;
      query.status = 'Complete';
    } catch (error) {
      // Such as a log group that was deleted meanwhile.
      query.status = 'Failed';
      if (error instanceof SizeLimitError) {
        store.context.warn?.(
          `The query "${query.queryString}" of CloudWatch Logs Insights failed. ${error.message}`,
        );
      }
    }
    this.#deleteOldest();
  }

  #running(): Query[] {
    return [...this.#queries.values()].filter(({ status }) => status === 'Running');
  }

  #deleteOldest(): void {
    let [count, characters] = [0, 0];
    for (const query of [...this.#queries.values()].reverse()) {
      count++;
      characters += query.result.size;
      const isKept = count <= MOST_QUERIES && characters <= MOST_CHARACTERS;
      if (!isKept && query.status !== 'Running') this.#queries.delete(query.queryId);
    }
  }

  /** @throws AwsError ResourceNotFoundException */
  #query(queryId: string): Query {
    const query = this.#queries.get(queryId);
    if (query === undefined) {
      throw new AwsError('ResourceNotFoundException', `Query with id ${queryId} does not exist.`);
    }
    return query;
  }
}

function cancel(query: Query): void {
  query.status = 'Cancelled';
  query.steps.return(query.result);
}

function groupNamesIn(request: LogsRequest<'StartQuery'>): readonly string[] {
  const { logGroupName, logGroupNames, logGroupIdentifiers } = request;
  const one = logGroupName === undefined ? undefined : [logGroupName];
  const lists = [one, logGroupNames, logGroupIdentifiers?.map(groupNameOf)];
  const [names, ...others] = lists.filter((list) => list !== undefined);
  if (!names || others.length > 0) {
    throw invalidParameter(
      'The request must have one of logGroupName, logGroupNames and logGroupIdentifiers.',
    );
  }
  return [...new Set(names)];
}
