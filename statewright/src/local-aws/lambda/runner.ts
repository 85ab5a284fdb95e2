import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { AccountContext, Authorize } from '../account-context';
import { AwsError } from '../aws-error';
import { removeFolder } from './code-folder';
import type { CodeStore } from './code-store';
import type { VersionRecord } from './configuration';
import { EnvironmentPool, type PooledWork, type PoolOptions } from './environment-pool';
import type { ExecutionEnvironment } from './execution-environment';
import { type CanAssume, type LendCredentials, ROLE_NOT_ASSUMABLE } from './execution-role';
import { FunctionLog, type LogsWriter } from './function-log';
import type { FunctionStore } from './function-store';
import { type Invocation, runInvocation } from './invocation';
import type { InvocationResult } from './outcome';
import { Reaper } from './reaper';
import type { FunctionRequest } from './requests';
import { type RuntimeFolders, UnavailableRuntime } from './runtime-api/api-runtime';
import { warnOfOtherVersion } from './runtime-api/other-version';
import { type FunctionRuntime, findRuntime } from './runtime-api/runtimes';
import { sandboxAvailable } from './sandbox';
import { environmentVariables, type ServedPlace } from './variables';

/** What invocations need in addition to the functions. */
interface RunnerServices {
  readonly logs: LogsWriter;
  readonly authorize: Authorize;
  readonly canAssume: CanAssume;
  readonly lendCredentials: LendCredentials | undefined;
  readonly pool: PoolOptions;
  /** How long the init phase may take, in milliseconds. */
  readonly initTimeout: number;
  readonly runtimeFolders: RuntimeFolders;
  /** Whether functions run in a sandbox, where this machine has one. */
  readonly sandbox: boolean;
}

/** A call of a function; its version is looked up when it runs. */
export interface QueuedInvocation extends Omit<Invocation, 'version'> {
  readonly target: FunctionRequest;
  /** Nobody that a function may wait for waits for it: it is not refused when all environments are in use. */
  readonly patient: boolean;
}

/** The result of an invocation: the version that ran, and the end of its log in base64. */
export type RunnerResult = InvocationResult & { readonly version: VersionRecord; readonly tail: string };

/** Which function, in which runtime. */
export type FunctionIdentity = Pick<VersionRecord, 'FunctionName' | 'Runtime'>;

/** Where an invocation's log is. Times are epoch milliseconds. */
export interface InvocationLog {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly startTime: number;
  /** Undefined while it runs. */
  readonly endTime?: number;
}

/** A version of a function, and how it is run. */
interface Startable {
  readonly runtime: FunctionRuntime;
  readonly isolated: boolean;
  readonly version: VersionRecord;
}

/** The number of invocations whose logs can be found. */
const KEPT_LOGS = 100_000;

