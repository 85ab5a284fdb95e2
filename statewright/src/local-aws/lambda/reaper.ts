import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/**
 * Makes sure that no execution environment outlives this process, however this process ends: a small separate process
 * keeps a list of the environments, and kills those that are left when its input ends.
 */
export class Reaper {
  #process: ChildProcess | undefined;
  readonly #folder: () => string;

  /** @param folder returns the folder to remove at the end */
  constructor(folder: () => string) {
    this.#folder = folder;
  }

  /** Watches a process that leads its own group, until `forget` is called. */
  watch(pid: number): void {
    this.#tell(`+${pid}\n`);
  }

  forget(pid: number): void {
    this.#tell(`-${pid}\n`);
  }

  /** Closes the reaper's input: it kills what is left, and ends. */
  close(): Promise<void> {
    const reaper = this.#process;
    if (!reaper || reaper.exitCode !== null) return Promise.resolve();
    // Until now it was unreferenced, so it did not keep this process alive.
    reaper.ref();
    return new Promise((resolve) => {
      reaper.once('exit', () => resolve());
      reaper.stdin?.end();
    });
  }

  #tell(line: string): void {
    this.#process ??= this.#start();
    this.#process.stdin?.write(line);
  }

  #start(): ChildProcess {
    const script = join(__dirname, 'runtime', 'reaper.cjs');
    const reaper = spawn(process.execPath, [script, this.#folder()], {
      stdio: ['pipe', 'ignore', 'ignore'],
      // In a separate process group, so that Ctrl-C in a terminal does not end it before its work is done.
      detached: true,
      env: {},
    });
    reaper.unref();
    const input = reaper.stdin as NonNullable<typeof reaper.stdin> & { unref?(): void };
    input.unref?.();
    // Writing fails if the reaper has ended; idle environments still end by themselves.
    input.on('error', () => {});
    return reaper;
  }
}
