import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ownField } from '../../asl/graph';
import { toAwsHistoryJson } from '../../history/aws-history';
import type { HistoryEvent } from '../../history/events';
import { UserError } from '../../user-error';
import { readUserFile, writeUserFile } from '../../user-file';
import type { ListedExecution } from './account';

const OTHER_FOLDER = 'Choose another folder: --out DIR';

/**
 * Writes a history as `aws stepfunctions get-execution-history` prints it, with the execution that it is of.
 *
 * @param definition the name of the file with the definition that it ran with, for an execution of the state machine itself
 * @throws UserError when it cannot be written, or would replace another file; the file then is as it was
 */
export function writeHistory(
  folder: string,
  { executionArn, stateMachineArn, name, status, startDate, stopDate, mapRunArn }: ListedExecution,
  definition: string | undefined,
  events: readonly HistoryEvent[],
): void {
  const file = join(folder, `${name}.json`);
  if (existsSync(file) && executionIn(file) !== executionArn) {
    throw new UserError(`${file} exists, and is not a history of ${executionArn}.`, OTHER_FOLDER);
  }
  const execution = {
    executionArn,
    stateMachineArn,
    name,
    status,
    startDate,
    stopDate,
    mapRunArn,
    definition,
  };
  const { events: written } = JSON.parse(toAwsHistoryJson(events));
  writeUserFile(file, `${JSON.stringify({ execution, events: written }, null, 4)}\n`, OTHER_FOLDER);
}

/** The ARN of the execution whose history is in a file; undefined for any other file. */
function executionIn(file: string): unknown {
  try {
    return ownField(ownField(JSON.parse(readUserFile(file)), 'execution'), 'executionArn');
  } catch {
    return undefined;
  }
}

/**
 * Writes a definition to `definition.asl.json`, or to `definition-2.asl.json` and so on where that file has another content.
 *
 * @returns the name of the file
 * @throws UserError when it cannot be written
 */
export function writeDefinition(folder: string, definition: string): string {
  const text = formatted(definition);
  for (let number = 1; ; number++) {
    const name = `definition${number === 1 ? '' : `-${number}`}.asl.json`;
    const file = join(folder, name);
    if (existsSync(file)) {
      if (readUserFile(file) === text) return name;
      continue;
    }
    writeUserFile(file, text, OTHER_FOLDER);
    return name;
  }
}

/** On several lines, if that changes nothing else: a large number, or the order of keys that are numbers, would be lost. */
function formatted(definition: string): string {
  const value = JSON.parse(definition);
  return JSON.stringify(value) === definition ? `${JSON.stringify(value, null, 2)}\n` : definition;
}
