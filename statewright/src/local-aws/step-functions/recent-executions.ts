import type { Execution } from '../../engine';
import type { HistoryEvent } from '../../history/events';
import { sizeOf } from './history-pieces';
import type { ExecutionStatus, LambdaInvocation } from './records';

/** How many executions of one state machine are kept, and how much text of theirs, in characters. */
const KEPT = { executions: 50, text: 16_777_216 };

/** An execution of an EXPRESS state machine. Times are epoch milliseconds. */
export interface RecentExecution {
  readonly executionArn: string;
  readonly stateMachineArn: string;
  readonly name: string;
  readonly status: ExecutionStatus;
  readonly startDate: number;
  readonly stopDate?: number;
  /** What it runs with, as JSON text. */
  readonly definition: string;
  readonly input: string;
  readonly output?: string;
  readonly error?: string;
  readonly cause?: string;
  /** The execution whose Task started it. */
  readonly startedBy?: string;
  readonly events: readonly HistoryEvent[];
  readonly invocations: readonly LambdaInvocation[];
}

/** What is known of an execution when it starts. */
type Started = Omit<RecentExecution, 'status' | 'events' | 'stopDate' | 'output' | 'error' | 'cause'>;

interface Kept {
  entry: RecentExecution;
  /** Known once it has ended. */
  size: number;
}

/**
 * The last executions of EXPRESS state machines. AWS keeps none: these are for the console, in memory, until newer ones
 * take their place.
 */
export class RecentExecutions {
  /** By state machine, in the order they were started. */
  readonly #byMachine = new Map<string, Map<string, Kept>>();

  add(started: Started, execution: Execution): void {
    const { executionArn, stateMachineArn } = started;
    const kept: Kept = { entry: { ...started, status: 'RUNNING', events: execution.events }, size: 0 };
    const own = this.#byMachine.get(stateMachineArn) ?? new Map<string, Kept>();
    this.#byMachine.set(stateMachineArn, own.set(executionArn, kept));
    forgetOldest(own);
    void execution.outcome.then((outcome) => {
      const { events } = execution;
      const stopDate = events.at(-1)?.timestamp ?? started.startDate;
      kept.entry = { ...kept.entry, ...outcome, stopDate };
      kept.size = events.reduce((sum, event) => sum + sizeOf(event), 0);
      forgetOldest(own);
    });
  }

  /** Newest first. */
  of(stateMachineArn: string): RecentExecution[] {
    return [...(this.#byMachine.get(stateMachineArn)?.values() ?? [])].map(({ entry }) => entry).reverse();
  }

  find(executionArn: string): RecentExecution | undefined {
    for (const own of this.#byMachine.values()) {
      const kept = own.get(executionArn);
      if (kept) return kept.entry;
    }
    return undefined;
  }

  deleteAllOf(stateMachineArn: string): void {
    this.#byMachine.delete(stateMachineArn);
  }
}

function forgetOldest(own: Map<string, Kept>): void {
  let text = 0;
  for (const { size } of own.values()) text += size;
  for (const [arn, { size }] of own) {
    if (own.size <= KEPT.executions && text <= KEPT.text) return;
    own.delete(arn);
    text -= size;
  }
}
