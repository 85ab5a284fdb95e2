import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { parentPort, Worker } from 'node:worker_threads';

/** What a thread can do, by name. Arguments and results are copied from one thread to the other. */
// biome-ignore lint/suspicious/noExplicitAny: each has its own arguments
type Work = Readonly<Record<string, (...args: any[]) => unknown>>;

const extension = __filename.slice(-3);
/** How a thread's source is loaded: as TypeScript in the repository. */
const execArgv =
  extension === '.ts'
    ? ['--conditions=statewright-source', '--require', join(__dirname, '../source.cjs')]
    : [];

/** How long an idle thread stays, in milliseconds. */
const IDLE = 30_000;

/** Does work in a thread of its own, so that no request waits for it: one task at a time, however many there are. */
export class WorkThread<W extends Work> {
  readonly #file: string;
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  /** The end of the last task. */
  #last: Promise<unknown> = Promise.resolve();

  /** @param file the path, without its extension, of a file that calls `serveWork` */
  constructor(file: string) {
    this.#file = file + extension;
  }

  /**
   * @param limit how long the work may take, in milliseconds (default: as long as it takes)
   * @param moved what is moved to the thread, not copied: it is empty here afterwards
   * @returns undefined when it takes longer
   */
  do<Name extends keyof W & string>(
    name: Name,
    args: Parameters<W[Name]>,
    limit?: number,
    moved: readonly ArrayBuffer[] = [],
  ): Promise<ReturnType<W[Name]> | undefined> {
    const done = this.#last.then(() => this.#run([name, args], limit, moved)) as Promise<
      ReturnType<W[Name]> | undefined
    >;
    this.#last = done.catch(() => {});
    return done;
  }

  #run(
    task: readonly [string, readonly unknown[]],
    limit: number | undefined,
    moved: readonly ArrayBuffer[],
  ): Promise<unknown> {
    clearTimeout(this.#idle);
    this.#worker ??= new Worker(this.#file, { execArgv });
    const thread = this.#worker;
    thread.unref();
    return new Promise((resolve, reject) => {
      const timer = limit && setTimeout(() => stop(() => resolve(undefined)), limit);
      const settle = (then: () => void) => {
        clearTimeout(timer);
        thread.off('message', onMessage).off('error', onError);
        then();
      };
      const stop = (then: () => void) => {
        this.#worker = undefined;
        void thread.terminate();
        settle(then);
      };
      const onMessage = ({ result, error }: { result: unknown; error?: Error }) => {
        settle(() => (error === undefined ? resolve(result) : reject(error)));
        this.#idle = setTimeout(() => stop(() => {}), IDLE).unref();
      };
      const onError = (error: Error) => stop(() => reject(error));
      thread.on('message', onMessage).on('error', onError);
      thread.postMessage(task, moved);
    });
  }
}

/** Does the work that a `WorkThread` asks this thread for. */
export function serveWork(work: Work): void {
  yieldToOthers();
  parentPort?.on('message', ([name, args]: [string, unknown[]]) => {
    try {
      parentPort?.postMessage({ result: work[name]?.(...args) });
    } catch (error) {
      parentPort?.postMessage({ error });
    }
  });
}

/** Where processors are scarce, this thread waits for the one that answers requests: Linux has priorities for threads. */
function yieldToOthers(): void {
  try {
    const [, , thread] = readlinkSync('/proc/thread-self').split('/');
    setPriority(Number(thread), 10);
  } catch {
    // Another system: the thread has the priority of all others.
  }
}
