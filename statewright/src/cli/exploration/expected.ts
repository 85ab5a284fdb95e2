import { existsSync } from 'node:fs';
import { objectOf } from '../../asl/graph';
import { compareText } from '../../compare-text';
import { invalidJson } from '../../json-fault';
import { UserError } from '../../user-error';
import { readUserFile } from '../../user-file';
import type { Row } from '../../verify/explore';
import { callOf } from '../invocation';
import type { ExploredMachine } from './explored-machine';

/** The agreed table of a state machine. */
interface Expected {
  readonly stateMachine: string;
  readonly rows: readonly Row[];
}

/** A row that is only in one of the two tables. */
export interface Change {
  readonly stateMachine: string;
  readonly row: Row;
  readonly isNew: boolean;
}

/** Reads the file of `--expect`. @throws UserError */
export function readExpected(file: string | undefined): readonly Expected[] | undefined {
  if (file === undefined) return undefined;
  const hint = `Write it once, and agree on it: ${callOf('explore', '--json', { quiet: true })} > ${file}`;
  if (!existsSync(file)) throw new UserError(`${file} does not exist.`, hint);
  const text = readUserFile(file);
  const problem = invalidJson(file, text);
  if (problem !== undefined) throw new UserError(problem, hint);
  const tables: unknown = JSON.parse(text);
  if (!Array.isArray(tables) || !tables.every(isTable)) {
    throw new UserError(`${file} is not what \`statewright explore --json\` prints.`, hint);
  }
  return tables;
}

function isTable(value: unknown): value is Expected {
  const { stateMachine, rows } = objectOf(value) ?? {};
  return (
    typeof stateMachine === 'string' &&
    Array.isArray(rows) &&
    rows.every((row) => objectOf(objectOf(row)?.end))
  );
}

/** The rows that differ; how a row is reached does not count. */
export function changedRows(explored: readonly ExploredMachine[], expected: readonly Expected[]): Change[] {
  const names = [...new Set([...explored, ...expected].map(({ stateMachine }) => stateMachine))];
  return names.flatMap((stateMachine) => {
    const rowsIn = (tables: readonly Expected[]) =>
      new Map(
        tables
          .filter((each) => each.stateMachine === stateMachine)
          .flatMap(({ rows }) => rows.map((row) => [keyOf(row), row])),
      );
    const [now, before] = [rowsIn(explored), rowsIn(expected)];
    const missing = [...before]
      .filter(([key]) => !now.has(key))
      .map(([, row]) => ({ stateMachine, row, isNew: false }));
    const added = [...now]
      .filter(([key]) => !before.has(key))
      .map(([, row]) => ({ stateMachine, row, isNew: true }));
    // What becomes of one error next to what became of it.
    return [...missing, ...added].sort((a, b) => compareText(subject(a), subject(b)));
  });
}

const subject = ({ row }: Change): string => `${row.state} ${row.error}`;
const keyOf = ({ state, error, retries, caughtBy, continuesIn, end }: Row): string =>
  JSON.stringify([
    state,
    error,
    retries,
    caughtBy,
    continuesIn,
    end.status,
    end.state,
    end.error,
    end.because,
  ]);
