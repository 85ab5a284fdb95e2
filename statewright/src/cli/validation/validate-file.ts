import { machinesInFile, SourceError, type Substitutions } from '../../definitions';
import { validateStateMachineDefinition } from '../../local-aws/step-functions/check-definition';
import { UserError } from '../../user-error';
import { definitionsInStack } from './stack-definitions';

/** One thing that is wrong, as ValidateStateMachineDefinition of the Step Functions API says it, with its place. */
export interface Finding {
  readonly severity: 'ERROR' | 'WARNING';
  /** One of the API's codes; `CANNOT_READ` for what never gets as far as the API. */
  readonly code: string;
  readonly message: string;
  /** Such as `/States/Test/Next`, where the API names one. */
  readonly location?: string;
  /** From 1. */
  readonly line?: number;
  readonly column?: number;
  /** The state machine, where the file has more than one. */
  readonly stateMachine?: string;
}

/** What was found out about a file. */
export interface ValidatedFile {
  readonly file: string;
  /** The template that names this file as a definition. */
  readonly template?: string;
  /** How many state machines it has. */
  readonly stateMachines: number;
  readonly diagnostics: readonly Finding[];
  /** What had to be made up; whole sentences. */
  readonly notices: readonly string[];
}

/**
 * Checks every state machine of a file as Step Functions would. Never throws for what the file holds.
 *
 * @returns the file, and each other file that it names as the definition of a state machine
 */
export async function validateFile(file: string, values: Substitutions): Promise<readonly ValidatedFile[]> {
  try {
    return file.endsWith('.tf.json') ? [await validateStack(file)] : validateDefinitions(file, values);
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
        stateMachines: 1,
        diagnostics: [{ ...unreadable(file, error), ...stateMachine }],
        notices: [],
      };
    }
  });
  const own = validated.filter((each) => each.file === file);
  return [
    {
      file,
      stateMachines: own.length,
      diagnostics: own.flatMap(({ diagnostics }) => diagnostics),
      notices: [...new Set(own.flatMap(({ notices }) => notices))],
    },
    ...validated.filter((each) => each.file !== file),
  ];
}

async function validateStack(file: string): Promise<ValidatedFile> {
  const machines = await definitionsInStack(file);
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

/** @throws whatever is not about the file */
function unreadable(file: string, error: unknown): Finding {
  if (!(error instanceof UserError)) throw error;
  const code = error instanceof SourceError ? 'INVALID_JSON_DESCRIPTION' : 'CANNOT_READ';
  const message = error.message.startsWith(`${file} `) ? error.message.slice(file.length + 1) : error.message;
  return {
    severity: 'ERROR',
    code,
    message: error.hint === undefined ? message : `${message} ${error.hint}`,
    ...(error instanceof SourceError && error.place),
  };
}
