import type { Execution, ExecutionOutcome } from '../../engine';
import { then } from '../../engine/maybe-promise';
import type { AccountContext } from '../account-context';
import { StorageError } from '../storage-error';
import type { GrowingHistory } from './history-pieces';
import type { LambdaInvocation } from './records';

interface RunningExecution {
  readonly execution: Execution;
  /** Undefined for an execution whose history is not kept. */
  readonly history: GrowingHistory | undefined;
  /** Resolves when the execution's record says how it ended, or when the account closes and it cannot be made to. */
  readonly ended: Promise<void>;
  /** As `ended`, but rejects at once when the record cannot be kept. */
  readonly endedOrRefused: Promise<void>;
  readonly invocations: LambdaInvocation[];
  /** The task tokens that it gave out. */
  readonly tokens: string[];
}

interface Kept {
  /** What takes its events, if they are kept. */
  readonly history?: GrowingHistory | undefined;
  /**
   * Writes how it ended, and throws a StorageError where the disk is full: it is then tried again and again, and the
   * execution runs until it can be kept that it does not.
   */
  readonly keepEnd?: (outcome: ExecutionOutcome) => void;
  /** The calls of Lambda functions before a redrive. */
  readonly invocations?: readonly LambdaInvocation[] | undefined;
}

/** How long an end that cannot be kept waits for space on the disk, in milliseconds, before it is tried again. */
const RETRY_DELAY = 1000;

/** Of so many task tokens whose executions have ended it is known that they were valid. */
const KEPT_TOKENS = 10_000;

/** The executions that run now, by ARN, with those who wait for their end and the task tokens they gave out. */
export class RunningExecutions {
  readonly #clock: AccountContext['clock'];
  readonly #running = new Map<string, RunningExecution>();
  readonly #tokens = new Map<
    string,
    { readonly executionArn: string; readonly activityArn: string | undefined }
  >();
  /** The tokens of executions that have ended, the oldest first. */
  readonly #endedTokens = new Set<string>();
  /** Ends the waits of those whose end could not be kept; undefined when there is no more waiting. */
  #waiting: Set<() => void> | undefined = new Set();

  constructor(clock: AccountContext['clock']) {
    this.#clock = clock;
  }

  add(executionArn: string, execution: Execution, { history, keepEnd, invocations = [] }: Kept = {}): void {
    // Thousands may end at the same time, such as those of a Map Run that is stopped.
    const first = execution.outcome.then((outcome) =>
      then(this.#clock.nextTurn?.(), () => keepEnd?.(outcome)),
    );
    const forget = () => this.#delete(executionArn);
    const ended = first.then(forget, (error) =>
      this.#tryAgain(executionArn, error, () => execution.outcome.then(keepEnd)).finally(forget),
    );
    this.#running.set(executionArn, {
      execution,
      history,
      ended,
      endedOrRefused: first,
      invocations: [...invocations],
      tokens: [],
    });
  }

  get(executionArn: string): Execution | undefined {
    return this.#running.get(executionArn)?.execution;
  }

  /** The history so far; undefined when the execution does not run. */
  history(executionArn: string): GrowingHistory | undefined {
    return this.#running.get(executionArn)?.history;
  }

  /** Notes a call of a Lambda function. */
  addInvocation(executionArn: string, invocation: LambdaInvocation): void {
    this.#running.get(executionArn)?.invocations.push(invocation);
  }

  /** The calls of Lambda functions so far; undefined when the execution does not run. */
  invocations(executionArn: string): readonly LambdaInvocation[] | undefined {
    return this.#running.get(executionArn)?.invocations;
  }

  /** @param activityArn the activity whose task has the token, if it is one's */
  addToken(taskToken: string, executionArn: string, activityArn?: string): void {
    this.#tokens.set(taskToken, { executionArn, activityArn });
    this.#running.get(executionArn)?.tokens.push(taskToken);
  }

  activityOfToken(taskToken: string): string | undefined {
    return this.#tokens.get(taskToken)?.activityArn;
  }

  /** The execution that gave the token out, whether or not it still runs; undefined for a token that is long over. */
  executionOfToken(taskToken: string): string | undefined {
    return this.#tokens.get(taskToken)?.executionArn;
  }

  /** Resolves when the execution has ended; at once when it does not run. */
  async ended(executionArn: string): Promise<void> {
    await this.#running.get(executionArn)?.ended;
  }

  /**
   * Resolves when the execution has ended; at once when it does not run.
   * @throws StorageError when its end cannot be kept for now
   */
  async endedOrRefused(executionArn: string): Promise<void> {
    await this.#running.get(executionArn)?.endedOrRefused;
  }

  /** Resolves when the executions whose ARN the filter lets through have ended; undefined when none of them runs. */
  allEnded(filter: (executionArn: string) => boolean): Promise<unknown> | undefined {
    const chosen = [...this.#running].filter(([arn]) => filter(arn)).map(([, entry]) => entry.ended);
    return chosen.length === 0 ? undefined : Promise.all(chosen);
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

  /** From now on, an end that cannot be kept is not tried again: it is lost, and the execution was interrupted. */
  close(): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    for (const wake of waiting ?? []) wake();
  }

  #delete(executionArn: string): void {
    for (const token of this.#running.get(executionArn)?.tokens ?? []) this.#endedTokens.add(token);
    this.#running.delete(executionArn);
    for (const token of this.#endedTokens) {
      if (this.#endedTokens.size <= KEPT_TOKENS) break;
      this.#endedTokens.delete(token);
      this.#tokens.delete(token);
    }
  }

  async #tryAgain(executionArn: string, error: unknown, write: () => Promise<void>): Promise<void> {
    let failure = error;
    if (this.#waiting?.size === 0) {
      process.emitWarning(
        `The end of ${executionArn} waits until it can be kept. ${(error as Error).message}`,
      );
    }
    for (;;) {
      if (!(failure instanceof StorageError)) throw failure;
      if (this.#waiting === undefined) return;
      await this.#pause(this.#waiting);
      try {
        await write();
        return;
      } catch (again) {
        failure = again;
      }
    }
  }

  #pause(waiting: Set<() => void>): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        cancel();
        waiting.delete(wake);
        resolve();
      };
      const cancel = this.#clock.setTimer(RETRY_DELAY, wake);
      waiting.add(wake);
    });
  }
}
