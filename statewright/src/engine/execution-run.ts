import { recordAbortedChildren } from './aborted';
import type { CompiledStateMachine } from './compile';
import { Payload } from './data';
import { HistoryLimitError, InvalidInputError, ThreadStopped } from './errors';
import type { Execution, ExecutionOutcome, ExecutionRequest } from './execution';
import { errorDetails, RUNTIME_ERROR } from './failure';
import { HistoryWriter } from './history-writer';
import type { EngineServices } from './services';
import { TaskTokens } from './task-tokens';
import { Thread, type ThreadResult } from './thread';
import { Turns } from './turns';
import { WHOLE } from './visit';

/** An Express workflow runs for five minutes at most (Step Functions Developer Guide, "Choosing workflow type"). */
const EXPRESS_SECONDS = 300;

/** One run of a state machine. */
export class ExecutionRun implements Execution {
  readonly request: ExecutionRequest;
  readonly services: EngineServices;
  readonly history: HistoryWriter;
  /** Those of the child executions too: whoever hands a token back knows this execution alone. */
  readonly tokens: TaskTokens;
  readonly turns = new Turns();
  readonly input: Payload;
  /** Epoch milliseconds. */
  readonly startTime: number;
  readonly outcome: Promise<ExecutionOutcome>;
  readonly #thread: Thread;
  #resolve: (outcome: ExecutionOutcome) => void = () => {};
  #cancelTimeout: (() => void) | undefined;

  constructor(
    machine: CompiledStateMachine,
    request: ExecutionRequest,
    services: EngineServices,
    tokens = new TaskTokens(),
  ) {
    this.request = request;
    this.services = services;
    this.tokens = tokens;
    this.history = new HistoryWriter(services.clock, services.onEvent, services.keepEvents);
    this.input = readInput(request.input);
    this.startTime = services.clock.now();
    this.outcome = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    this.history.write('ExecutionStarted', 0, {
      executionStartedEventDetails: { input: this.input.text, inputDetails: WHOLE, roleArn: request.roleArn },
    });
    // The first state's entry points to no event, not even to ExecutionStarted.
    this.#thread = new Thread(this, 0);
    this.#startTimeout(machine);
    void this.#run(machine);
  }

  get events(): HistoryWriter['events'] {
    return this.history.events;
  }

  /** The execution's own name, the last part of its ARN; an Express execution's ARN has an id after it. */
  get name(): string {
    const parts = this.request.executionArn.split(':');
    return (parts[5] === 'express' ? parts[7] : parts.at(-1)) ?? '';
  }

  get stateMachineName(): string {
    return this.request.stateMachineArn.split(':')[6] ?? '';
  }

  get region(): string {
    return this.request.stateMachineArn.split(':')[3] ?? '';
  }

  stop(reason: { readonly error?: string; readonly cause?: string } = {}): void {
    if (this.history.sealed) return;
    this.#thread.stop();
    // AWS writes no event for the state that the execution itself is in.
    recordAbortedChildren(this.#thread);
    this.#end('ABORTED', reason);
  }

  completeTask(...[token, result]: Parameters<Execution['completeTask']>): boolean {
    return this.tokens.complete(token, result);
  }

  heartbeat(token: string): boolean {
    return this.tokens.heartbeat(token);
  }

  #startTimeout(machine: CompiledStateMachine): void {
    const limit = this.request.type === 'EXPRESS' ? EXPRESS_SECONDS : Number.POSITIVE_INFINITY;
    const seconds = Math.min(machine.timeoutSeconds ?? Number.POSITIVE_INFINITY, limit);
    if (seconds === Number.POSITIVE_INFINITY) return;
    this.#cancelTimeout = this.services.clock.setTimer(seconds * 1000, () => {
      this.#thread.stop();
      this.#end('TIMED_OUT', { error: 'States.Timeout' });
    });
  }

  async #run(machine: CompiledStateMachine): Promise<void> {
    try {
      this.#finish(await this.#thread.run(machine, this.input));
    } catch (error) {
      if (error instanceof ThreadStopped) return;
      this.#thread.stop();
      const cause = error instanceof HistoryLimitError ? error.message : internalError(error);
      this.#end('FAILED', { error: RUNTIME_ERROR, cause });
    }
  }

  #finish(result: ThreadResult): void {
    if ('failure' in result) this.#end('FAILED', errorDetails(result.failure));
    else this.#succeed(result.output.text);
  }

  #succeed(output: string): void {
    if (this.history.sealed) return;
    this.#cancelTimeout?.();
    this.history.end('ExecutionSucceeded', this.#thread.previousEventId, {
      executionSucceededEventDetails: { output, outputDetails: WHOLE },
    });
    this.#resolve({ status: 'SUCCEEDED', output });
  }

  #end(
    status: 'FAILED' | 'TIMED_OUT' | 'ABORTED',
    reason: { readonly error?: string; readonly cause?: string },
  ): void {
    if (this.history.sealed) return;
    this.#cancelTimeout?.();
    if (status === 'FAILED') {
      this.history.end('ExecutionFailed', this.#thread.previousEventId, {
        executionFailedEventDetails: reason,
      });
    } else if (status === 'ABORTED') {
      this.history.end('ExecutionAborted', 0, { executionAbortedEventDetails: reason });
    } else {
      this.history.end('ExecutionTimedOut', 0, { executionTimedOutEventDetails: reason });
    }
    // DescribeExecution tells a timeout by its status alone.
    this.#resolve(status === 'TIMED_OUT' ? { status } : { status, ...reason });
  }
}

function readInput(text: string): Payload {
  const payload = Payload.ofText(text);
  try {
    payload.value;
  } catch (error) {
    throw new InvalidInputError((error as Error).message);
  }
  return payload;
}

/** A fault of the engine or of what it was given: the execution fails and says so, instead of never ending. */
function internalError(error: unknown): string {
  return `The engine failed: ${error instanceof Error ? error.message : String(error)}`;
}
