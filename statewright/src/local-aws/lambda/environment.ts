import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
// Not the global one, which a test's fake timers would stop.
import { setImmediate as nextTurn } from 'node:timers';
import { LineReader } from './lines';
import { watchMemory } from './memory-watch';
import { type ProcessReport, type RuntimeErrorReport, readReport } from './process-report';
import type { Reaper } from './reaper';

/** The settings of an execution environment. */
export interface EnvironmentSpec {
  /** The folder of the function's code: its working directory. */
  readonly folder: string;
  /** All environment variables of the process. */
  readonly variables: Readonly<Record<string, string>>;
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
}

/** How the init phase or an invocation ended. */
export type EnvironmentOutcome =
  | { readonly kind: 'ready' }
  | { readonly kind: 'response'; readonly payload: string }
  /** The response's size in bytes, which is above Lambda's limit. */
  | { readonly kind: 'tooLarge'; readonly size: number }
  /** The handler's error; with an exit status when it ended the process. */
  | { readonly kind: 'error'; readonly error: RuntimeErrorReport; readonly exitStatus?: number }
  | { readonly kind: 'exit'; readonly status: number | null; readonly signal: NodeJS.Signals | null }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'outOfMemory' };

const BOOTSTRAP = join(__dirname, 'runtime', 'bootstrap.cjs');
const MB = 1_048_576;
/** The share of a function's memory for its JavaScript objects; the rest is for the runtime itself. */
const HEAP_SHARE = 0.9;
/** How long the output of an ended process may stay open, in milliseconds, when a child of it has left its group. */
const OUTPUT_GRACE = 500;
/** In characters: a response of 6 MB with each byte escaped. */
const LONGEST_REPORT = 6 * 6_500_000;

/**
 * A process that runs one function's code, one invocation at a time (Lambda Developer Guide, "Understanding the Lambda
 * execution environment lifecycle"). A process, not a thread, so that it cannot harm the others.
 */
export class Environment {
  /** How the init phase ended, and how long it took in milliseconds. */
  readonly init: Promise<{ readonly outcome: EnvironmentOutcome; readonly duration: number }>;
  /** Called for each event of the log. Listen at once after the start, or the first events are lost. */
  onLine: (text: string) => void = () => {};
  readonly #process: ChildProcess;
  /** Resolves when its process has ended. */
  readonly exited: Promise<void>;
  #maxMemory = 0;
  #settle: ((outcome: EnvironmentOutcome) => void) | undefined;
  /** Why it was killed, if it broke a limit. */
  #verdict: EnvironmentOutcome | undefined;
  #heapExhausted = false;
  readonly #output: LineReader[];
  readonly #spec: EnvironmentSpec;

