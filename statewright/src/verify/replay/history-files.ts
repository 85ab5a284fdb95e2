import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ownField } from '../../asl/graph';
import { parseAwsHistoryJson } from '../../history/aws-history';
import { isObject } from '../../is-object';
import { parsedJson } from '../../parsed-json';
import { UserError } from '../../user-error';
import { readUserFile, statUserPath } from '../../user-file';
import { executionsInLog } from './execution-log';
import type { RecordedExecution } from './recorded-execution';

/** A file without a recorded execution. */
export class HistoryFileError extends UserError {
  override readonly name = 'HistoryFileError';
}

/**
 * Reads recorded executions from files and folders:
 *
 * - what `aws stepfunctions get-execution-history` prints; an array of its pages; what `statewright pull` writes;
 * - execution logs: what `aws logs filter-log-events`, `get-log-events` or `tail` prints, or one JSON object a line.
 *
 * A folder is read with the folders in it: `*.json`, `*.jsonl` and `*.log`, but no definitions (`*.asl.json`). The child
 * executions of a distributed Map become children of the execution that started them, and are left out without it.
 *
 * @throws HistoryFileError, HistoryFormatError
 */
export function readHistories(...paths: readonly string[]): RecordedExecution[] {
  const all = paths.flatMap(filesIn).flatMap(executionsIn);
  const executions = withChildren(all);
  if (executions.length > 0 || paths.length === 0) return executions;
  throw new HistoryFileError(
    `${paths.join(', ')}: only child executions of distributed Maps, which are replayed with the execution that started them.`,
    'Add the history of that execution.',
  );
}

function filesIn(path: string): readonly string[] {
  if (!statUserPath(path).isDirectory()) return [path];
  const files = readdirSync(path, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:json|jsonl|log)$/.test(name) && !/\.asl\.json$/.test(name))
    .sort()
    .map((name) => join(path, name));
  if (files.length > 0) return files;
  throw new HistoryFileError(
    `${path} has no history: no file *.json, *.jsonl or *.log.`,
    'aws stepfunctions get-execution-history prints one; statewright pull fetches all of a state machine.',
  );
}

const executionsIn = (file: string) => executionsInText(file, readUserFile(file));

/**
 * The executions in the text of a file.
 *
 * @param file its name, for errors
 * @throws HistoryFileError
 */
export function executionsInText(file: string, text: string): readonly RecordedExecution[] {
  const content = parsedJson(text);
  const pages = Array.isArray(content) ? content : [content];
  const events = pages.flatMap((page) => (isObject(page) && Array.isArray(page.events) ? page.events : []));
  const messages = events.map((event) => (isObject(event) ? event.message : undefined));
  const isHistory = events.length > 0 && !messages.some((message) => typeof message === 'string');
  if (isHistory) return [historyIn(file, events, pages)];
  const executions = executionsInLog(
    messages.length > 0 ? messages.filter((message) => typeof message === 'string') : text.split('\n'),
  );
  if (executions.length > 0) return executions.map((each) => ({ ...each, name: `${file}: ${each.name}` }));
  throw new HistoryFileError(
    `${file} has no execution history: neither events nor lines of an execution log.`,
    'aws stepfunctions get-execution-history --execution-arn ARN --output json prints a history.',
  );
}

const PULLED = ['executionArn', 'stateMachineArn', 'mapRunArn', 'definition'] as const;

/** What `statewright pull` says of the execution. */
function pulledMembers(execution: unknown): Partial<Pick<RecordedExecution, (typeof PULLED)[number]>> {
  return Object.fromEntries(
    PULLED.map((name) => [name, ownField(execution, name)] as const).filter(
      ([, value]) => typeof value === 'string',
    ),
  );
}

function historyIn(
  file: string,
  events: readonly unknown[],
  [page]: readonly { readonly execution?: unknown }[],
): RecordedExecution {
  try {
    return {
      ...pulledMembers(page?.execution),
      name: file,
      // Pages, and a history in reverse order.
      events: parseAwsHistoryJson(JSON.stringify({ events })).sort((a, b) => a.id - b.id),
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new HistoryFileError(`${file}: ${error.message}`, error.hint);
  }
}

/** Puts the child executions of distributed Maps into the executions that started them. */
function withChildren(all: readonly RecordedExecution[]): RecordedExecution[] {
  const children = all.filter((each) => mapOf(each) !== undefined);
  return all
    .filter((each) => mapOf(each) === undefined)
    .map((each) => {
      const runs = each.events.flatMap((event) =>
        event.type === 'MapRunStarted' ? [event.mapRunStartedEventDetails.mapRunArn] : [],
      );
      const own = children.filter(({ mapRunArn, ...child }) =>
        mapRunArn === undefined
          ? runs.some((run) => run.split(':')[6] === mapOf(child))
          : runs.includes(mapRunArn),
      );
      return own.length > 0 ? { ...each, children: own } : each;
    });
}

/** `machine/Label` of a child execution of a distributed Map, which is in its ARN; undefined for any other execution. */
function mapOf({ executionArn = '', mapRunArn }: RecordedExecution): string | undefined {
  const name = (mapRunArn ?? executionArn).split(':')[6];
  return name?.includes('/') ? name : undefined;
}
