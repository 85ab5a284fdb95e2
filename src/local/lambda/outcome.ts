import type { EnvironmentOutcome } from './environment';

/** What the caller is answered, and what the log says of it. */
export interface InvocationResult {
  /** JSON text. */
  readonly payload: string;
  readonly failed: boolean;
  /** Set when the environment was at fault, not just the handler's code. */
  readonly fault?: { readonly errorType: string; readonly message: string };
}

/** AWS's words for signals, which are those of Linux. */
const SIGNALS: Readonly<Record<string, string>> = {
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGFPE: 'floating point exception',
  SIGILL: 'illegal instruction',
  SIGINT: 'interrupt',
  SIGKILL: 'killed',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
};

/** Words an outcome as Lambda answers it. `timeout` is in seconds. */
export function resultOf(outcome: EnvironmentOutcome, requestId: string, timeout: number): InvocationResult {
  switch (outcome.kind) {
    case 'ready':
      return { payload: 'null', failed: false };
    case 'response':
      return { payload: outcome.payload, failed: false };
    case 'tooLarge':
      return {
        payload: JSON.stringify({
          errorMessage: 'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
          errorType: 'Function.ResponseSizeTooLarge',
        }),
        failed: true,
      };
    case 'error':
      return {
        payload: JSON.stringify(outcome.error),
        failed: true,
        ...(outcome.exitStatus !== undefined && {
          fault: { errorType: 'Runtime.ExitError', message: exitMessage(outcome.exitStatus, null) },
        }),
      };
    case 'exit':
      return faulty('Runtime.ExitError', exitMessage(outcome.status, outcome.signal), requestId);
    case 'outOfMemory':
      return faulty('Runtime.OutOfMemory', exitMessage(null, 'SIGKILL'), requestId);
    case 'timeout':
      return faulty('Sandbox.Timedout', `Task timed out after ${timeout.toFixed(2)} seconds`, requestId);
  }
}

function faulty(errorType: string, message: string, requestId: string): InvocationResult {
  const errorMessage = `RequestId: ${requestId} Error: ${message}`;
  return {
    payload: JSON.stringify({ errorType, errorMessage }),
    failed: true,
    fault: { errorType, message },
  };
}

function exitMessage(status: number | null, signal: NodeJS.Signals | null): string {
  if (signal !== null) return `Runtime exited with error: signal: ${SIGNALS[signal] ?? signal}`;
  if (status === null || status === 0) return 'Runtime exited without providing a reason';
  return `Runtime exited with error: exit status ${status}`;
}