  constructor(spec: EnvironmentSpec, reaper: Reaper) {
    this.#spec = spec;

    const started = performance.now();
    const heap = Math.floor(spec.memorySize * HEAP_SHARE);
    this.#process = spawn(process.execPath, [`--max-old-space-size=${heap}`, BOOTSTRAP], {
      cwd: spec.folder,
      env: spec.variables,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe', 'pipe'],
      // It leads a process group, so that everything it starts ends with it.
      detached: true,
    });
    this.exited = this.#whenExited(reaper);
    this.#output = this.#listen();
    this.init = this.#work(spec.initTimeout).then((outcome) => ({
      outcome,
      duration: performance.now() - started,
    }));
  }

  /** Whether it can take another invocation. */
  get alive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null && !this.#process.killed;
  }

  /** The most memory it has used, in MB, up to its limit. */
  get maxMemoryUsed(): number {
    return Math.min(this.#spec.memorySize, Math.ceil(this.#maxMemory / MB));
  }

  /** Runs one invocation. The environment must be initialized and idle. It never rejects. */
  invoke(request: EnvironmentRequest): Promise<EnvironmentOutcome> {
    const { timeout, ...invocation } = request;
    const outcome = this.#work(timeout);
    const line = JSON.stringify({ ...invocation, deadline: Date.now() + timeout });
    (this.#process.stdio[3] as Writable).write(`${line}\n`);
    return outcome;
  }

  /** Ends the process at once, with everything it started. */
  kill(): Promise<void> {
    this.#keepsUsAlive(true);
    this.#kill();
    return this.exited;
  }

  /** Waits for the outcome of the current phase, within limits of time and memory. */
  async #work(timeout: number): Promise<EnvironmentOutcome> {
    this.#keepsUsAlive(true);
    const condemn = (verdict: EnvironmentOutcome) => {
      this.#verdict = verdict;
      this.#kill();
    };
    const timer = setTimeout(() => condemn({ kind: 'timeout' }), timeout);
    const limit = this.#spec.memorySize * MB;
    const unwatch = watchMemory(this.#process.pid ?? 0, (bytes) => {
      this.#maxMemory = Math.max(this.#maxMemory, bytes);
      if (bytes > limit) condemn({ kind: 'outOfMemory' });
    });
    const outcome = await new Promise<EnvironmentOutcome>((resolve) => {
      this.#settle = resolve;
    });
    clearTimeout(timer);
    unwatch();
    // What it wrote to its standard output before has arrived by now, but may not have been read.
    await new Promise((resolve) => nextTurn(resolve));
    for (const reader of this.#output) reader.flush();
    this.#keepsUsAlive(false);
    return outcome;
  }

  /** An idle environment does not keep this process from ending; a working one does. */
  #keepsUsAlive(working: boolean): void {
    for (const handle of [this.#process, ...this.#process.stdio.slice(1)] as Partial<Socket>[]) {
      if (working) handle.ref?.();
      else handle.unref?.();
    }
  }

  #listen(): LineReader[] {
    const [, stdout, stderr, invocations, reports] = this.#process.stdio as [
      null,
      Readable,
      Readable,
      Writable,
      Readable,
    ];
    // Writing to a process that has just ended fails; its exit already says what happened.
    invocations.on('error', () => {});
    new LineReader(reports, (line) => this.#line(line), LONGEST_REPORT);
    return [stdout, stderr].map((stream) => new LineReader(stream, (line) => this.#raw(line)));
  }

  #line(line: string): void {
    const report = readReport(line);
    if (report) this.#report(report);
    else this.#raw(line);
  }

  #raw(line: string): void {
    if (line.includes('JavaScript heap out of memory')) this.#heapExhausted = true;
    if (line !== '') this.onLine(`${line}\n`);
  }

  #report(report: ProcessReport): void {
    if (report.type === 'log') this.onLine(report.text);
    else {
      const { maxMemory, type, ...result } = report;
      this.#maxMemory = Math.max(this.#maxMemory, maxMemory);
      if ('exitStatus' in result) this.#kill();
      this.#settle?.({ kind: type, ...result } as EnvironmentOutcome);
    }
  }

  #whenExited(reaper: Reaper): Promise<void> {
    const { pid } = this.#process;
    if (pid !== undefined) reaper.watch(pid);
    return new Promise((resolve) => {
      const settle = () => {
        if (pid !== undefined) reaper.forget(pid);
        this.#settle?.(this.#verdict ?? this.#exitOutcome());
        resolve();
      };
      this.#process.once('exit', () => {
        // Also ends what it started and left running, which would keep its output open.
        this.#killGroup();
        setTimeout(() => {
          for (const stream of this.#process.stdio) stream?.destroy();
        }, OUTPUT_GRACE).unref();
      });
      this.#process.once('close', settle);
      this.#process.on('error', settle);
    });
  }

  #exitOutcome(): EnvironmentOutcome {
    const { exitCode, signalCode } = this.#process;
    if (!this.#heapExhausted) return { kind: 'exit', status: exitCode, signal: signalCode };
    this.#maxMemory = this.#spec.memorySize * MB;
    return { kind: 'outOfMemory' };
  }

  #kill(): void {
    if (this.alive) this.#killGroup();
    this.#process.kill('SIGKILL');
  }

  #killGroup(): void {
    const { pid } = this.#process;
    if (pid === undefined) return;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // The process group no longer exists.
    }
  }
}
