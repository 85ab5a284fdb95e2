import type { HistoryEvent } from '../../history/events';
import { recordAbortedChildren } from './aborted';
import { type Checkpoint, readCheckpoint } from './checkpoint';
import { ExecutionContext } from './context';
import { HistoryLimitError, ThreadStopped } from './errors';
import type { Execution, ExecutionOutcome, ExecutionRequest } from './execution';
import { errorDetails, RUNTIME_ERROR } from './failure';
import { WHOLE } from './history-writer';
import { runStates, type ThreadResult } from './run-states';
import type { EngineServices } from './services';
import type { CompiledStateMachine } from './state';
import { TaskTokens } from './task-tokens';
import { Thread } from './thread';

/** The maximum duration of an Express workflow (Step Functions Developer Guide, "Choosing workflow type"). */
const EXPRESS_SECONDS = 300;

/**
 * Starts an execution. It runs synchronously until it first has to wait.
 * @throws InvalidInputError when the input is not valid JSON
 */
export function startExecution(
  machine: CompiledStateMachine,
  request: ExecutionRequest,
  services: EngineServices,
): Execution {
  return new ExecutionRun(machine, request, services);
}

/**
 * Continues an ended execution from the states in which it stopped. What has succeeded is kept: the states before these,
 * and the branches and iterations that have ended.
 * @param earlier its history
 */
export function redriveExecution(
  machine: CompiledStateMachine,
  request: ExecutionRequest,
  services: EngineServices,
  earlier: readonly HistoryEvent[],
): Execution {
  return new ExecutionRun(machine, request, services, new TaskTokens(), earlier);
}

/** One run of a state machine. */
export class ExecutionRun implements Execution {
  readonly context: ExecutionContext;
  readonly outcome: Promise<ExecutionOutcome>;
  readonly #thread: Thread;
  #resolve: (outcome: ExecutionOutcome) => void = () => {};
  #cancelTimeout: (() => void) | undefined;

  constructor(
    machine: CompiledStateMachine,
    request: ExecutionRequest,
    services: EngineServices,
    tokens = new TaskTokens(),
    earlier?: readonly HistoryEvent[],
  ) {
    this.context = new ExecutionContext(request, services, tokens, earlier);
    this.outcome = new Promise((resolve) => {
      this.#resolve = resolve;
    });
    const checkpoint = earlier && readCheckpoint(earlier);
    const first = this.#writeFirst(earlier?.at(-1)?.id ?? 0);
    // The first state's Entered event points to no event, not even to ExecutionStarted.
    this.#thread = new Thread(this.context, checkpoint ? first : 0);
    this.#startTimeout(machine);
    // Its first task is called when the caller has the execution.
    this.context.turns.enter();
    void this.#run(machine, checkpoint);
    this.context.turns.leave();
  }

  get events(): Execution['events'] {
    return this.context.history.events;
  }

  stop(reason: { readonly error?: string; readonly cause?: string } = {}): void {
    if (this.context.history.sealed) return;
    this.#thread.stop();
    // AWS writes no Aborted event for the state that the execution itself is in.
    recordAbortedChildren(this.#thread);
    this.#end('ABORTED', reason);
  }

  completeTask(...[token, result]: Parameters<Execution['completeTask']>): boolean {
    return this.context.tokens.complete(token, result);
  }

  heartbeat(token: string): boolean {
    return this.context.tokens.heartbeat(token);
  }

  #writeFirst(previousEventId: number): number {
    const { history, input, redrive, request } = this.context;
    if (redrive) {
      return history.write('ExecutionRedriven', previousEventId, {
        executionRedrivenEventDetails: { redriveCount: redrive.count },
      });
    }
    return history.write('ExecutionStarted', previousEventId, {
      executionStartedEventDetails: { input: input.text, inputDetails: WHOLE, roleArn: request.roleArn },
    });
  }

  #startTimeout(machine: CompiledStateMachine): void {
    const limit = this.context.request.type === 'EXPRESS' ? EXPRESS_SECONDS : Number.POSITIVE_INFINITY;
    const seconds = Math.min(machine.timeoutSeconds ?? Number.POSITIVE_INFINITY, limit);
    if (seconds === Number.POSITIVE_INFINITY) return;
    this.#cancelTimeout = this.context.services.clock.setTimer(seconds * 1000, () => {
      this.#thread.stop();
      this.#end('TIMED_OUT', { error: 'States.Timeout' });
    });
  }

  async #run(machine: CompiledStateMachine, checkpoint: Checkpoint | undefined): Promise<void> {
    try {
      this.#finish(await runStates(this.#thread, machine, this.context.input, checkpoint));
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
    if (this.context.history.sealed) return;
    this.#cancelTimeout?.();
    this.context.history.end('ExecutionSucceeded', this.#thread.previousEventId, {
      executionSucceededEventDetails: { output, outputDetails: WHOLE },
    });
    this.#resolve({ status: 'SUCCEEDED', output });
  }

  #end(
    status: 'FAILED' | 'TIMED_OUT' | 'ABORTED',
    reason: { readonly error?: string; readonly cause?: string },
  ): void {
    if (this.context.history.sealed) return;
    this.#cancelTimeout?.();
    if (status === 'FAILED') {
      this.context.history.end('ExecutionFailed', this.#thread.previousEventId, {
        executionFailedEventDetails: reason,
      });
    } else if (status === 'ABORTED') {
      this.context.history.end('ExecutionAborted', 0, { executionAbortedEventDetails: reason });
    } else {
      this.context.history.end('ExecutionTimedOut', 0, { executionTimedOutEventDetails: reason });
    }
    // DescribeExecution reports a timeout only by its status.
    this.#resolve(status === 'TIMED_OUT' ? { status } : { status, ...reason });
  }
}

/** A bug in the engine or in its services: the execution fails with the error, instead of never ending. */
function internalError(error: unknown): string {
  if (error instanceof RangeError && error.message.startsWith('Maximum call stack')) {
    return 'A value is nested too deeply to be read or written here.';
  }
  return `The engine failed: ${error instanceof Error ? error.message : String(error)}`;
}
