import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { objectOf } from '../asl/graph';
import { didYouMeanOneOf } from '../did-you-mean';
import { invalidJson } from '../json-fault';
import type { ValueMap } from '../terraform/value';
import { UserError } from '../user-error';
import { readUserFile } from '../user-file';

const FILE = 'statewright.json';
const FIELDS = ['inputs', 'diagrams', 'values'];

/** A project's statewright.json: what `start` and `diagram` do there without `--input`. */
export interface ProjectSettings {
  /** The inputs of the executions, as JSON text, by a short name. */
  readonly inputs: ReadonlyMap<string, string>;
  /** The folder for the diagrams of these executions, `<name>.svg`. */
  readonly diagrams?: string;
  /** Values of the stack that only AWS knows, by name: `{ "data.aws_subnets.n.ids": ["subnet-1"] }`. */
  readonly values: ValueMap;
}

/**
 * Reads `statewright.json` of a project's folder: `{ "inputs": { "fail": { "fail": true } }, "diagrams": "docs" }`. Without
 * this file, a project has one execution, with the input `{}`.
 *
 * @throws UserError when it is not valid JSON, or has an unknown field or a value of the wrong type
 */
export function readProjectSettings(folder: string): ProjectSettings {
  const path = join(folder, FILE);
  if (!existsSync(path)) return { inputs: new Map(), values: {} };
  const text = readUserFile(path);
  const problem = invalidJson(FILE, text);
  if (problem) throw new UserError(problem);
  const settings = objectOf(JSON.parse(text)) ?? {};
  const unknown = Object.keys(settings).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) {
    throw new UserError(`${FILE} has the unknown field "${unknown}".`, didYouMeanOneOf(unknown, FIELDS));
  }
  const { inputs = {}, diagrams, values = {} } = settings;
  const named = objectOf(inputs);
  const given = objectOf(values);
  const isFolder = diagrams === undefined || typeof diagrams === 'string';
  if (!named || !given || !isFolder) {
    const wrong = isFolder
      ? `"${named ? 'values' : 'inputs'}" must be an object`
      : '"diagrams" must be a string';
    throw new UserError(
      `${FILE}: ${wrong}.`,
      'For example: { "inputs": { "first": { "id": 1 } }, "diagrams": "docs" }',
    );
  }
  return {
    inputs: new Map(Object.entries(named).map(([name, input]) => [name, JSON.stringify(input)])),
    values: given as ValueMap,
    ...(diagrams !== undefined && { diagrams: join(folder, diagrams as string) }),
  };
}

/**
 * The values of a stack that only AWS knows: those of the project in a folder, otherwise those of the current folder.
 * @throws UserError as for `readProjectSettings`
 */
export function givenValues(path = '.'): ValueMap {
  return readProjectSettings(existsSync(join(path, FILE)) ? path : '.').values;
}
