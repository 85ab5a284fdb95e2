import type { Payload } from '../data';
import { recordAborted } from './aborted';
import { ThreadStopped } from './errors';
import type { Failure } from './failure';
import type { ThreadResult } from './run-states';
import type { Thread } from './thread';

/** The result of the threads of a Parallel or a Map. */
export type ChildrenResult = { readonly outputs: readonly Payload[] } | { readonly failure: Failure };

/** The threads that one visit to a Parallel or an inline Map runs. */
export interface ChildThreads {
  readonly count: number;
  /** How many threads run at the same time. */
  readonly concurrency: number;
  /** Creates the thread with this index, and writes its start event if it has one. */
  start(index: number, previousEventId: number): Thread;
  run(thread: Thread, index: number): Promise<ThreadResult>;
  /** Writes its end event if it has one, and returns the id that the parent's next event points to. */
  succeeded(thread: Thread, index: number): number;
  /** Writes its failure event, if it has one. */
  failed(thread: Thread, index: number): void;
}

/**
 * Runs child threads. The first failure ends them all and becomes the parent's; the parent continues from the event that
 * ended them.
 */
export async function runChildren(parent: Thread, children: ChildThreads): Promise<ChildrenResult> {
  if (children.count === 0) return { outputs: [] };
  const group = new ChildGroup(parent, children);
  await group.startAll();
  try {
    return await parent.join(group.result);
  } finally {
    parent.children = [];
  }
}

class ChildGroup {
  readonly result: Promise<ChildrenResult>;
  readonly #parent: Thread;
  readonly #children: ChildThreads;
  readonly #threads: Thread[] = [];
  readonly #outputs: Payload[];
  #resolve: (result: ChildrenResult) => void = () => {};
  #reject: (error: unknown) => void = () => {};
  #next = 0;
  #running = 0;
  #over = false;

  constructor(parent: Thread, children: ChildThreads) {
    this.#parent = parent;
    this.#children = children;
    this.#outputs = new Array(children.count);
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    parent.children = this.#threads;
  }

  /** Starts all that may run at the same time; then each continues, in turn, until it has to wait. */
  async startAll(): Promise<void> {
    const { count, concurrency } = this.#children;
    const started = this.#parent.previousEventId;
    const first: number[] = [];
    while (this.#next < Math.min(count, concurrency)) first.push(this.#start(started));
    for (const index of first) {
      if (this.#over) return;
      await new Promise<void>((waits) => {
        this.#threads[index]?.whenWaiting(waits);
        void this.#run(index).then(waits);
      });
    }
  }

  #start(previousEventId: number): number {
    const index = this.#next++;
    this.#threads[index] = this.#children.start(index, previousEventId);
    this.#running++;
    return index;
  }

  /** Runs a thread, then the pending threads in its place. */
  async #run(first: number): Promise<void> {
    try {
      for (let index: number | undefined = first; index !== undefined; ) index = await this.#runOne(index);
    } catch (error) {
      // The code that stopped the thread has recorded why.
      if (error instanceof ThreadStopped) return;
      this.#stopAll();
      this.#reject(error);
    }
  }

  async #runOne(index: number): Promise<number | undefined> {
    const thread = this.#threads[index] as Thread;
    const result = await this.#children.run(thread, index);
    if (this.#over) return undefined;
    if ('failure' in result) {
      this.#fail(index, result.failure);
      return undefined;
    }
    this.#outputs[index] = result.output;
    const last = this.#children.succeeded(thread, index);
    this.#parent.previousEventId = Math.max(this.#parent.previousEventId, last);
    this.#running--;
    if (this.#next < this.#children.count) return this.#start(thread.previousEventId);
    if (this.#running === 0) this.#resolve({ outputs: this.#outputs });
    return undefined;
  }

  /** Stops every other thread, and writes the end of each that was still running, in the order of their indexes. */
  #fail(failedIndex: number, failure: Failure): void {
    const failed = this.#threads[failedIndex] as Thread;
    this.#parent.previousEventId = failed.previousEventId;
    this.#stopAll(failed);
    // After a fatal failure, only the end of the execution is written.
    if (!failure.fatal) this.#recordEnds(failed);
    this.#resolve({ failure });
  }

  #stopAll(except?: Thread): void {
    this.#over = true;
    for (const thread of this.#threads) if (thread !== except) thread.stop();
  }

  #recordEnds(failed: Thread): void {
    this.#threads.forEach((thread, index) => {
      if (thread === failed) {
        this.#children.failed(thread, index);
        if (thread.state?.type === 'Task') thread.writeAside('TaskStateAborted');
      } else if (!thread.ended) {
        recordAborted(thread, failed.previousEventId);
      }
    });
  }
}
