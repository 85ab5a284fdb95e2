import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import { LineReader } from './lines';

/**
 * Makes sure that nothing outlives an execution environment, and no environment this process, however either ends: a
 * small separate process keeps a list of the environments, and kills what they leave behind.
 */
export class Reaper {
  #process: ChildProcess | undefined;
  readonly #folder: () => string;
  /** Who waits for the end of what an environment has left behind, by its process id. */
  readonly #waiting = new Map<number, () => void>();

  /** @param folder returns the folder to remove at the end */
  constructor(folder: () => string) {
    this.#folder = folder;
  }

  /**
   * Watches a process that leads its own group, until `forget` is called.
   * @param logStreamName of its environment: the processes that it starts have this variable, too
   */
  watch(pid: number, logStreamName = ''): void {
    this.#tell(`+${pid} ${logStreamName}\n`);
  }

  /** For a process that has ended. Resolves when everything that it has started has been killed. */
  forget(pid: number): Promise<void> {
    const reaper = this.#tell(`-${pid}\n`);
    if (reaper.exitCode !== null || reaper.signalCode !== null) return Promise.resolve();
    this.#keepsUsAlive(true);
    return new Promise((resolve) => this.#waiting.set(pid, resolve));
  }

  /** Closes the reaper's input: it kills what is left, and ends. */
  close(): Promise<void> {
    const reaper = this.#process;
    if (!reaper || reaper.exitCode !== null) return Promise.resolve();
    this.#keepsUsAlive(true);
    return new Promise((resolve) => {
      reaper.once('exit', () => resolve());
      reaper.stdin?.end();
    });
  }

  #tell(line: string): ChildProcess {
    this.#process ??= this.#start();
    const { stdin } = this.#process;
    // Once its input has ended, it ends all environments.
    if (stdin?.writable) stdin.write(line);
    return this.#process;
  }

  #start(): ChildProcess {
    const script = join(__dirname, 'runtime', 'reaper.cjs');
    const reaper = spawn(process.execPath, [script, this.#folder()], {
      stdio: ['pipe', 'pipe', 'ignore'],
      // In a separate process group, so that Ctrl-C in a terminal does not end it before its work is done.
      detached: true,
      env: {},
    });
    // Writing fails if the reaper has ended; idle environments still end by themselves.
    reaper.stdin.on('error', () => {});
    new LineReader(reaper.stdout, (line) => this.#done(Number(line)));
    reaper.once('exit', () => {
      for (const pid of this.#waiting.keys()) this.#done(pid);
    });
    this.#process = reaper;
    this.#keepsUsAlive(false);
    return reaper;
  }

  #done(pid: number): void {
    this.#waiting.get(pid)?.();
    this.#waiting.delete(pid);
    if (this.#waiting.size === 0) this.#keepsUsAlive(false);
  }

  #keepsUsAlive(working: boolean): void {
    const { stdin, stdout } = this.#process ?? {};
    for (const handle of [this.#process, stdin, stdout] as (Partial<Socket> | undefined)[]) {
      if (working) handle?.ref?.();
      else handle?.unref?.();
    }
  }
}
