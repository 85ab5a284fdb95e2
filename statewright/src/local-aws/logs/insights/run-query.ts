import type { Steps } from '../../../steps';
import type { Command, NamedField } from './commands';
import { Groups } from './groups';
import { ROW_SIZE, type Row } from './row';
import { checkResult } from './size-limit';
import { SortedRows } from './sorted-rows';

/** A row of the answer: its fields in order. */
type ResultRow = readonly { readonly field: string; readonly value: string }[];

export interface QueryResult {
  readonly rows: readonly ResultRow[];
  /** About how many characters the rows have. */
  readonly size: number;
  readonly recordsMatched: number;
  readonly recordsScanned: number;
}

/** One command at work: it receives rows and passes rows to the next one. */
interface Stage {
  /** @returns whether it needs more rows */
  add(row: Row): boolean;
  /** There are no more rows. */
  end(): Steps<void>;
}

/**
 * Runs the commands of a query on events.
 * @param events the newest first; undefined for one that is ignored
 * @param commands with late sorts
 * @param limit the most rows of the result
 * @throws SizeLimitError
 */
export function* runQuery(
  events: Iterable<Row | undefined>,
  commands: readonly Command[],
  limit: number,
): Steps<QueryResult> {
  const rows: ResultRow[] = [];
  let recordsMatched = 0;
  let recordsScanned = 0;
  let size = 0;
  const names = namesOf(commands);
  const times = timesOf(commands);
  const output: Stage = {
    add: (row) => {
      const shown = resultRow(row, names, times);
      size += sizeOf(shown);
      checkResult(size);
      return rows.push(shown) < limit;
    },
    *end() {},
  };
  const found = commands.findIndex(({ kind }) => kind === 'sort' || kind === 'limit' || kind === 'stats');
  const filters = found < 0 ? commands : commands.slice(0, found);
  const stages = (some: readonly Command[], last: Stage) =>
    some.reduceRight<Stage>((next, command, at) => stageOf(next, command, some[at + 1], limit), last);
  const rest = stages(commands.slice(filters.length), output);
  const matched: Stage = {
    add: (row) => {
      recordsMatched++;
      return rest.add(row);
    },
    end: () => rest.end(),
  };
  const first = stages(filters, matched);
  for (const event of events) {
    yield;
    if (event === undefined) continue;
    recordsScanned++;
    if (!first.add(event)) break;
  }
  yield* first.end();
  return { rows, size, recordsMatched, recordsScanned };
}

/** @param following the command after it: a sort before a limit keeps no more rows than that */
function stageOf(next: Stage, command: Command, following: Command | undefined, limit: number): Stage {
  switch (command.kind) {
    case 'filter':
      return { add: (row) => !command.condition(row) || next.add(row), end: () => next.end() };
    case 'limit': {
      let left = command.count;
      return { add: (row) => left > 0 && next.add(row) && --left > 0, end: () => next.end() };
    }
    case 'sort': {
      const sorted = new SortedRows(command.by, following?.kind === 'limit' ? following.count : limit);
      return collecting(sorted, next);
    }
    case 'stats':
      return collecting(new Groups(command.aggregations, command.by), next);
    case 'fields':
    case 'display':
      return { add: (row) => next.add(withNames(row, command.fields)), end: () => next.end() };
  }
}

/** Passes its rows when all have arrived. */
const collecting = (collection: SortedRows | Groups, next: Stage): Stage => ({
  add: (row) => {
    collection.add(row);
    return true;
  },
  *end() {
    for (const row of collection.rows()) {
      yield;
      if (!next.add(row)) break;
    }
    yield* next.end();
  },
});

/** The row, whose fields have their names of the result, too. */
function withNames(row: Row, fields: readonly NamedField[]): Row {
  const renamed = new Map(fields.flatMap(({ field, name }) => (field === name ? [] : [[name, field]])));
  if (renamed.size === 0) return row;
  return { get: (field) => row.get(renamed.get(field) ?? field), size: row.size };
}

/** The fields of the result: those of the last `stats` or `display`, else of each `fields`. */
function namesOf(commands: readonly Command[]): readonly string[] {
  const last = commands.findLast(({ kind }) => kind === 'stats' || kind === 'display');
  const named =
    last?.kind === 'stats'
      ? [...last.by, ...last.aggregations]
      : last?.kind === 'display'
        ? last.fields
        : commands.flatMap((command) => (command.kind === 'fields' ? command.fields : []));
  const names = named.length > 0 ? named.map(({ name }) => name) : ['@timestamp', '@message'];
  // Rows that are events have a pointer to them.
  return commands.some(({ kind }) => kind === 'stats') ? names : [...names, '@ptr'];
}

/** The names of fields that are times. What `stats` calculates of times is a number. */
function timesOf(commands: readonly Command[]): ReadonlySet<string> {
  const times = new Set(['@timestamp', '@ingestionTime']);
  for (const command of commands) {
    const named = command.kind === 'stats' ? command.by : 'fields' in command ? command.fields : [];
    for (const { field, name } of named) if (times.has(field)) times.add(name);
  }
  return times;
}

/** Times are shown as `2026-01-01 00:00:00.000`. */
const resultRow = (row: Row, names: readonly string[], times: ReadonlySet<string>): ResultRow =>
  names.flatMap((field) => {
    const value = row.get(field);
    if (value === undefined) return [];
    const isTime = typeof value === 'number' && times.has(field);
    return [
      {
        field,
        value: isTime ? new Date(value).toISOString().replace('T', ' ').replace('Z', '') : `${value}`,
      },
    ];
  });

const sizeOf = (row: ResultRow): number =>
  row.reduce((sum, { field, value }) => sum + field.length + value.length, ROW_SIZE);
