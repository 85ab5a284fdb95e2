import { Payload } from '../data';
import { recordAborted } from './aborted';
import type { Checkpoint } from './checkpoint';
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
  /** What threads have done, by index, for a redrive: those that have ended do not run again. */
  readonly kept?: ReadonlyMap<number, Checkpoint> | undefined;
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
  const group = new ChildGroup(parent, children);
  await group.startAll();
  try {
    return await parent.join(group.result);
  } finally {
    parent.children = [];
  }
}

interface Started {
  readonly thread: Thread;
  readonly index: number;
}

class ChildGroup {
  readonly result: Promise<ChildrenResult>;
  readonly #parent: Thread;
  readonly #children: ChildThreads;
  readonly #started: Started[] = [];
  readonly #threads: Thread[] = [];
  readonly #outputs: Payload[];
  /** The indexes of the threads that are not started yet. */
  readonly #pending: number[] = [];
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
    for (let index = 0; index < children.count; index++) {
      const kept = children.kept?.get(index);
      if (kept?.stopped === undefined && kept?.output !== undefined) {
        this.#outputs[index] = Payload.ofText(kept.output);
      } else {
        this.#pending.push(index);
      }
    }
    if (this.#pending.length === 0) this.#resolve({ outputs: this.#outputs });
  }

  /** Starts all that may run at the same time; then each continues, in turn, until it has to wait. */
  async startAll(): Promise<void> {
    const { concurrency } = this.#children;
    const started = this.#parent.previousEventId;
    const first: Started[] = [];
    while (this.#next < Math.min(this.#pending.length, concurrency)) first.push(this.#start(started));
    for (const child of first) {
      if (this.#over) return;
      await new Promise<void>((waits) => {
        child.thread.whenWaiting(waits);
        void this.#run(child).then(waits);
      });
    }
  }

  #start(previousEventId: number): Started {
    const index = this.#pending[this.#next++] as number;
    const thread = this.#children.start(index, previousEventId);
    const started = { thread, index };
    this.#started.push(started);
    this.#threads.push(thread);
    this.#running++;
    return started;
  }

  /** Runs a thread, then the pending threads in its place. */
  async #run(first: Started): Promise<void> {
    try {
      for (let child: Started | undefined = first; child !== undefined; ) child = await this.#runOne(child);
    } catch (error) {
      // The code that stopped the thread has recorded why.
      if (error instanceof ThreadStopped) return;
      this.#stopAll();
      this.#reject(error);
    }
  }

  async #runOne({ thread, index }: Started): Promise<Started | undefined> {
    const result = await this.#children.run(thread, index);
    if (this.#over) return undefined;
    if ('failure' in result) {
      this.#fail(thread, result.failure);
      return undefined;
    }
    this.#outputs[index] = result.output;
    const last = this.#children.succeeded(thread, index);
    this.#parent.previousEventId = Math.max(this.#parent.previousEventId, last);
    this.#running--;
    if (this.#next < this.#pending.length) return this.#start(thread.previousEventId);
    if (this.#running === 0) this.#resolve({ outputs: this.#outputs });
    return undefined;
  }

  /** Stops every other thread, and writes the end of each that was still running, in the order of their indexes. */
  #fail(failed: Thread, failure: Failure): void {
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
    for (const { thread, index } of this.#started) {
      if (thread === failed) {
        this.#children.failed(thread, index);
        if (thread.state?.type === 'Task') thread.writeAside('TaskStateAborted');
      } else if (!thread.ended) {
        recordAborted(thread, failed.previousEventId);
      }
    }
  }
}
