import type { StartForm } from './parts/start-form';

/** Bytes of UTF-8 (Step Functions Developer Guide, "Service quotas", quotas related to state machine executions). */
const MAX_INPUT = 262_144;

/** What AWS would refuse, told before it is asked; undefined for what is in order. */
export function problemOf({ input, name }: StartForm): StartForm['problem'] {
  const syntax = jsonProblem(input);
  if (syntax) return { field: 'input', message: `The input is not JSON: ${syntax}` };
  const size = Buffer.byteLength(input);
  if (size > MAX_INPUT) {
    return { field: 'input', message: `The input has ${size} bytes; at most ${MAX_INPUT} are allowed` };
  }
  if (name !== '' && !/^[A-Za-z0-9_-]{1,80}$/.test(name)) {
    return { field: 'name', message: 'A name has at most 80 letters, digits, - and _' };
  }
  return undefined;
}

function jsonProblem(text: string): string | undefined {
  if (text.trim() === '') return 'it is empty; write {} for no input';
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
