import { parse } from 'lossless-json';
import { MAX_PAYLOAD_BYTES } from '../asl/quotas';
import type { StartForm } from './parts/start-form';

/** What AWS would refuse, told before it is asked; undefined for what is in order. */
export function problemOf({ input, name }: StartForm): StartForm['problem'] {
  const syntax = jsonProblem(input);
  if (syntax) return { field: 'input', message: `The input is not JSON: ${syntax}` };
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

/** An error of AWS, which names its kind. */
export interface Refusal extends Error {
  readonly code: string;
}

const FIELDS: Readonly<Record<string, 'input' | 'name'>> = {
  InvalidExecutionInput: 'input',
  InvalidName: 'name',
  ExecutionAlreadyExists: 'name',
};

/** What AWS has refused, at the field that it is about. */
export function problemIn({ code, message }: Refusal): NonNullable<StartForm['problem']> {
  return { field: FIELDS[code] ?? 'form', message };
}

/** Where and why a text is not JSON: JavaScript's own words differ from one version to the next, and may not say where. */
function jsonProblem(text: string): string | undefined {
  if (text.trim() === '') return 'it is empty; write {} for no input';
  try {
    JSON.parse(text);
    return undefined;
  } catch {
    return jsonFault(text);
  }
}

function jsonFault(text: string): string {
  try {
    parse(text);
    return 'it has a character that may not stand in JSON';
  } catch (error) {
    const [, reason = String(error), at = '0'] =
      /^(.*) at position (\d+)/s.exec((error as Error).message) ?? [];
    const before = text.slice(0, Number(at)).split('\n');
    return `${reason} (line ${before.length}, column ${(before.at(-1) ?? '').length + 1})`;
  }
}
