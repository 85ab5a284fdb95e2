import { AwsError } from '../aws-error';
import { validationError } from './check';
import { jsonFault } from './json-fault';

/** Bytes of UTF-8 (Step Functions Developer Guide, "Service quotas"). */
const maximumSize = 262_144;

/** Refuses an input that is not JSON, or too big. Whatever is JSON will do: also a number, a string or null. */
export function checkExecutionInput(input: string): void {
  if (input.length > maximumSize) {
    throw validationError("Value at 'input'", `Member must have length less than or equal to ${maximumSize}`);
  }
  const size = Buffer.byteLength(input);
  if (size > maximumSize)
    throw invalidInput(`The input is ${size} bytes long, above the limit of ${maximumSize}.`);
  if (input.trim() === '') throw invalidInput('Invalid execution input.');
  const fault = jsonFault(input);
  if (fault) throw invalidInput(fault.message);
}

const invalidInput = (reason: string) =>
  new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${reason}'`);
