// Does the work of page-thread.ts, one task after the other.
import { parentPort } from 'node:worker_threads';
import { PAGE_WORK, type PageWork } from './page-work';

parentPort?.on('message', ([name, args]: [keyof PageWork, never]) => {
  try {
    parentPort?.postMessage({
      result: (PAGE_WORK[name] as (...given: unknown[]) => unknown)(...(args as [])),
    });
  } catch (error) {
    parentPort?.postMessage({ error });
  }
});
