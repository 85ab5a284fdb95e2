import type { AccountContext } from '../account-context';
import type { VersionRecord } from './configuration';

import type { Lease } from './environment-pool';
import type { EnvironmentOutcome, ExecutionEnvironment } from './execution-environment';
import type { FunctionLog } from './function-log';
import { type InvocationResult, resultOf } from './outcome';
import { type PlatformLog, platformLog } from './platform-log';
import { beginTrace, type Trace } from './trace';

/** A call of a function. */
export interface Invocation {
  readonly requestId: string;
  readonly version: VersionRecord;
  /** The ARN that the caller used, with its qualifier. */
  readonly functionArn: string;
  /** JSON text. */
  readonly event: string;
  readonly clientContext?: unknown;
  /** Receives the response of a function that streams it. */
  readonly onChunk?: (bytes: Buffer) => void;
}

/** How an invocation ended, or its init phase if that failed. */
interface Ending {
  readonly outcome: EnvironmentOutcome;
  readonly phase: 'init' | 'invoke';
  /** In milliseconds. */
  readonly duration: number;
  /** How long the init phase before the invocation took, in milliseconds. */
  readonly initDuration?: number;
}

/** Runs one invocation in an environment and writes its log. */
export const runInvocation = (
  context: AccountContext,
  lease: Lease,
  log: FunctionLog,
  invocation: Invocation,
): Promise<InvocationResult> => new InvocationRun(context, lease, log, invocation).run();

class InvocationRun {
  readonly #trace: Trace;
  readonly #platform: PlatformLog;
  #environment: ExecutionEnvironment;
  readonly #lease: Lease;
  readonly #log: FunctionLog;
  readonly #invocation: Invocation;

  constructor({ clock }: AccountContext, lease: Lease, log: FunctionLog, invocation: Invocation) {
    this.#lease = lease;
    this.#log = log;
    this.#invocation = invocation;

    const { requestId, version } = invocation;
    this.#trace = beginTrace(requestId, version.TracingMode === 'Active', clock.now());
    this.#platform = platformLog(version, this.#trace, clock.now);
    this.#environment = lease.environment;
  }

  async run(): Promise<InvocationResult> {
    const { requestId, version } = this.#invocation;
    this.#log.begin();
    this.#listen();
    if (this.#lease.cold) this.#write(this.#platform.initStart(this.#environment.runtimeVersion));
    const { outcome, phase, ...times } = await this.#runPhases();
    const result = resultOf(outcome, requestId, version.Timeout, phase);
    const { failed, fault, errorType } = result;
    const timedOut = outcome.kind === 'timeout';
    if (fault) this.#write(this.#platform.fault(requestId, fault.message, fault.errorType));
    this.#write(
      this.#platform.end(requestId, {
        ...times,
        maxMemoryUsed: this.#environment.maxMemoryUsed,
        status: errorType === undefined && !failed ? 'success' : timedOut ? 'timeout' : 'error',
        ...(errorType !== undefined && !timedOut && { errorType }),
      }),
    );
    return result;
  }

  async #runPhases(): Promise<Ending> {
    const { cold } = this.#lease;
    const { outcome, duration } = await this.#environment.init;
    if (outcome.kind !== 'ready') {
      this.#reportInit('init', outcome, duration);
      return this.#initAgain();
    }
    if (cold) this.#reportInit('init', outcome, duration);
    const ending = await this.#invoke(0);
    return cold ? { ...ending, initDuration: duration } : ending;
  }

  /**
   * After a failed init phase, Lambda runs it once more as a part of the invocation, within the function's own
   * timeout (Lambda Developer Guide, "Understanding the Lambda execution environment lifecycle").
   */
  async #initAgain(): Promise<Ending> {
    this.#environment = await this.#lease.restart();
    this.#listen();
    const { outcome, duration } = await this.#environment.init;
    if (outcome.kind === 'ready') return this.#invoke(duration);
    this.#reportInit('invoke', outcome, duration);
    this.#start();
    return { outcome, phase: 'init', duration: this.#spent(outcome, duration) };
  }

  /** Calls the handler. @param used how much of the function's timeout has passed, in milliseconds */
  async #invoke(used: number): Promise<Ending> {
    const { requestId, event, functionArn, clientContext, onChunk, version } = this.#invocation;
    this.#start();
    const start = performance.now();
    const outcome = await this.#environment.invoke({
      requestId,
      event,
      timeout: Math.max(version.Timeout * 1000 - used, 0),
      functionArn,
      traceHeader: this.#trace.header,
      clientContext,
      ...(onChunk && { onChunk }),
    });
    const duration = this.#spent(outcome, used + performance.now() - start);
    return { outcome, phase: 'invoke', duration };
  }

  /** A timer may be late; AWS reports and bills exactly the timeout. */
  #spent(outcome: EnvironmentOutcome, duration: number): number {
    return outcome.kind === 'timeout' ? this.#invocation.version.Timeout * 1000 : duration;
  }

  #reportInit(phase: 'init' | 'invoke', outcome: EnvironmentOutcome, duration: number): void {
    const { errorType } = resultOf(outcome, '', 0, 'init');
    const status = outcome.kind === 'ready' ? 'success' : outcome.kind === 'timeout' ? 'timeout' : 'error';
    this.#write(this.#platform.initReport(phase, duration, status, errorType));
  }

  #start(): void {
    const { requestId, functionArn } = this.#invocation;
    this.#write(this.#platform.start(requestId, functionArn));
  }

  #listen(): void {
    this.#environment.onLine = (text) => this.#log.write(text);
  }

  #write(lines: readonly string[]): void {
    for (const line of lines) this.#log.write(line);
  }
}
