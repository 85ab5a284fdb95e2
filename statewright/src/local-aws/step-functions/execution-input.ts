import { MAX_PAYLOAD_BYTES } from '../../asl/quotas';
import { AwsError } from '../aws-error';
import { jacksonFault } from '../jackson-fault';

/** Refuses an input that is not valid JSON or is too large. Any JSON value works, also a number, a string or null. */
export function checkExecutionInput(input: string): void {
  const size = Buffer.byteLength(input);
  if (size > MAX_PAYLOAD_BYTES)
    throw invalidInput(`The input is ${size} bytes long, above the limit of ${MAX_PAYLOAD_BYTES}.`);
  if (input.trim() === '') throw invalidInput('Invalid execution input.');
  const fault = jacksonFault(input);
  if (fault) throw invalidInput(fault.message);
}

const invalidInput = (reason: string) =>
  new AwsError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${reason}'`);
