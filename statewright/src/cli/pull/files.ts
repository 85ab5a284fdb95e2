import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { toAwsHistoryJson } from '../../history/aws-history';
import type { HistoryEvent } from '../../history/events';
import { UserError } from '../../user-error';
import { reasonOf } from '../../user-file';
import type { ListedExecution } from './account';

/**
 * Writes a history as `aws stepfunctions get-execution-history` prints it, with the execution that it is of.
 *
 * @throws UserError when it cannot be written; the file then does not exist
 */
export function writeHistory(
  folder: string,
  { executionArn, stateMachineArn, name, status, startDate, stopDate, mapRunArn }: ListedExecution,
  events: readonly HistoryEvent[],
): void {
  const execution = { executionArn, stateMachineArn, name, status, startDate, stopDate, mapRunArn };
  const { events: written } = JSON.parse(toAwsHistoryJson(events));
  writeWhole(join(folder, `${name}.json`), `${JSON.stringify({ execution, events: written }, null, 4)}\n`);
}

/** Whole or not at all: a reader never sees a part, also when this process ends. */
export function writeWhole(file: string, text: string): void {
  const unfinished = `${file}.${process.pid}.part`;
  try {
    writeFileSync(unfinished, text);
    renameSync(unfinished, file);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw new UserError(`${file} cannot be written: ${reasonOf(error)}.`, 'Choose another folder: --out DIR');
  }
}
