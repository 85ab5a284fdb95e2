import { MAX_PAYLOAD_BYTES } from '../../asl/quotas';
import type { Failure } from './failure';

/** Whether JSON text is larger than Step Functions allows. */
export function exceedsPayloadLimit(text: string): boolean {
  // A UTF-16 unit takes 3 bytes of UTF-8 at most, so most payloads need no counting.
  return text.length * 3 > MAX_PAYLOAD_BYTES && Buffer.byteLength(text) > MAX_PAYLOAD_BYTES;
}

/** @param producer the state's name, or the task's resource, as AWS writes it */
export function dataLimitExceeded(producer: string): Failure {
  return {
    error: 'States.DataLimitExceeded',
    cause: `The state/task '${producer}' returned a result with a size exceeding the maximum number of bytes service limit.`,
  };
}
