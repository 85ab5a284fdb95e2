import { extname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { objectOf } from '../asl/graph';
import { didYouMeanOneOf } from '../did-you-mean';
import { deepJson, invalidJson } from '../json-fault';
import { UserError } from '../user-error';
import { readUserFile } from '../user-file';
import { type Answer, AnswerError, calls, returns, sequence, takes, throws } from './answers';
import { importModule } from './import-module.cjs';

/** A file of stand-ins that cannot be used. */
class StandInsFileError extends UserError {
  override readonly name = 'StandInsFileError';
}

/** The stand-ins, by the name of a state, a Lambda function or a resource such as `sqs:sendMessage`. */
export type StandInAnswers = ReadonlyMap<string, Answer>;

const MODULES = ['.js', '.cjs', '.mjs', '.ts', '.cts', '.mts'];
const FIELDS = ['result', 'error', 'cause', 'takes'];

/**
 * Reads stand-ins from a file: JSON, or a module whose default export (or `module.exports`) is the same, and may
 * also contain functions and the answers of the testing kit. For each name:
 *
 * - `{ "result": … }`: the result of the function or the service;
 * - `{ "error": "CardDeclined", "cause": "…" }`: it fails with this error;
 * - a list of these: one after the other; the last one repeats.
 *
 * `"takes"` is the time until the answer, in milliseconds.
 *
 * @throws StandInsFileError with the file and the name
 */
export async function readStandInsFile(path: string): Promise<StandInAnswers> {
  return standInsIn(isStandInsModule(path) ? await load(path) : parse(path), path);
}

/** Whether a file of stand-ins is a module, whose code runs when it is read. */
export const isStandInsModule = (path: string): boolean => MODULES.includes(extname(path));

/** The stand-ins of a value. @param place its name for errors. @throws StandInsFileError */
export function standInsIn(content: unknown, place: string): StandInAnswers {
  const entries = objectOf(content);
  if (!entries) {
    throw new StandInsFileError(`${place} must be an object: one stand-in per name.`, EXAMPLE);
  }
  return new Map(
    Object.entries(entries).map(([name, value]) => [name, answerIn(value, `${place}: "${name}"`)]),
  );
}

const EXAMPLE =
  'For example: { "Charge": { "result": { "id": 1 } } }. See "Stand-ins in a file" in node_modules/statewright/docs/testing.md.';

function parse(path: string): unknown {
  let text: string;
  try {
    text = readUserFile(path);
  } catch (error) {
    throw new StandInsFileError((error as UserError).message, (error as UserError).hint);
  }
  const problem = invalidJson(path, text);
  if (problem) throw new StandInsFileError(problem, EXAMPLE);
  const content: unknown = JSON.parse(text);
  const tooDeep = deepJson(path, content);
  if (tooDeep) throw new StandInsFileError(tooDeep);
  return content;
}

async function load(path: string): Promise<unknown> {
  const url = pathToFileURL(resolve(path)).href;
  try {
    return defaultExport(await importModule(url));
  } catch (error) {
    throw new StandInsFileError(syntaxError(path) ?? `${path} cannot be loaded: ${(error as Error).message}`);
  }
}

/** The first syntax error of a module with its position, which Node's own error does not have; undefined without one. */
function syntaxError(path: string): string | undefined {
  const { transformSync } = require('esbuild') as typeof import('esbuild');
  const source = readUserFile(path);
  try {
    transformSync(source, { loader: path.endsWith('ts') ? 'ts' : 'js', logLevel: 'silent' });
    return undefined;
  } catch (error) {
    const [first] = (error as import('esbuild').TransformFailure).errors ?? [];
    if (!first?.location) return undefined;
    const { line, column } = first.location;
    return `${path} has a syntax error: line ${line}, column ${column + 1}: ${first.text}`;
  }
}

/** A CommonJS module may be wrapped twice. A module without a default export has named ones. */
function defaultExport(module: unknown): unknown {
  const outer = objectOf(module) ?? {};
  if (!('default' in outer)) return { ...outer };
  const inner = objectOf(outer.default);
  return inner && inner.__esModule === true && 'default' in inner ? inner.default : outer.default;
}

/** @param place for errors */
function answerIn(value: unknown, place: string): Answer {
  if (typeof value === 'function') return calls(value as (input: never) => unknown);
  if (Array.isArray(value)) {
    const [first, ...more] = value.map((item, index) => answerIn(item, `${place}[${index}]`));
    if (first === undefined) throw new StandInsFileError(`${place} is an empty list.`, EXAMPLE);
    return sequence(first, ...more);
  }
  const fields = objectOf(value);
  if (!fields) {
    const shown = JSON.stringify(value);
    throw new StandInsFileError(
      `${place} is ${shown}, which is not a stand-in.`,
      `To answer with that value: { "result": ${shown} }`,
    );
  }
  if (typeof fields.begin === 'function') return fields as unknown as Answer;
  const unknown = Object.keys(fields).find((field) => !FIELDS.includes(field));
  if (unknown !== undefined) {
    throw new StandInsFileError(
      `${place} has the unknown field "${unknown}".`,
      didYouMeanOneOf(unknown, FIELDS),
    );
  }
  return written(fields, place);
}

function written(fields: Readonly<Record<string, unknown>>, place: string): Answer {
  const { result, error, cause = '', takes: time } = fields;
  if ('result' in fields === 'error' in fields) {
    const problem =
      'result' in fields ? 'has both a result and an error' : 'has neither a result nor an error';
    throw new StandInsFileError(`${place} ${problem}.`, EXAMPLE);
  }
  if ('result' in fields && 'cause' in fields) {
    throw new StandInsFileError(`${place} has a cause without an error.`, EXAMPLE);
  }
  for (const [name, text] of [
    ['error', error ?? ''],
    ['cause', cause],
  ] as const) {
    if (typeof text !== 'string') throw new StandInsFileError(`${place}: ${name} must be a string.`, EXAMPLE);
  }
  try {
    const answer = 'error' in fields ? throws(error as string, cause as string) : returns(result);
    return time === undefined ? answer : takes(time as number, answer);
  } catch (fault) {
    if (fault instanceof AnswerError) throw new StandInsFileError(`${place}: ${fault.message}`);
    throw fault;
  }
}
