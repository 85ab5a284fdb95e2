// Does the work of page-thread.ts, one task after the other.
import { readlinkSync } from 'node:fs';
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { PAGE_WORK, type PageWork } from './page-work';

yieldToOthers();

parentPort?.on('message', ([name, args]: [keyof PageWork, never]) => {
  try {
    parentPort?.postMessage({
      result: (PAGE_WORK[name] as (...given: unknown[]) => unknown)(...(args as [])),
    });
  } catch (error) {
    parentPort?.postMessage({ error });
  }
});

/** Where processors are scarce, a page that is drawn waits for other requests, not they for it: Linux has that for a thread. */
function yieldToOthers(): void {
  try {
    const [, , thread] = readlinkSync('/proc/thread-self').split('/');
    setPriority(Number(thread), 10);
  } catch {
    // Another system: the thread has the priority of all others.
  }
}
