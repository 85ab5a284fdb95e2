import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { ApiDiagnostic } from '../../asl/diagnostic';
import { findMistakes } from '../../asl/mistakes/find-mistakes';
import type { WorkflowType } from '../../asl/validation/place';
import {
  type MachineInFile,
  machinesInFile,
  machinesInText,
  NotLocalError,
  type Position,
  SourceError,
  type Substitutions,
  TemplateError,
} from '../../definitions';
import { filledInFault } from '../../json-fault';
import { validateStateMachineDefinition } from '../../local-aws/step-functions/check-definition';
import { isTerraformFile } from '../../terraform/stack-file';
import { UserError } from '../../user-error';
import { readUserFile } from '../../user-file';
import { definitionsInStack } from './stack-definitions';

/** A diagnostic of ValidateStateMachineDefinition of the Step Functions API, or a likely mistake, with its position in the file. */
export interface Finding extends Omit<ApiDiagnostic, 'code'>, Partial<Position> {
  /** The API's code, that of a likely mistake, or `CANNOT_READ` or `NOT_CHECKED` for a definition that would never reach the API. */
  readonly code: string;
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

/** The same, with what was read for it. */
interface ReadFile extends ValidatedFile {
  /** The files that Terraform configuration reads, such as the templates of its definitions. */
  readonly reads?: readonly string[];
  /** The template of a nested stack. */
  readonly nested?: string;
}

/**
 * Checks every state machine of the files as Step Functions would, and of folders with Terraform configuration, each once.
 * Never throws for their content.
 *
 * @param type the type of the state machines (default: STANDARD, or what the file says)
 * @returns the files, and each other file that they name as the definition of a state machine
 */
export async function validateFiles(
  files: readonly string[],
  values: Substitutions,
  type?: WorkflowType,
): Promise<readonly ValidatedFile[]> {
  const validated: ReadFile[] = [];
  const stacks = new Set<string>();
  for (const file of files) {
    const stack = stackFolderOf(file);
    if (stack === undefined) validated.push(...(await validateFile(file, values, type)));
    else if (!stacks.has(resolve(stack))) validated.push(...(await validateStack(file, stack)));
    if (stack !== undefined) stacks.add(resolve(stack));
  }
  return onceEach(validated);
}

/** The folder of the Terraform configuration that a path names, by itself or by one of its files; undefined for any other file. */
function stackFolderOf(path: string): string | undefined {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path;
  return isTerraformFile(path) ? dirname(path) : undefined;
}

/** A definition or a nested stack that a template or a stack fills in is not reported again with fictitious values. */
function onceEach(all: readonly ReadFile[]): readonly ValidatedFile[] {
  const inTemplate = new Set(
    all.flatMap(({ file, template }) => (template === undefined ? [] : [resolve(file)])),
  );
  const nested = new Set(all.flatMap(({ nested }) => (nested === undefined ? [] : [resolve(nested)])));
  const inStack = new Set(all.flatMap(({ reads = [] }) => reads));
  const isFilledIn = (file: string) =>
    inTemplate.has(resolve(file)) || (inStack.has(resolve(file)) && /[$%]\{/.test(readUserFile(file)));
  return all
    .filter(({ file, template }) => !nested.has(resolve(template ?? file)))
    .filter(({ file, template }) => template !== undefined || !isFilledIn(file))
    .map(({ reads: _, nested: __, ...file }) => file);
}

function validateFile(
  file: string,
  values: Substitutions,
  type: WorkflowType | undefined,
): Promise<readonly ReadFile[]> {
  return orUnreadable(file, async () => validateMachines(file, machinesInFile(file, values), type));
}

/**
 * The same for a text that is in no file.
 *
 * @param name as that of its file would be, such as `definition.json`
 */
export async function validateText(
  text: string,
  name: string,
  values: Substitutions,
  type?: WorkflowType,
): Promise<readonly ValidatedFile[]> {
  const validate = async () => validateMachines(name, machinesInText(text, name, values), type);
  return onceEach(await orUnreadable(name, validate));
}

async function orUnreadable(
  file: string,
  validated: () => Promise<readonly ReadFile[]>,
): Promise<readonly ReadFile[]> {
  try {
    return await validated();
  } catch (error) {
    return [{ file, stateMachines: 0, diagnostics: [unreadable(file, error)], notices: [] }];
  }
}

function validateMachines(
  file: string,
  machines: readonly MachineInFile[],
  type: WorkflowType | undefined,
): readonly ReadFile[] {
  const validated = machines.map(({ name, read }): ReadFile => {
    const stateMachine = machines.length > 1 ? { stateMachine: name } : {};
    try {
      const found = read();
      const diagnostics = check(JSON.stringify(found.definition), type ?? found.type).map((finding) => ({
        ...finding,
        ...found.positionOf(finding.location ?? ''),
        ...stateMachine,
      }));
      return {
        file: found.file,
        ...(found.file !== file && { template: file }),
        ...(found.template !== undefined && found.template !== file && { nested: found.template }),
        stateMachines: 1,
        diagnostics,
        notices: found.notices,
      };
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

function validateStack(file: string, folder: string): Promise<readonly ReadFile[]> {
  return orUnreadable(file, async () => {
    const reads: string[] = [];
    const machines = await definitionsInStack(folder, (path) => reads.push(path));
    const diagnostics = machines.flatMap(({ name, type, definition }) =>
      checkFilledIn(definition, type).map((finding) => ({
        ...finding,
        ...(machines.length > 1 && { stateMachine: name }),
      })),
    );
    return [{ file, reads, stateMachines: machines.length, diagnostics, notices: [] }];
  });
}

/** A definition that is in no file: where it is not JSON, the finding shows the text there. */
function checkFilledIn(definition: string, type: WorkflowType): Finding[] {
  const message = filledInFault('The definition', definition);
  if (message === undefined) return check(definition, type);
  return [{ severity: 'ERROR', code: 'INVALID_JSON_DESCRIPTION', message }];
}

function check(definition: string, type: WorkflowType): Finding[] {
  const { diagnostics } = validateStateMachineDefinition({ definition, type, severity: 'WARNING' });
  const found = diagnostics.map(({ severity, code, message, location }) => ({
    severity,
    code,
    message,
    ...(location !== undefined && { location }),
  }));
  // A fault often has others as its consequence.
  if (found.some(({ severity }) => severity === 'ERROR')) return found;
  const mistakes = findMistakes(JSON.parse(definition));
  return [...found, ...mistakes.map((mistake) => ({ severity: 'WARNING' as const, ...mistake }))];
}

/** @throws any error that is not about the file */
function unreadable(file: string, error: unknown): Finding {
  if (!(error instanceof UserError)) throw error;
  const message = withoutPlace(file, error);
  if (error instanceof NotLocalError) return { severity: 'WARNING', code: 'NOT_CHECKED', message };
  const code = error instanceof SourceError ? 'INVALID_JSON_DESCRIPTION' : 'CANNOT_READ';
  return { severity: 'ERROR', code, message, ...(hasPlace(error) && error.place) };
}

const hasPlace = (error: unknown) => error instanceof SourceError || error instanceof TemplateError;

/** What is said about a file, in whole sentences, without the file's name or the position, which a finding has already. */
function withoutPlace(file: string, error: UserError): string {
  const own = error instanceof TemplateError ? error.problem : withoutFile(file, error);
  const message = error instanceof SourceError ? own.replace(POSITION, '') : own;
  return error.hint === undefined ? message : `${message.replace(/[.:]?$/, '.')} ${error.hint}`;
}

function withoutFile(file: string, error: UserError): string {
  return error.message.startsWith(`${file} `)
    ? `The file${error.message.slice(file.length)}`
    : error.message.replace(`${file}: `, '');
}

/** `: line 2, column 10` in messages for JSON, ` (line 2, column 10)` in one for YAML. */
const POSITION = /(?<=not valid JSON|a duplicate key): line \d+, column \d+(?=:)| \(line \d+, column \d+\)$/;
