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

/** A field of the result, and the field of the events that it is; undefined for a count. */
type ResultField = Pick<NamedField, 'name'> & { readonly field: string | undefined };

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
  const shown = fieldsOf(commands);
  return { rows: rows.map((row) => resultRow(row, shown)), recordsMatched, recordsScanned };
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
function fieldsOf(commands: readonly Command[]): readonly ResultField[] {
  const last = commands.findLast(({ kind }) => kind === 'stats' || kind === 'display');
  if (last?.kind === 'display') return withPointer(last.fields, commands);
  if (last?.kind === 'stats') return [...last.by, ...last.aggregations];
  const named = commands.flatMap((command) => (command.kind === 'fields' ? command.fields : []));
  return withPointer(named.length > 0 ? named : DEFAULT_FIELDS, commands);
}

const DEFAULT_FIELDS = ['@timestamp', '@message'].map((field) => ({ field, name: field }));

/** Rows that are events have `@ptr`, as on AWS. */
const withPointer = (fields: readonly NamedField[], commands: readonly Command[]) =>
  commands.some(({ kind }) => kind === 'stats') ? fields : [...fields, { field: '@ptr', name: '@ptr' }];

const resultRow = (row: Row, fields: readonly ResultField[]): ResultRow =>
  fields.flatMap(({ field, name }) => {
    const value = row.get(name);
    return value === undefined ? [] : [{ field: name, value: shown(field, value) }];
  });

const isTime = (field: string | undefined) => field === '@timestamp' || field === '@ingestionTime';

/** Times are shown as `2026-01-01 00:00:00.000`. */
const shown = (field: string | undefined, value: string | number): string =>
  typeof value === 'number' && isTime(field)
    ? new Date(value).toISOString().replace('T', ' ').replace('Z', '')
    : String(value);
