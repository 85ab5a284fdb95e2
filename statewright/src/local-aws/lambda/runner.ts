import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountContext, Authorize } from '../account-context';
import { AwsError } from '../aws-error';
import { removeFolder } from './code-store';
import type { VersionRecord } from './configuration';
import { Environment } from './environment';
import { EnvironmentPool, type PooledWork, type PoolOptions } from './environment-pool';
import { type CanAssume, ROLE_NOT_ASSUMABLE } from './execution-role';
import { FunctionLog, type LogsWriter } from './function-log';
import type { FunctionStore } from './function-store';
import { type Invocation, runInvocation } from './invocation';
import type { InvocationResult } from './outcome';
import { Reaper } from './reaper';
import type { FunctionRequest } from './requests';
import { environmentVariables } from './variables';

/** What invocations need beside the functions. */
export interface RunnerServices {
  readonly logs: LogsWriter;
  readonly authorize: Authorize;
  readonly canAssume: CanAssume;
  readonly pool: PoolOptions;
  /** How long the init phase may take, in milliseconds. */
  readonly initTimeout: number;
}

/** A call of a function, whose version is looked for when it runs. */
export interface QueuedInvocation extends Omit<Invocation, 'version'> {
  readonly target: FunctionRequest;
  /** Nobody that a function may wait for waits for it: it is not refused when all environments are in use. */
  readonly patient: boolean;
}

/** What a runner's invocation answers: the version that ran, and the end of its log in base64. */
export type RunnerResult = InvocationResult & { readonly version: VersionRecord; readonly tail: string };

/** Where an invocation's log is. Times are epoch milliseconds. */
export interface InvocationLog {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly startTime: number;
  /** Undefined while it runs. */
  readonly endTime?: number;
}

/** Of how many invocations it is known where their logs are. */
const KEPT_LOGS = 100_000;

/** Runs functions' code. */
export class Runner {
  readonly #pool: EnvironmentPool;
  readonly #reaper: Reaper;
  /** Where functions that start from now on find this account, when it is served. */
  endpoint: string | undefined;
  /** Each environment has a log of its own. */
  readonly #logs = new WeakMap<Environment, FunctionLog>();
  /** By the invocation's id, the oldest first. */
  readonly #invocationLogs = new Map<string, InvocationLog>();
  /** How many invocations of a function are under way or wait for an environment. */
  readonly #active = new Map<string, number>();

  readonly #context: AccountContext;
  readonly #store: FunctionStore;
  readonly #services: RunnerServices;

  constructor(context: AccountContext, store: FunctionStore, services: RunnerServices) {
    this.#context = context;
    this.#store = store;
    this.#services = services;

    this.#pool = new EnvironmentPool(services.pool);
    this.#reaper = new Reaper(() => store.code.folder);
  }

  /**
   * Runs one invocation, in its turn.
   * @throws AwsError TooManyRequestsException, InvalidRuntimeException for what is no Node.js function,
   *   AccessDeniedException when Lambda may not act with its role, or ResourceNotFoundException when it went meanwhile
   */
  async run(invocation: QueuedInvocation): Promise<RunnerResult> {
    const { FunctionName, reservedConcurrency } = this.#store.get(invocation.target);
    const active = this.#active.get(FunctionName) ?? 0;
    if (active >= (reservedConcurrency ?? Number.POSITIVE_INFINITY)) {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
    }
    this.#active.set(FunctionName, active + 1);
    try {
      return await this.#pool.run(() => this.#work(invocation), invocation.patient);
    } finally {
      const left = (this.#active.get(FunctionName) ?? 1) - 1;
      if (left > 0) this.#active.set(FunctionName, left);
      else this.#active.delete(FunctionName);
    }
  }

  /** Ends a function's environments, the busy ones when they have finished; resolves when none is left. */
  retire(functionName: string): Promise<void> {
    return this.#pool.retire(functionName);
  }

  async close(): Promise<void> {
    await this.#pool.close();
    await this.#reaper.close();
  }

  #work(invocation: QueuedInvocation): PooledWork<RunnerResult> {
    const version = this.#store.version(invocation.target);
    checkRuntime(version);
    // It was so when the function was made, and need not be any more.
    if (!this.#services.canAssume({ roleArn: version.Role, service: 'lambda.amazonaws.com' })) {
      throw new AwsError('AccessDeniedException', ROLE_NOT_ASSUMABLE, 403);
    }
    const { FunctionName, Version, RevisionId } = version;
    return {
      functionName: FunctionName,
      key: `${FunctionName}:${Version}:${RevisionId}`,
      start: (failed) => this.#start(version, failed),
      use: async (lease) => {
        const log = this.#logs.get(lease.environment) as FunctionLog;
        const ended = this.#beginLog(invocation.requestId, version, log);
        const result = await runInvocation(this.#context, lease, log, { ...invocation, version });
        const tail = log.tail();
        ended();
        return { ...result, version, tail };
      },
    };
  }

  /** Undefined for one of long ago, or of another process. */
  logOf(requestId: string): InvocationLog | undefined {
    return this.#invocationLogs.get(requestId);
  }

  /** @returns notes the end */
  #beginLog(requestId: string, { LoggingConfig }: VersionRecord, { streamName }: FunctionLog): () => void {
    const logs = this.#invocationLogs;
    const place = { logGroupName: LoggingConfig.LogGroup, logStreamName: streamName };
    const log: InvocationLog = { ...place, startTime: this.#context.clock.now() };
    logs.set(requestId, log);
    const [oldest = ''] = logs.keys();
    if (logs.size > KEPT_LOGS) logs.delete(oldest);
    return () => {
      if (logs.has(requestId)) logs.set(requestId, { ...log, endTime: this.#context.clock.now() });
    };
  }

  /** @param failed an environment whose init phase failed: the new one goes on with its log, in the function's own time */
  #start(version: VersionRecord, failed?: Environment): Environment {
    const { logs, authorize, initTimeout } = this.#services;
    const log =
      (failed && this.#logs.get(failed)) ?? new FunctionLog(this.#context, logs, authorize, version);
    const { code } = this.#store;
    const folder = code.folderOf(version.FunctionName, version.CodeSha256);
    const temporary = mkdtempSync(join(code.folder, 'tmp-'));
    const places = { folder, temporary, logStreamName: log.streamName, endpoint: this.endpoint };
    const environment = new Environment(
      {
        folder,
        variables: environmentVariables(this.#context, version, places),
        memorySize: version.MemorySize,
        initTimeout: failed ? version.Timeout * 1000 : initTimeout,
      },
      this.#reaper,
    );
    void environment.exited.then(() => removeFolder(temporary));
    this.#logs.set(environment, log);
    return environment;
  }
}

/** @throws AwsError InvalidRuntimeException for what is no Node.js function */
export function checkRuntime({ FunctionName, Runtime }: VersionRecord): void {
  if (Runtime.startsWith('nodejs')) return;
  // AWS's status for this is 502; SDKs try a 5xx again and again, and no try could succeed.
  throw new AwsError(
    'InvalidRuntimeException',
    `The function ${FunctionName} has the runtime ${Runtime}, which is not run here: only nodejs runtimes are.`,
  );
}
