import type { Execution } from '../../engine';

/** The executions that run now, by ARN, with those who wait for their end and the task tokens they gave out. */
export class RunningExecutions {
  readonly #running = new Map<string, { readonly execution: Execution; readonly ended: Promise<void> }>();
  readonly #tokens = new Map<string, string>();

  /** @param ended resolves when the execution's record says how it ended */
  add(executionArn: string, execution: Execution, ended: Promise<void>): void {
    this.#running.set(executionArn, { execution, ended });
    void ended.finally(() => this.#running.delete(executionArn));
  }

  get(executionArn: string): Execution | undefined {
    return this.#running.get(executionArn)?.execution;
  }

  addToken(taskToken: string, executionArn: string): void {
    this.#tokens.set(taskToken, executionArn);
  }

  /** The execution that gave the token out, whether or not it still runs. */
  executionOfToken(taskToken: string): string | undefined {
    return this.#tokens.get(taskToken);
  }

  /** Resolves when the execution has ended; at once when it does not run. */
  async ended(executionArn: string): Promise<void> {
    await this.#running.get(executionArn)?.ended;
  }

  /** Stops the executions whose ARN the filter lets through, and waits until they have ended. */
  async stop(
    filter: (executionArn: string) => boolean,
    reason?: { readonly error: string; readonly cause: string },
  ): Promise<void> {
    const chosen = [...this.#running].filter(([arn]) => filter(arn)).map(([, entry]) => entry);
    for (const { execution } of chosen) execution.stop(reason);
    await Promise.all(chosen.map(({ ended }) => ended));
  }
}
