import type { TaskResult } from './services';

/** A task that waits for its token. */
interface Waiting {
  readonly complete: (result: TaskResult) => void;
  readonly heartbeat: () => void;
}

/**
 * The task tokens that an execution, with its child executions, has given out and not yet got back. A token may come
 * back before its task has begun to wait: a function can send the result and return only then.
 */
export class TaskTokens {
  readonly #open = new Map<string, { waiting?: Waiting; early?: TaskResult }>();

  /** Says that a token is given out. */
  issue(token: string): void {
    this.#open.set(token, {});
  }

  /** Waits for the token. `complete` is called at once when it has come back already. */
  await(token: string, waiting: Waiting): void {
    const entry = this.#open.get(token);
    if (entry?.early) waiting.complete(entry.early);
    else this.#open.set(token, { waiting });
  }

  withdraw(token: string): void {
    this.#open.delete(token);
  }

  /** Ends the task that waits; `false` when none does. */
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
