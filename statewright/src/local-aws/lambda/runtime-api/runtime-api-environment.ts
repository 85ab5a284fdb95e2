import type { Readable } from 'node:stream';
import type {
  EnvironmentOutcome,
  EnvironmentRequest,
  EnvironmentSpec,
  ExecutionEnvironment,
} from '../execution-environment';
import { FunctionProcess } from '../function-process';
import type { Reaper } from '../reaper';
import type { ApiRuntime } from './api-runtime';
import { OutputReader } from './output-reader';
import { type RuntimeAnswer, RuntimeApiServer } from './runtime-api-server';

/** Replaces the shell with the program, both of whose outputs go to one pipe, so that their order stays. */
const WITH_ONE_OUTPUT = 'exec "$0" "$@" 2>&1';
/** The standard output: see OutputReader. */
const LOG_FILE = '1';

/**
 * An environment whose process asks for its invocations at AWS's Runtime API, as every runtime on AWS does. Between
 * invocations it is frozen: all of its processes are stopped.
 */
export class RuntimeApiEnvironment implements ExecutionEnvironment {
  readonly runtimeVersion: string;
  readonly init: ExecutionEnvironment['init'];
  readonly exited: Promise<void>;
  onLine: (text: string) => void = () => {};
  readonly #server: RuntimeApiServer;
  /** Undefined until it has started, which takes about a millisecond, or when it cannot be started. */
  #process: FunctionProcess | undefined;
  readonly #started: Promise<void>;
  #phase: 'init' | 'invoke' = 'init';
  /** Of the current invocation. */
  #answer: RuntimeAnswer | undefined;
  #ended = false;

  constructor(runtime: ApiRuntime, spec: EnvironmentSpec, reaper: Reaper) {
    const begin = performance.now();
    this.runtimeVersion = runtime.version;
    this.#server = new RuntimeApiServer({
      next: () => this.#process?.settle(this.#answer ?? { kind: 'ready' }),
      answer: (answer) => {
        this.#answer = answer;
      },
      initError: (error) => this.#initError(error),
    });
    const started = this.#start(runtime, spec, reaper);
    this.#started = started.then(
      () => {},
      () => {},
    );
    this.init = started
      .then(
        (process) => process.phase(spec.initTimeout),
        (error): EnvironmentOutcome => ({ kind: 'invalidEntrypoint', message: error.message }),
      )
      .then((outcome) => this.#frozen(outcome))
      .then((outcome) => ({ outcome, duration: performance.now() - begin }));
    this.exited = this.#started
      .then(() => this.#process?.exited)
      .then(() => {
        this.#ended = true;
        this.#server.close();
      });
  }

  get alive(): boolean {
    return !this.#ended && (this.#process?.alive ?? true);
  }

  get maxMemoryUsed(): number {
    return this.#process?.maxMemoryUsed ?? 0;
  }

  async invoke(request: EnvironmentRequest): Promise<EnvironmentOutcome> {
    const process = this.#process as FunctionProcess;
    this.#phase = 'invoke';
    this.#answer = undefined;
    const outcome = process.phase(request.timeout);
    process.signal('SIGCONT');
    this.#server.send(request);
    return this.#frozen(await outcome);
  }

  async kill(): Promise<void> {
    await this.#started;
    await this.#process?.kill();
    await this.exited;
  }

  async #start(runtime: ApiRuntime, spec: EnvironmentSpec, reaper: Reaper): Promise<FunctionProcess> {
    const { command, args, variables } = runtime.launch(spec);
    const address = await this.#server.listen();
    const process = new FunctionProcess(
      {
        command: '/bin/sh',
        args: ['-c', WITH_ONE_OUTPUT, command, ...args],
        variables: {
          ...spec.variables,
          ...variables,
          AWS_LAMBDA_RUNTIME_API: address,
          _LAMBDA_TELEMETRY_LOG_FD: LOG_FILE,
        },
        pipes: 0,
      },
      spec,
      reaper,
    );
    // The second one has only what the shell itself says.
    const readers = [process.stdio[1], process.stdio[2]].map(
      (stream) => new OutputReader(stream as Readable, (text) => this.onLine(text)),
    );
    process.onPhaseEnd = async () => {
      await Promise.all(readers.map((reader) => reader.caughtUp()));
      for (const reader of readers) reader.flush();
    };
    process.onExit = (exit) => this.#answer && { ...this.#answer, exit };
    this.#process = process;
    return process;
  }

  #initError(error: RuntimeAnswer): boolean {
    if (this.#phase !== 'init') return false;
    // The outcome is then known when it has ended, with all that it has written.
    this.#process?.condemn(error);
    return true;
  }

  #frozen(outcome: EnvironmentOutcome): EnvironmentOutcome {
    if (this.alive) this.#process?.signal('SIGSTOP');
    return outcome;
  }
}
