import type { EnvironmentOutcome, ProcessExit } from './execution-environment';

/** The answer to the caller, and what the log says. */
export interface InvocationResult {
  /** What the runtime answered: usually JSON text. */
  readonly payload: string;
  readonly failed: boolean;
  /** Set when the environment failed, not only the handler's code. */
  readonly fault?: { readonly errorType: string; readonly message: string };
  /** The error type in the report, if any; the caller may receive another one. */
  readonly errorType?: string;
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

/** Lambda's answer for the outcome of an invocation or its init phase. `timeout` is in seconds. */
export function resultOf(
  outcome: EnvironmentOutcome,
  requestId: string,
  timeout: number,
  phase: 'init' | 'invoke',
): InvocationResult {
  switch (outcome.kind) {
    case 'ready':
      return { payload: 'null', failed: false };
    case 'response':
      return { payload: outcome.payload, failed: false, ...endOf(outcome.exit) };
    case 'tooLarge':
      return {
        payload: JSON.stringify({
          errorType: 'Function.ResponseSizeTooLarge',
          errorMessage: `Response payload size (${outcome.size} bytes) exceeded maximum allowed payload size (6291556 bytes).`,
        }),
        failed: true,
        ...endOf(outcome.exit),
      };
    case 'error':
      return {
        payload: outcome.payload,
        failed: true,
        ...(phase === 'init' ? { errorType: outcome.errorType } : endOf(outcome.exit)),
      };
    case 'exit':
      return faulty('Runtime.ExitError', exitMessage(outcome), requestId);
    case 'invalidEntrypoint':
      return faulty('Runtime.InvalidEntrypoint', outcome.message, requestId);
    case 'outOfMemory':
      // The kernel killed the runtime. The caller learns only that; the report also says why.
      return {
        ...faulty('Runtime.ExitError', exitMessage({ status: null, signal: 'SIGKILL' }), requestId),
        errorType: 'Runtime.OutOfMemory',
      };
    case 'timeout':
      return faulty('Sandbox.Timedout', `Task timed out after ${timeout.toFixed(2)} seconds`, requestId);
  }
}

/** The end of the runtime after its answer is a separate error, which the caller does not learn of. */
function endOf(exit: ProcessExit | undefined): Pick<InvocationResult, 'fault' | 'errorType'> {
  if (exit === undefined) return {};
  const errorType = 'Runtime.ExitError';
  return { fault: { errorType, message: exitMessage(exit) }, errorType };
}

function faulty(errorType: string, message: string, requestId: string): InvocationResult {
  const errorMessage = `RequestId: ${requestId} Error: ${message}`;
  return {
    payload: JSON.stringify({ errorType, errorMessage }),
    failed: true,
    fault: { errorType, message },
    errorType,
  };
}

function exitMessage({ status, signal }: ProcessExit): string {
  if (signal !== null) return `Runtime exited with error: signal: ${SIGNALS[signal] ?? signal}`;
  if (status === null || status === 0) return 'Runtime exited without providing a reason';
  return `Runtime exited with error: exit status ${status}`;
}
