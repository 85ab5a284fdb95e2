import type { AccountContext } from '../account-context';
import type { VersionRecord } from './configuration';
import type { Environment, EnvironmentOutcome } from './environment';
import type { Lease } from './environment-pool';
import type { FunctionLog } from './function-log';
import { type InvocationResult, resultOf } from './outcome';
import { type PlatformLog, platformLog } from './platform-log';

/** One call of a function. */
export interface Invocation {
  readonly requestId: string;
  readonly version: VersionRecord;
  /** As the caller named it, with its qualifier. */
  readonly functionArn: string;
  /** JSON text. */
  readonly event: string;
  readonly clientContext?: unknown;
}

/** AWS lets the init phase take 10 seconds. */
const INIT_SECONDS = 10;

/** Takes one invocation through an environment, and writes its log. */
export async function runInvocation(
  context: AccountContext,
  { environment, cold }: Lease,
  log: FunctionLog,
  invocation: Invocation,
): Promise<InvocationResult> {
  const { requestId, version } = invocation;
  const platform = platformLog(version, context.clock.now);
  const write = (lines: readonly string[]) => {
    for (const line of lines) log.write(line);
  };
  log.begin();
  environment.onLine = (text) => log.write(text);
  if (cold) write(platform.initStart());

  const { outcome: init, duration: initDuration } = await environment.init;
  const started = init.kind === 'ready';
  if (!started) {
    write(platform.initFailed(initDuration, errorTypeOf(init, requestId)));
  }
  write(platform.start(requestId));
  const { outcome, duration } = started
    ? await invoke(environment, invocation)
    : { outcome: init, duration: initDuration };
  const result = resultOf(outcome, requestId, started ? version.Timeout : INIT_SECONDS);
  write(
    ending(platform, requestId, result, {
      duration,
      maxMemoryUsed: environment.maxMemoryUsed,
      ...(cold && started && { initDuration }),
    }),
  );
  return result;
}

async function invoke(environment: Environment, invocation: Invocation) {
  const timeout = invocation.version.Timeout * 1000;
  const start = performance.now();
  const outcome = await environment.invoke({
    requestId: invocation.requestId,
    event: invocation.event,
    timeout,
    functionArn: invocation.functionArn,
    clientContext: invocation.clientContext,
  });
  // A timer may be late; what AWS reports, and bills, is the timeout itself.
  return { outcome, duration: outcome.kind === 'timeout' ? timeout : performance.now() - start };
}

function ending(
  platform: PlatformLog,
  requestId: string,
  { failed, fault }: InvocationResult,
  times: { readonly duration: number; readonly maxMemoryUsed: number; readonly initDuration?: number },
): string[] {
  const status = !failed ? 'success' : fault?.errorType === 'Sandbox.Timedout' ? 'timeout' : 'error';
  return [
    ...(fault ? platform.fault(requestId, fault.message, fault.errorType) : []),
    ...platform.end(requestId, { ...times, status, ...(fault && { errorType: fault.errorType }) }),
  ];
}

function errorTypeOf(outcome: EnvironmentOutcome, requestId: string): string {
  const { fault } = resultOf(outcome, requestId, INIT_SECONDS);
  return outcome.kind === 'error' ? outcome.error.errorType : (fault?.errorType ?? 'Runtime.Unknown');
}
