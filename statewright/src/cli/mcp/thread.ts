import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { UserError } from '../../user-error';
import type { ToolName } from './tools';
import type { Done } from './work/work';

/** How this thread's source is loaded: as TypeScript in the repository. */
const execArgv = __filename.endsWith('.ts')
  ? ['--conditions=statewright-source', '--require', join(__dirname, '../../../source.cjs')]
  : [];

/** The memory of one call, in MB. */
const MEMORY = 1024;

/** What a thread works on. */
export interface Job {
  readonly name: ToolName;
  readonly args: unknown;
}

/** What a thread answers: a result, or a mistake of the user. */
export type Answer = { readonly done: Done<unknown> } | { readonly message: string; readonly hint?: string };

/**
 * Does the work of a tool in a thread of its own: it can be stopped at any time, and what it prints is not a part of
 * the protocol.
 *
 * @param limits `seconds`: how long it may take; `signal` stops it
 * @throws UserError for a mistake of the user, and at a limit
 */
export function inThread(
  job: Job,
  limits: { readonly seconds: number; readonly signal?: AbortSignal },
): Promise<Done<unknown>> {
  const thread = new Worker(join(__dirname, `worker${__filename.slice(-3)}`), {
    execArgv,
    workerData: job,
    stdout: true,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY },
  });
  thread.stdout.on('data', (chunk) => process.stderr.write(chunk));
  return new Promise<Done<unknown>>((resolve, reject) => {
    const stop = () => reject(new UserError('The call was cancelled.'));
    const timer = setTimeout(() => reject(tookTooLong(limits.seconds)), limits.seconds * 1000);
    limits.signal?.addEventListener('abort', stop);
    thread.once('message', (answer: Answer) => {
      if ('done' in answer) resolve(answer.done);
      else reject(new UserError(answer.message, answer.hint));
    });
    thread.once('error', (error) => reject(isOutOfMemory(error) ? tookTooMuch() : error));
    thread.once('exit', () => {
      clearTimeout(timer);
      limits.signal?.removeEventListener('abort', stop);
      reject(new Error('The thread ended without a result.'));
    });
    if (limits.signal?.aborted) stop();
  }).finally(() => thread.terminate());
}

const tookTooLong = (seconds: number) =>
  new UserError(
    `The call was stopped after ${seconds} s.`,
    'Look for a loop in the state machine, or use less data. The user can start the server with a higher --time-limit.',
  );

const isOutOfMemory = (error: Error) => (error as NodeJS.ErrnoException).code === 'ERR_WORKER_OUT_OF_MEMORY';

const tookTooMuch = () =>
  new UserError(
    `The call was stopped: it needed more than ${MEMORY} MB of memory.`,
    'Look for a loop in the state machine, or use less data.',
  );
