import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { machinesInFile, NotLocalError, SourceError, type Substitutions } from '../../definitions';
import { validateStateMachineDefinition } from '../../local-aws/step-functions/check-definition';
import { UserError } from '../../user-error';
import { definitionsInStack } from './stack-definitions';

/** A diagnostic of ValidateStateMachineDefinition of the Step Functions API, with its position in the file. */
export interface Finding {
  readonly severity: 'ERROR' | 'WARNING';
  /** The API's code, or `CANNOT_READ` or `NOT_CHECKED` for a definition that would never reach the API. */
  readonly code: string;
  readonly message: string;
  /** The API's location, such as `/States/Test/Next`. */
  readonly location?: string;
  /** The line, counted from 1. */
  readonly line?: number;
  readonly column?: number;
  /** The state machine's name, if the file has more than one. */
  readonly stateMachine?: string;
}

/** The result for a file. */
export interface ValidatedFile {
  readonly file: string;
  /** The template that names this file as a definition. */
  readonly template?: string;
  /** The number of its state machines. */
  readonly stateMachines: number;
  readonly diagnostics: readonly Finding[];
  /** The placeholders that have no value; whole sentences. */
  readonly notices: readonly string[];
}

/**
 * Checks every state machine of a file as Step Functions would, or of a folder with Terraform configuration. Never throws
 * for the file's content.
 *
 * @returns the file, and each other file that it names as the definition of a state machine
 */
export async function validateFile(file: string, values: Substitutions): Promise<readonly ValidatedFile[]> {
  try {
    if (statSync(file).isDirectory()) return [await validateStack(file, file)];
    return file.endsWith('.tf.json')
      ? [await validateStack(file, dirname(file))]
      : validateDefinitions(file, values);
  } catch (error) {
    return [{ file, stateMachines: 0, diagnostics: [unreadable(file, error)], notices: [] }];
  }
}

function validateDefinitions(file: string, values: Substitutions): readonly ValidatedFile[] {
  const machines = machinesInFile(file, values);
  const validated = machines.map(({ name, read }): ValidatedFile => {
    const stateMachine = machines.length > 1 ? { stateMachine: name } : {};
    try {
      const found = read();
      const diagnostics = check(JSON.stringify(found.definition), found.type).map((finding) => ({
        ...finding,
        ...found.positionOf(finding.location ?? ''),
        ...stateMachine,
      }));
      const template = found.file === file ? {} : { template: file };
      return { file: found.file, ...template, stateMachines: 1, diagnostics, notices: found.notices };
    } catch (error) {
      return {
        file,
        stateMachines: error instanceof NotLocalError ? 1 : 0,
        diagnostics: [{ ...unreadable(file, error), ...stateMachine }],
        notices: [],
      };
    }
  });
  const own = validated.filter((each) => each.file === file);
  return [
    {
      file,
      stateMachines: own.reduce((sum, { stateMachines }) => sum + stateMachines, 0),
      diagnostics: own.flatMap(({ diagnostics }) => diagnostics),
      notices: [...new Set(own.flatMap(({ notices }) => notices))],
    },
    ...validated.filter((each) => each.file !== file),
  ];
}

async function validateStack(file: string, folder: string): Promise<ValidatedFile> {
  const machines = await definitionsInStack(folder);
  const diagnostics = machines.flatMap(({ name, type, definition }) =>
    check(definition, type).map((finding) => ({
      ...finding,
      ...(machines.length > 1 && { stateMachine: name }),
    })),
  );
  return { file, stateMachines: machines.length, diagnostics, notices: [] };
}

function check(definition: string, type: 'STANDARD' | 'EXPRESS'): Finding[] {
  const { diagnostics } = validateStateMachineDefinition({ definition, type, severity: 'WARNING' });
  return diagnostics.map(({ severity, code, message, location }) => ({
    severity,
    code,
    message,
    ...(location !== undefined && { location }),
  }));
}

/** @throws any error that is not about the file */
function unreadable(file: string, error: unknown): Finding {
  if (!(error instanceof UserError)) throw error;
  const message = withoutPlace(file, error);
  if (error instanceof NotLocalError) return { severity: 'WARNING', code: 'NOT_CHECKED', message };
  const code = error instanceof SourceError ? 'INVALID_JSON_DESCRIPTION' : 'CANNOT_READ';
  return { severity: 'ERROR', code, message, ...(error instanceof SourceError && error.place) };
}

/** What is said about a file, in whole sentences, without the file's name or the position, which a finding has already. */
function withoutPlace(file: string, error: UserError): string {
  const own = error.message.startsWith(`${file} `)
    ? `The file${error.message.slice(file.length)}`
    : error.message.replace(`${file}: `, '');
  const message = error instanceof SourceError ? own.replace(POSITION, '') : own;
  return error.hint === undefined ? message : `${message.replace(/[.:]?$/, '.')} ${error.hint}`;
}

/** `: line 2, column 10` in a message for JSON, ` (line 2, column 10)` in one for YAML. */
const POSITION = /(?<=not valid JSON): line \d+, column \d+(?=:)| \(line \d+, column \d+\)$/;
