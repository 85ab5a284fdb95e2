import { createHash } from 'node:crypto';

/** An invocation's place in an X-Ray trace. X-Ray is not supported: no trace is recorded under the ids. */
export interface Trace {
  readonly traceId: string;
  readonly segmentId: string;
  /** AWS samples some of a tracing function's requests; here all of them are. */
  readonly sampled: boolean;
  /** As a function finds it in `_X_AMZN_TRACE_ID` (X-Ray Developer Guide, "Tracing header"). */
  readonly header: string;
}

/**
 * Starts the trace of an invocation.
 * @param now epoch milliseconds; the trace id contains them in seconds
 */
export function beginTrace(requestId: string, sampled: boolean, now: number): Trace {
  const digits = createHash('sha256').update(requestId).digest('hex');
  const time = Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0');
  const traceId = `1-${time}-${digits.slice(0, 24)}`;
  const segmentId = digits.slice(24, 40);
  return {
    traceId,
    segmentId,
    sampled,
    header: `Root=${traceId};Parent=${segmentId};Sampled=${sampled ? 1 : 0}`,
  };
}
