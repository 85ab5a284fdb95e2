import { MAX_PAYLOAD_BYTES } from '../asl/quotas';
import { invalidJson } from '../json-fault';
import type { StartForm } from './parts/start-form';

/** What AWS would reject, checked before the request; undefined if nothing is wrong. */
export function problemOf({ input, name }: StartForm): StartForm['problem'] {
  if (input.trim() === '') return { field: 'input', message: 'The input is empty: write {} for no input' };
  const problem = invalidJson('The input', input);
  if (problem) return { field: 'input', message: problem };
  const size = Buffer.byteLength(input);
  if (size > MAX_PAYLOAD_BYTES) {
    return {
      field: 'input',
      message: `The input has ${size} bytes; at most ${MAX_PAYLOAD_BYTES} are allowed`,
    };
  }
  if (name !== '' && !/^[A-Za-z0-9_-]{1,80}$/.test(name)) {
    return { field: 'name', message: 'A name has at most 80 letters, digits, - and _' };
  }
  return undefined;
}

/** An AWS error with its code. */
export interface Refusal extends Error {
  readonly code: string;
}

export const isRefusal = (error: unknown): error is Refusal => error instanceof Error && 'code' in error;

const FIELDS: Readonly<Record<string, 'input' | 'name'>> = {
  InvalidExecutionInput: 'input',
  InvalidName: 'name',
  ExecutionAlreadyExists: 'name',
};

/** What AWS has rejected, with the field. */
export function problemIn({ code, message }: Refusal): NonNullable<StartForm['problem']> {
  return { field: FIELDS[code] ?? 'form', message };
}
