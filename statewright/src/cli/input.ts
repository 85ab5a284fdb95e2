import { existsSync } from 'node:fs';
import { MAX_PAYLOAD_BYTES } from '../asl/quotas';
import { deepJson, invalidJson } from '../json-fault';
import { UserError } from '../user-error';
import { readUserFile } from '../user-file';
import type { Option } from './command';

export const inputOption: Option = {
  type: 'list',
  value: 'JSON',
  description: 'The input of an execution, or file://PATH',
};

/**
 * Reads the value of `--input`, JSON text or `file://PATH` as in the AWS CLI, and checks it before the project is
 * synthesized.
 *
 * @throws UserError when the file cannot be read, or its text is not JSON, or over 256 KiB
 */
export function readInput(value: string): string {
  const input = value.startsWith('file://') ? readUserFile(value.slice('file://'.length)) : value;
  const size = Buffer.byteLength(input);
  if (size > MAX_PAYLOAD_BYTES) {
    throw new UserError(
      `The input is ${size} bytes long; an execution takes at most ${MAX_PAYLOAD_BYTES} (256 KiB).`,
      'Store larger data elsewhere, such as in Amazon S3, and pass its location.',
    );
  }
  const problem = invalidJson('The input', input);
  if (problem === undefined) {
    const tooDeep = deepJson('The input', JSON.parse(input));
    if (tooDeep === undefined) return input;
    throw new UserError(tooDeep);
  }
  const isFile = /\.json$/i.test(value) || existsSync(value);
  throw new UserError(
    problem,
    isFile && !value.startsWith('file://')
      ? `To read it from the file: --input file://${value}`
      : `Quote it for the shell: --input '{"fail": true}'`,
  );
}

const MAX_TITLE = 80;

/** The title of an execution, with its input on one line: `Execution with {"fail": true}`. */
export function titleOf(input: string): string {
  const text = input.trim();
  const line = text.includes('\n') ? JSON.stringify(JSON.parse(text)) : text.replaceAll('\t', ' ');
  return `Execution with ${line.length > MAX_TITLE ? `${line.slice(0, MAX_TITLE)}…` : line}`;
}
