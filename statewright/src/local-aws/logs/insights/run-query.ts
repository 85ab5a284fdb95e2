import type { Steps } from '../../../steps';
import type { Command, NamedField } from './commands';
import { numberIn } from './condition';
import { Groups } from './groups';
import type { FieldValue, Row } from './row';

/** A row of the answer: its fields in order. */
export type ResultRow = readonly { readonly field: string; readonly value: string }[];

export interface QueryResult {
  readonly rows: readonly ResultRow[];
  readonly recordsMatched: number;
  readonly recordsScanned: number;
}

/** One command at work: it receives rows and passes rows to the next one. */
interface Stage {
  /** @returns whether it needs more rows */
  add(row: Row): boolean;
  end(): void;
}

/**
 * Runs the commands of a query on events, the newest first.
 * @param limit the most rows of the result
 */
export function* runQuery(
  events: Iterable<Row>,
  commands: readonly Command[],
  limit: number,
): Steps<QueryResult> {
  const rows: Row[] = [];
  let recordsMatched = 0;
  let recordsScanned = 0;
  const output: Stage = {
    add: (row) => rows.push(row) < limit,
    end: () => {},
  };
  const found = commands.findIndex(({ kind }) => kind === 'sort' || kind === 'limit' || kind === 'stats');
  const filters = found < 0 ? commands : commands.slice(0, found);
  const rest = commands.slice(filters.length).reduceRight<Stage>(stageOf, output);
  const matched: Stage = {
    add: (row) => {
      recordsMatched++;
      return rest.add(row);
    },
    end: () => rest.end(),
  };
  const first = filters.reduceRight<Stage>(stageOf, matched);
  for (const event of events) {
    recordsScanned++;
    if (!first.add(event)) break;
    yield;
  }
  first.end();
  const names = namesOf(commands);
  const times = timesOf(commands);
  return { rows: rows.map((row) => resultRow(row, names, times)), recordsMatched, recordsScanned };
}

function stageOf(next: Stage, command: Command): Stage {
  switch (command.kind) {
    case 'filter':
      return { add: (row) => !command.condition(row) || next.add(row), end: () => next.end() };
    case 'limit': {
      let left = command.count;
      return { add: (row) => left > 0 && next.add(row) && --left > 0, end: () => next.end() };
    }
    case 'sort': {
      const rows: Row[] = [];
      return {
        add: (row) => rows.push(row) > 0,
        end: () => {
          rows.sort((a, b) => {
            for (const { field, descending } of command.by) {
              const order = compare(a.get(field), b.get(field));
              if (order !== 0) return descending ? -order : order;
            }
            return 0;
          });
          passAll(rows, next);
        },
      };
    }
    case 'stats': {
      const groups = new Groups(command.aggregations, command.by);
      return {
        add: (row) => {
          groups.add(row);
          return true;
        },
        end: () => passAll(groups.rows(), next),
      };
    }
    case 'fields':
    case 'display':
      return { add: (row) => next.add(withNames(row, command.fields)), end: () => next.end() };
  }
}

/** The row, whose fields have their names of the result, too. */
function withNames(row: Row, fields: readonly NamedField[]): Row {
  const renamed = new Map(fields.flatMap(({ field, name }) => (field === name ? [] : [[name, field]])));
  return renamed.size === 0 ? row : { get: (field) => row.get(renamed.get(field) ?? field) };
}

function passAll(rows: Iterable<Row>, next: Stage): void {
  for (const row of rows) if (!next.add(row)) break;
  next.end();
}

/** Numbers before texts, and what has no value first. */
function compare(a: FieldValue, b: FieldValue): number {
  const [x, y] = [numberIn(a), numberIn(b)];
  if (x !== undefined && y !== undefined) return x - y;
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined);
  if (x !== undefined || y !== undefined) return x === undefined ? 1 : -1;
  return a < b ? -1 : Number(a > b);
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
