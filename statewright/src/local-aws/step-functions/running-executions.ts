import type { Execution } from '../../engine';
import type { LambdaInvocation } from './records';

interface RunningExecution {
  readonly execution: Execution;
  /** Resolves when the execution's record says how it ended. */
  readonly ended: Promise<void>;
  readonly invocations: LambdaInvocation[];
}

/** The executions that run now, by ARN, with those who wait for their end and the task tokens they gave out. */
export class RunningExecutions {
  readonly #running = new Map<string, RunningExecution>();
  readonly #tokens = new Map<string, string>();

  /** @param ended resolves when the execution's record says how it ended */
  add(executionArn: string, execution: Execution, ended: Promise<void>): void {
    this.#running.set(executionArn, { execution, ended, invocations: [] });
    void ended.finally(() => this.#running.delete(executionArn));
  }

  get(executionArn: string): Execution | undefined {
    return this.#running.get(executionArn)?.execution;
  }

  /** Notes a call of a Lambda function; those of a distributed Map's child executions belong to no execution here. */
  addInvocation(executionArn: string, invocation: LambdaInvocation): void {
    this.#running.get(executionArn)?.invocations.push(invocation);
  }

  /** The calls of Lambda functions so far; undefined when the execution does not run. */
  invocations(executionArn: string): readonly LambdaInvocation[] | undefined {
    return this.#running.get(executionArn)?.invocations;
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
