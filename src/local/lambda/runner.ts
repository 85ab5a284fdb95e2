import type { AccountContext, Authorize } from '../account-context';
import { AwsError } from '../aws-error';
import type { VersionRecord } from './configuration';
import { Environment } from './environment';
import { EnvironmentPool, type PoolOptions } from './environment-pool';
import { FunctionLog, type LogsWriter } from './function-log';
import type { FunctionStore } from './function-store';
import { type Invocation, runInvocation } from './invocation';
import type { InvocationResult } from './outcome';
import { Reaper } from './reaper';
import { environmentVariables } from './variables';

/** What invocations need beside the functions. */
export interface RunnerServices {
  readonly logs: LogsWriter;
  readonly authorize: Authorize;
  /** Variables that every function's environment gets beside AWS's own, such as the endpoint of this local AWS. */
  readonly variables: () => Readonly<Record<string, string>>;
  readonly pool: PoolOptions;
}

/** What a runner's invocation answers, and the end of its log in base64. */
export type RunnerResult = InvocationResult & { readonly tail: string };

/** Runs functions' code. */
export class Runner {
  readonly #pool: EnvironmentPool;
  readonly #reaper: Reaper;
  /** Each environment has a log of its own. */
  readonly #logs = new WeakMap<Environment, FunctionLog>();
  /** How many invocations of a function are under way or wait for an environment. */
  readonly #active = new Map<string, number>();

  constructor(
    private readonly context: AccountContext,
    private readonly store: FunctionStore,
    private readonly services: RunnerServices,
  ) {
    this.#pool = new EnvironmentPool(services.pool);
    this.#reaper = new Reaper(() => store.code.folder);
  }

  /**
   * Runs one invocation, in its turn.
   * @throws AwsError TooManyRequestsException, or InvalidRuntimeException for what is no Node.js function
   */
  async run(invocation: Invocation, reservedConcurrency: number | undefined): Promise<RunnerResult> {
    const { version } = invocation;
    checkRuntime(version);
    const active = this.#active.get(version.FunctionName) ?? 0;
    if (active >= (reservedConcurrency ?? Number.POSITIVE_INFINITY)) {
      throw new AwsError('TooManyRequestsException', 'Rate Exceeded.', 429);
    }
    this.#active.set(version.FunctionName, active + 1);
    try {
      return await this.#pool.run(
        version.FunctionName,
        `${version.FunctionName}:${version.Version}:${version.RevisionId}`,
        () => this.#start(version),
        async (lease) => {
          const log = this.#logs.get(lease.environment) as FunctionLog;
          const result = await runInvocation(this.context, lease, log, invocation);
          return { ...result, tail: log.tail() };
        },
      );
    } finally {
      this.#active.set(version.FunctionName, (this.#active.get(version.FunctionName) ?? 1) - 1);
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

  #start(version: VersionRecord): Environment {
    const { logs, authorize, variables } = this.services;
    const log = new FunctionLog(this.context, logs, authorize, version);
    const folder = this.store.code.folderOf(version.FunctionName, version.CodeSha256);
    const environment = new Environment(
      {
        folder,
        variables: environmentVariables(this.context, version, folder, log.streamName, variables()),
        memorySize: version.MemorySize,
      },
      this.#reaper,
    );
    this.#logs.set(environment, log);
    return environment;
  }
}

function checkRuntime({ FunctionName, Runtime }: VersionRecord): void {
  if (Runtime.startsWith('nodejs')) return;
  // AWS's status for this is 502; SDKs try a 5xx again and again, and no try could succeed.
  throw new AwsError(
    'InvalidRuntimeException',
    `The function ${FunctionName} has the runtime ${Runtime}, which is not run here: only nodejs runtimes are.`,
  );
}
