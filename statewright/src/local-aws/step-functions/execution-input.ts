import { MAX_PAYLOAD_BYTES } from '../../asl/quotas';
import { AwsError } from '../aws-error';
import { jacksonFault } from '../jackson-fault';
import { validationError } from './check';

/** Refuses an input that is not JSON, or too big. Whatever is JSON will do: also a number, a string or null. */
export function checkExecutionInput(input: string): void {
  if (input.length > MAX_PAYLOAD_BYTES) {
    throw validationError(
      "Value at 'input'",
      `Member must have length less than or equal to ${MAX_PAYLOAD_BYTES}`,
    );
  }
  const size = Buffer.byteLength(input);
  if (size > MAX_PAYLOAD_BYTES)
    throw invalidInput(`The input is ${size} bytes long, above the limit of ${MAX_PAYLOAD_BYTES}.`);
  if (input.trim() === '') throw invalidInput('Invalid execution input.');
  const fault = jacksonFault(input);
  if (fault) throw invalidInput(fault.message);
}

const invalidInput = (reason: string) =>
  new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${reason}'`);
