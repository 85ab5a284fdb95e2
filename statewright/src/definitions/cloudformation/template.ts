import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { objectOf, ownField } from '../../asl/graph';
import { checkReadable, readUserFile } from '../../user-file';
import { parseSource } from '../source-text';

/** A template and its file. */
export interface Template {
  readonly file: string;
  readonly text: string;
  readonly value: unknown;
  /** What the names of resources begin with that have no name of their own: those of a nested stack (default: nothing). */
  readonly namePrefix?: string;
}

/** Whether a value is a CloudFormation or SAM template. */
export const isTemplate = (value: unknown): boolean => objectOf(ownField(value, 'Resources')) !== undefined;

/** The path of a file that a template names; undefined for an address, such as of an object in S3. */
export function localPath(template: Template, location: unknown): string | undefined {
  const isLocal = typeof location === 'string' && location !== '' && !/^(?:[a-z0-9]+:|\/\/)/i.test(location);
  if (!isLocal) return undefined;
  return isAbsolute(location) ? location : join(dirname(template.file), location);
}

/** Whether a file exists. @throws UserError for one that may not be read, whether or not it exists */
export function hasFile(path: string): boolean {
  checkReadable(path);
  return existsSync(path);
}

/** The value of a file in JSON or YAML. @throws UserError */
export const valueOfFile = (file: string): unknown => parseSource(readUserFile(file), file);

/** The template in a file. @throws UserError */
export function templateIn(file: string): Template {
  const text = readUserFile(file);
  return { file, text, value: parseSource(text, file) };
}
