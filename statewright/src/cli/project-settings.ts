import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { objectOf } from '../asl/graph';
import { didYouMeanOneOf } from '../did-you-mean';
import { invalidJson } from '../json-fault';
import type { StackInputs } from '../terraform/scope';
import type { ValueMap } from '../terraform/value';
import { variablesInFile, variablesOf } from '../terraform/variable-files';
import { workspaceOf } from '../terraform/workspace';
import { UserError } from '../user-error';
import { readUserFile } from '../user-file';

const FILE = 'statewright.json';

/** A project's statewright.json: what `start` and `diagram` do there without `--input`. */
interface ProjectSettings {
  /** The inputs of the executions, as JSON text, by a short name. */
  readonly inputs: ReadonlyMap<string, string>;
  /** The folder for the diagrams of these executions, `<name>.svg`. */
  readonly diagrams?: string;
  /** Values of the stack that only AWS knows, by name: `{ "data.aws_subnets.n.ids": ["subnet-1"] }`. */
  readonly values: ValueMap;
  /** Files with values of the stack's variables, as for Terraform's `-var-file`. */
  readonly varFiles: readonly string[];
}

/**
 * Reads `statewright.json` of a project's folder: `{ "inputs": { "fail": { "fail": true } }, "diagrams": "docs" }`. Without
 * this file, a project has one execution, with the input `{}`.
 *
 * @throws UserError when it is not valid JSON, or has an unknown field or a value of the wrong type
 */
export function readProjectSettings(folder: string): ProjectSettings {
  const path = join(folder, FILE);
  if (!existsSync(path)) return { inputs: new Map(), values: {}, varFiles: [] };
  const text = readUserFile(path);
  const problem = invalidJson(FILE, text);
  if (problem) throw new UserError(problem);
  const settings = objectOf(JSON.parse(text)) ?? {};
  const unknown = Object.keys(settings).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) {
    throw new UserError(`${FILE} has the unknown field "${unknown}".`, didYouMeanOneOf(unknown, FIELDS));
  }
  checkTypes(settings);
  const { inputs = {}, diagrams, values = {}, varFiles = [] } = settings;
  return {
    inputs: new Map(Object.entries(inputs).map(([name, input]) => [name, JSON.stringify(input)])),
    values,
    varFiles: varFiles.map((file) => join(folder, file)),
    ...(diagrams !== undefined && { diagrams: join(folder, diagrams) }),
  };
}

/** The members of the file, after their check. */
interface FileContent {
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly diagrams?: string;
  readonly values?: ValueMap;
  readonly varFiles?: readonly string[];
}

const isText = (value: unknown): boolean => typeof value === 'string';
const isMembers = (value: unknown): boolean => objectOf(value) !== undefined;

const TYPES: Readonly<Record<keyof FileContent, readonly [is: (value: unknown) => boolean, type: string]>> = {
  diagrams: [isText, 'a string'],
  varFiles: [(value) => Array.isArray(value) && value.every(isText), 'a list of strings'],
  inputs: [isMembers, 'an object'],
  values: [isMembers, 'an object'],
};

const FIELDS = Object.keys(TYPES);

function checkTypes(
  settings: Readonly<Record<string, unknown>>,
): asserts settings is FileContent & typeof settings {
  for (const [field, [is, type]] of Object.entries(TYPES)) {
    if (settings[field] === undefined || is(settings[field])) continue;
    throw new UserError(
      `${FILE}: "${field}" must be ${type}.`,
      'For example: { "inputs": { "first": { "id": 1 } }, "diagrams": "docs", "varFiles": ["dev.tfvars"] }',
    );
  }
}

/**
 * The values of a stack that only AWS knows: those of the project in a folder, otherwise those of the current folder.
 * @throws UserError as for `readProjectSettings`
 */
export const givenValues = (path = '.'): ValueMap => settingsFor(path).values;

/**
 * The variables of a stack: those of Terraform's own files and of `TF_VAR_…`, and those of the files that the settings name.
 * And its selected workspace.
 * @throws UserError as for `readProjectSettings`, and for a file that does not exist
 */
export const stackInputs = (folder: string): StackInputs => ({
  variables: Object.assign(
    variablesOf(folder, process.env),
    ...settingsFor(folder).varFiles.map(variablesInFile),
  ),
  workspace: workspaceOf(folder, process.env),
});

const settingsFor = (path: string): ProjectSettings =>
  readProjectSettings(existsSync(join(path, FILE)) ? path : '.');
