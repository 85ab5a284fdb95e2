import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { EnvironmentOutcome, EnvironmentSpec, ProcessExit } from './execution-environment';
import { PeakMemory, watchMemory } from './memory-watch';
import type { Reaper } from './reaper';
import { type FunctionProgram, sandboxed } from './sandbox';

const MB = 1_048_576;
/** How long the output of an ended process may stay open, in milliseconds, when a child of it has left its group. */
const OUTPUT_GRACE = 500;

/**
 * The process of an execution environment: it works in phases, each within limits of time and memory, and everything it
 * starts ends with it.
 */
export class FunctionProcess {
  /** Resolves when it has ended. */
  readonly exited: Promise<void>;
  /** Called at the end of each phase, to read what it has written by then. */
  onPhaseEnd: () => Promise<void> = async () => {};
  /** The outcome of a phase in which the process ended; undefined: only that it has ended. */
  onExit: (exit: ProcessExit) => EnvironmentOutcome | undefined = () => undefined;
  readonly #process: ChildProcess;
  readonly #limits: Pick<EnvironmentSpec, 'memorySize'>;
  readonly #peakMemory: PeakMemory;
  #maxMemory = 0;
  #closed = false;
  #settle: ((outcome: EnvironmentOutcome) => void) | undefined;
  /** Why it was killed, if it broke a limit. */
  #verdict: EnvironmentOutcome | undefined;
  #exhausted = false;

  constructor(
    program: FunctionProgram,
    spec: Pick<EnvironmentSpec, 'folder' | 'memorySize' | 'sandbox'>,
    reaper: Reaper,
  ) {
    this.#limits = spec;
    const { command, args, variables } = spec.sandbox ? sandboxed(program, spec.sandbox) : program;
    this.#process = spawn(command, args, {
      cwd: spec.folder,
      env: variables,
      stdio: ['ignore', 'pipe', 'pipe', ...Array<'pipe'>(program.pipes).fill('pipe')],
      // It leads a process group and a session, so that everything it starts ends with it.
      detached: true,
    });
    this.#peakMemory = new PeakMemory(this.#process.pid ?? 0);
    this.exited = this.#whenExited(reaper, variables.AWS_LAMBDA_LOG_STREAM_NAME);
  }

  /** Its file descriptors; the first is null. */
  get stdio(): ChildProcess['stdio'] {
    return this.#process.stdio;
  }

  /** Whether it runs. */
  get alive(): boolean {
    return this.#process.exitCode === null && this.#process.signalCode === null && !this.#process.killed;
  }

  /** The most memory it has used, in MB, up to its limit. */
  get maxMemoryUsed(): number {
    return Math.min(this.#limits.memorySize, Math.ceil(this.#maxMemory / MB));
  }

  /**
   * Waits until the phase that begins is settled, or the process ends or breaks a limit.
   * @param timeout in milliseconds
   */
  async phase(timeout: number): Promise<EnvironmentOutcome> {
    if (this.#closed) return this.#exitOutcome();
    this.#keepsUsAlive(true);
    const timer = setTimeout(() => this.condemn({ kind: 'timeout' }), timeout);
    const unwatch = watchMemory(this.#process.pid ?? 0, (bytes) => this.usedMemory(bytes));
    const outcome = await new Promise<EnvironmentOutcome>((resolve) => {
      this.#settle = resolve;
    });
    clearTimeout(timer);
    unwatch();
    await this.onPhaseEnd();
    this.#keepsUsAlive(false);
    return outcome;
  }

  /** Ends the current phase. */
  settle(outcome: EnvironmentOutcome): void {
    if (this.alive) this.usedMemory(this.#peakMemory.read());
    // A process that has used too much memory is killed, whatever it has answered meanwhile.
    if (this.#verdict === undefined) this.#settle?.(outcome);
  }

  /** Kills it; the outcome of the phase is then the verdict. */
  condemn(verdict: EnvironmentOutcome): void {
    this.#verdict ??= verdict;
    this.#kill();
  }

  /** The process says that it has run out of memory: if it now ends, that is why. */
  exhausted(): void {
    this.#exhausted = true;
  }

  usedMemory(bytes: number): void {
    this.#maxMemory = Math.max(this.#maxMemory, bytes);
    if (bytes > this.#limits.memorySize * MB) this.condemn({ kind: 'outOfMemory' });
  }

  /** Ends it at once, with everything it started. */
  kill(): Promise<void> {
    this.#keepsUsAlive(true);
    this.#kill();
    return this.exited;
  }

  /** Sends a signal to the process and to everything it started. */
  signal(signal: NodeJS.Signals): void {
    const { pid } = this.#process;
    if (pid === undefined) return;
    try {
      process.kill(-pid, signal);
    } catch {
      // The process group no longer exists.
    }
  }

  /** An idle environment does not keep this process from ending; a working one does. */
  #keepsUsAlive(working: boolean): void {
    for (const handle of [this.#process, ...this.#process.stdio.slice(1)] as Partial<Socket>[]) {
      // A closed pipe has nothing to keep, and each call would add a listener to it.
      if (handle.destroyed) continue;
      if (working) handle.ref?.();
      else handle.unref?.();
    }
  }

  #whenExited(reaper: Reaper, logStreamName: string | undefined): Promise<void> {
    const { pid } = this.#process;
    if (pid !== undefined) reaper.watch(pid, logStreamName);
    let reaped = Promise.resolve();
    return new Promise((resolve) => {
      const settle = () => {
        this.#closed = true;
        this.#peakMemory.close();
        this.#settle?.(this.#exitOutcome());
        void reaped.then(resolve);
      };
      this.#process.once('exit', () => {
        // Also ends what it started and left running, which would keep its output open.
        this.signal('SIGKILL');
        if (pid !== undefined) reaped = reaper.forget(pid);
        setTimeout(() => {
          for (const stream of this.#process.stdio) stream?.destroy();
        }, OUTPUT_GRACE).unref();
      });
      this.#process.once('close', settle);
      this.#process.on('error', settle);
    });
  }

  #exitOutcome(): EnvironmentOutcome {
    if (this.#verdict !== undefined) return this.#verdict;
    if (this.#exhausted) {
      this.#maxMemory = this.#limits.memorySize * MB;
      return { kind: 'outOfMemory' };
    }
    const exit = { status: this.#process.exitCode, signal: this.#process.signalCode };
    return this.onExit(exit) ?? { kind: 'exit', ...exit };
  }

  #kill(): void {
    if (this.alive) this.signal('SIGKILL');
    this.#process.kill('SIGKILL');
  }
}
