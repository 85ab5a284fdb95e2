import type { TaskResult } from './services';

/** A task that waits for its token. */
interface Waiting {
  readonly complete: (result: TaskResult) => void;
  readonly heartbeat: () => void;
}

/**
 * The open task tokens of an execution and its child executions. A token may be
 * returned before its task starts to wait: a function can send the result and return only then.
 */
export class TaskTokens {
  readonly #open = new Map<string, { waiting?: Waiting; early?: TaskResult }>();

  /** Adds an open token. */
  issue(token: string): void {
    this.#open.set(token, {});
  }

  /** Waits for the token. `complete` is called at once when the token has already been returned. */
  await(token: string, waiting: Waiting): void {
    const entry = this.#open.get(token);
    if (entry?.early) waiting.complete(entry.early);
    else this.#open.set(token, { waiting });
  }

  withdraw(token: string): void {
    this.#open.delete(token);
  }

  /** Ends the task that waits; returns `false` when no task waits. */
  complete(token: string, result: TaskResult): boolean {
    const entry = this.#open.get(token);
    if (!entry || entry.early) return false;
    if (entry.waiting) entry.waiting.complete(result);
    else entry.early = result;
    return true;
  }

  heartbeat(token: string): boolean {
    const entry = this.#open.get(token);
    entry?.waiting?.heartbeat();
    return entry !== undefined;
  }
}
