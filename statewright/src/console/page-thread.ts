import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PageWork } from './page-work';

/** How this thread's source is loaded: as TypeScript in the repository. */
const execArgv = __filename.endsWith('.ts')
  ? ['--conditions=statewright-source', '--require', join(__dirname, '../../source.cjs')]
  : [];

/** How long an idle thread stays, in milliseconds. */
const IDLE = 30_000;

let worker: Worker | undefined;
let idle: NodeJS.Timeout | undefined;
/** The end of the last task: one at a time, however many pages are open. */
let last: Promise<unknown> = Promise.resolve();

/**
 * Does work in a thread of its own, so that no other request waits for it.
 * @param limit how long it may take, in milliseconds
 * @returns undefined when it takes longer
 */
export function inThread<Name extends keyof PageWork>(
  name: Name,
  args: Parameters<PageWork[Name]>,
  limit: number,
): Promise<ReturnType<PageWork[Name]> | undefined> {
  const done = last.then(() => run(name, args, limit)) as Promise<ReturnType<PageWork[Name]> | undefined>;
  last = done.catch(() => {});
  return done;
}

function run(name: string, args: readonly unknown[], limit: number): Promise<unknown> {
  clearTimeout(idle);
  const thread = worker ?? new Worker(join(__dirname, `page-worker${__filename.slice(-3)}`), { execArgv });
  worker = thread;
  thread.unref();
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => stop(() => resolve(undefined)), limit);
    const settle = (then: () => void) => {
      clearTimeout(timer);
      thread.off('message', onMessage).off('error', onError);
      then();
    };
    const stop = (then: () => void) => {
      worker = undefined;
      void thread.terminate();
      settle(then);
    };
    const onMessage = ({ result, error }: { result: unknown; error?: Error }) => {
      settle(() => (error === undefined ? resolve(result) : reject(error)));
      idle = setTimeout(() => stop(() => {}), IDLE).unref();
    };
    const onError = (error: Error) => stop(() => reject(error));
    thread.on('message', onMessage).on('error', onError);
    thread.postMessage([name, args]);
  });
}
