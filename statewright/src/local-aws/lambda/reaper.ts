import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/**
 * Makes sure that no execution environment outlives this process, however this process ends: a small process of its
 * own hears of every environment, and kills those that are left when it hears no more.
 */
export class Reaper {
  #process: ChildProcess | undefined;
  readonly #folder: () => string;

  /** @param folder tells which folder is to be removed at the end. */
  constructor(folder: () => string) {
    this.#folder = folder;
  }

  /** Watches over a process that leads its own group, until the process is forgotten. */
  watch(pid: number): void {
    this.#tell(`+${pid}\n`);
  }

  forget(pid: number): void {
    this.#tell(`-${pid}\n`);
  }

  /** Lets the reaper do its work and end. */
  close(): Promise<void> {
    const reaper = this.#process;
    if (!reaper || reaper.exitCode !== null) return Promise.resolve();
    // Until now it did not keep this process from ending.
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
      // In a group of its own, so that Ctrl-C at a terminal does not end it before its work is to be done.
      detached: true,
      env: {},
    });
    reaper.unref();
    const input = reaper.stdin as NonNullable<typeof reaper.stdin> & { unref?(): void };
    input.unref?.();
    // A reaper that is gone cannot be told anything: the environments still end by themselves when they are idle.
    input.on('error', () => {});
    return reaper;
  }
}