/** Runs the code of functions. */
export class Runner {
  readonly #pool: EnvironmentPool;
  readonly #reaper: Reaper;
  /** For functions that start from now on, if the account is served over HTTP. */
  served: ServedPlace | undefined;
  /** Each environment has its own log. */
  readonly #logs = new WeakMap<ExecutionEnvironment, FunctionLog>();
  /** By the invocation's id, the oldest first. */
  readonly #invocationLogs = new Map<string, InvocationLog>();
  /** What runs the functions of a runtime, by its identifier. */
  readonly #runtimes = new Map<string, FunctionRuntime>();
  /** How many invocations of a function run or wait for an environment. */
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
   * Runs one invocation when its turn comes.
   * @throws AwsError TooManyRequestsException, InvalidRuntimeException when the runtime does not run here,
   *   AccessDeniedException when Lambda may not assume its role, ResourceNotFoundException when it was deleted
   */
  async run(invocation: QueuedInvocation): Promise<RunnerResult> {
    const { FunctionName, reservedConcurrency } = this.#store.get(invocation.target);
    const active = this.#active.get(FunctionName) ?? 0;
    if (active >= (reservedConcurrency ?? Number.POSITIVE_INFINITY)) {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429, {
        Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
      });
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

  /**
   * Finds what runs a function.
   * @throws AwsError InvalidRuntimeException when nothing does
   */
  async runtimeOf({ FunctionName, Runtime }: FunctionIdentity): Promise<FunctionRuntime> {
    const known = this.#runtimes.get(Runtime);
    if (known) return known;
    try {
      const runtime = await findRuntime(Runtime, this.#services.runtimeFolders);
      this.#runtimes.set(Runtime, runtime);
      return runtime;
    } catch (error) {
      if (!(error instanceof UnavailableRuntime)) throw error;
      // AWS's status for this is 502. SDKs retry a 5xx, but no retry could succeed.
      throw new AwsError(
        'InvalidRuntimeException',
        `The function ${FunctionName} cannot run. ${error.message}`,
      );
    }
  }

  /** Finds out what the first invocation of a function needs to know, and warns of one that cannot run here. */
  async prepare(version: FunctionIdentity): Promise<void> {
    if (this.#services.pool.most === 0) return;
    // The invocation reports a failure.
    if (this.#services.sandbox) sandboxAvailable().catch(() => {});
    try {
      await this.runtimeOf(version);
    } catch (error) {
      process.emitWarning((error as Error).message);
    }
  }

  /** Ends a function's environments, busy ones when they have finished; resolves when all have ended. */
  retire(functionName: string): Promise<void> {
    return this.#pool.retire(functionName);
  }

  async close(): Promise<void> {
    // The reaper ends all environments at once, in place of one after the other as they report their end.
    await Promise.all([this.#pool.close(), this.#reaper.close()]);
  }

  async #work(invocation: QueuedInvocation): Promise<PooledWork<RunnerResult>> {
    const version = this.#store.versionToRun(invocation.target);
    const runtime = await this.runtimeOf(version);
    const isolated = this.#services.sandbox && (await sandboxAvailable());
    // The role was valid when the function was created, but may have changed since.
    if (!this.#services.canAssume({ roleArn: version.Role, service: 'lambda.amazonaws.com' })) {
      throw new AwsError('AccessDeniedException', ROLE_NOT_ASSUMABLE, 403);
    }
    const { FunctionName, Version, RevisionId } = version;
    await this.#store.code.unpack(...this.#codeOf({ version, isolated }));
    return {
      functionName: FunctionName,
      key: `${FunctionName}:${Version}:${RevisionId}`,
      start: (failed) => this.#start({ runtime, isolated, version }, failed),
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

  /** Undefined for an old invocation, or one of another process. */
  logOf(requestId: string): InvocationLog | undefined {
    return this.#invocationLogs.get(requestId);
  }

  /** @returns records the end of the invocation */
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

  /** @param failed an environment whose init phase failed: the new one continues its log in the function's time */
  #start({ runtime, isolated, version }: Startable, failed?: ExecutionEnvironment): ExecutionEnvironment {
    const { logs, authorize, lendCredentials, initTimeout } = this.#services;
    const log =
      (failed && this.#logs.get(failed)) ?? new FunctionLog(this.#context, logs, authorize, version);
    const { code } = this.#store;
    const folder = code.folderOf(...this.#codeOf({ version, isolated }));
    const opt = code.layersFolder(this.#store.layerPackages(version));
    const layers = opt === undefined ? {} : { layers: opt };
    const temporary = mkdtempSync(join(code.folder, 'tmp-'));
    const credentials = lendCredentials?.(version.Role, version.FunctionName);
    const places = {
      folder,
      opt,
      sdkV2: code.sdkV2,
      temporary: isolated ? '/tmp' : temporary,
      logStreamName: log.streamName,
      served: this.served,
      credentials,
    };
    const ephemeralStorage = version.EphemeralStorageSize;
    const environment = runtime.start(
      {
        folder,
        ...layers,
        temporary,
        ...(isolated && {
          sandbox: { folder, code: code.folder, temporary, ephemeralStorage, ...layers },
        }),
        runtime: version.Runtime,
        handler: version.Handler,
        variables: environmentVariables(this.#context, version, places),
        memorySize: version.MemorySize,
        initTimeout: failed ? version.Timeout * 1000 : initTimeout,
      },
      this.#reaper,
    );
    void environment.exited.then(() => {
      credentials?.takeBack();
      removeFolder(temporary);
    });
    this.#logs.set(environment, log);
    this.#warnOfOtherNode(version, environment);
    return environment;
  }

  #codeOf({ version, isolated }: Pick<Startable, 'version' | 'isolated'>): Parameters<CodeStore['folderOf']> {
    return [version.FunctionName, version.CodeSha256, this.#store.layerPackages(version), !isolated];
  }

  /** Only where a person reads it: tests run on any Node.js. */
  #warnOfOtherNode({ Runtime }: VersionRecord, { runtimeVersion }: ExecutionEnvironment): void {
    if (this.served === undefined || !Runtime.startsWith('nodejs')) return;
    warnOfOtherVersion(Runtime, runtimeVersion.replace(':', ''), 'Node.js');
  }
}
