import type { SandboxFiles } from './sandbox';

/** The settings of an execution environment. */
export interface EnvironmentSpec {
  /** The folder of the function's code: its working directory. */
  readonly folder: string;
  /** The folder that is `/opt` on AWS: the content of the function's layers, if it has any. */
  readonly layers?: string;
  /** A folder of its own for temporary files. */
  readonly temporary: string;
  /** The runtime's identifier, such as `python3.13`. */
  readonly runtime: string;
  /** The handler's name, in the runtime's format. */
  readonly handler: string;
  /** All environment variables of the process. */
  readonly variables: Readonly<Record<string, string>>;
  /** Set where this machine can isolate a process; otherwise it sees all files that this user sees. */
  readonly sandbox?: SandboxFiles;
  /** In MB. */
  readonly memorySize: number;
  /** How long the init phase may take, in milliseconds. */
  readonly initTimeout: number;
}

/** An invocation, as the process receives it. */
export interface EnvironmentRequest {
  readonly requestId: string;
  /** JSON text. */
  readonly event: string;
  /** In milliseconds. */
  readonly timeout: number;
  readonly functionArn: string;
  readonly traceHeader: string;
  readonly clientContext?: unknown;
  /** Receives the response of a handler that streams it; its outcome has then an empty payload. Node.js only. */
  readonly onChunk?: (bytes: Buffer) => void;
}

/** How a process ended. */
export interface ProcessExit {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** How the init phase or an invocation ended. */
export type EnvironmentOutcome =
  | { readonly kind: 'ready' }
  /** The handler's answer; with the process's exit when it ended afterwards. */
  | { readonly kind: 'response'; readonly payload: string; readonly exit?: ProcessExit }
  /** The response's size in bytes, which is above Lambda's limit. */
  | { readonly kind: 'tooLarge'; readonly size: number; readonly exit?: ProcessExit }
  /** The error that the runtime reported: its text, usually JSON, and its type; with the exit when the process ended. */
  | {
      readonly kind: 'error';
      readonly payload: string;
      readonly errorType: string;
      readonly exit?: ProcessExit;
    }
  | ({ readonly kind: 'exit' } & ProcessExit)
  /** The function's program cannot be started. */
  | { readonly kind: 'invalidEntrypoint'; readonly message: string }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'outOfMemory' };

/**
 * A process that runs one function's code, one invocation at a time (Lambda Developer Guide, "Understanding the Lambda
 * execution environment lifecycle"). A process, not a thread, so that it cannot harm the others.
 */
export interface ExecutionEnvironment {
  /** What runs the function, as INIT_START names it: such as `nodejs:24.1.0`. */
  readonly runtimeVersion: string;
  /** How the init phase ended, and how long it took in milliseconds. It never rejects. */
  readonly init: Promise<{ readonly outcome: EnvironmentOutcome; readonly duration: number }>;
  /** Called for each event of the log. Listen at once after the start, or the first events are lost. */
  onLine: (text: string) => void;
  /** Resolves when its process has ended. */
  readonly exited: Promise<void>;
  /** Whether it can take another invocation. */
  readonly alive: boolean;
  /** The most memory it has used, in MB, up to its limit. */
  readonly maxMemoryUsed: number;
  /** Runs one invocation. The environment must be initialized and idle. It never rejects. */
  invoke(request: EnvironmentRequest): Promise<EnvironmentOutcome>;
  /** Ends the process at once, with everything it started. */
  kill(): Promise<void>;
}
