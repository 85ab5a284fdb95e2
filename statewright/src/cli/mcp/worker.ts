// Does the work of one call, for thread.ts.
import { parentPort, workerData } from 'node:worker_threads';
import { UserError } from '../../user-error';
import { readOnlyFilesIn } from '../../user-file';
import { asUserError } from '../system-error';
import type { Answer, Job } from './thread';
import { work } from './work';

async function answerTo({ name, args }: Job): Promise<Answer> {
  readOnlyFilesIn(process.cwd());
  try {
    return { done: await work(name, args as never) };
  } catch (fault) {
    const error = asUserError(fault);
    if (!(error instanceof UserError)) throw error;
    return { message: error.message, ...(error.hint !== undefined && { hint: error.hint }) };
  }
}

void answerTo(workerData as Job).then((answer) => parentPort?.postMessage(answer));
