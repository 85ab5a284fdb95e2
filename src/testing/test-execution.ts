import type { HistoryEvent } from '../engine';
import { type ExecutionPath, executionPath } from '../report/execution-path';
import type { Call } from './answers';
import { isMeant, type Names, type Target } from './targets';

/** One line that a Lambda function logged. */
export interface LogLine {
  /** The function's name. */
  readonly lambda: string;
  /** Epoch milliseconds, of simulated time. */
  readonly timestamp: number;
  readonly message: string;
}

/** What a run is made from. */
export interface EndedExecution {
  readonly executionArn: string;
  readonly input: unknown;
  readonly events: readonly HistoryEvent[];
  readonly invocations: readonly Call[];
  readonly logs: readonly LogLine[];
}

/** An execution that has ended, with all that is known of it. */
export class TestExecution {
  readonly executionArn: string;
  readonly input: unknown;
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  /** The output's value; undefined unless it succeeded. */
  readonly output: unknown;
  /** The error's name; undefined when it succeeded. */
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** Every event of its history, as GetExecutionHistory tells them; times are epoch milliseconds of simulated time. */
  readonly events: readonly HistoryEvent[];
  /** The visits of its states, with attempts and errors. */
  readonly path: ExecutionPath;
  /** The names of the states in the order in which they were entered, once for each visit. */
  readonly visited: readonly string[];
  /** Every call that its Tasks made, retries among them, in order. */
  readonly invocations: readonly Call[];
  /** What the Lambda functions that really ran have logged. */
  readonly logs: readonly LogLine[];
  /** Simulated milliseconds from start to end. */
  readonly duration: number;
  readonly #names: Names;

  constructor(ended: EndedExecution, names: Names) {
    const { events } = ended;
    this.executionArn = ended.executionArn;
    this.input = ended.input;
    this.events = events;
    this.invocations = ended.invocations;
    this.logs = ended.logs;
    this.path = executionPath(events);
    this.status = this.path.status as TestExecution['status'];
    this.error = this.path.error;
    this.cause = this.path.cause;
    this.visited = this.path.visits.map(({ name }) => name);
    this.duration = (this.path.endedAt ?? 0) - (this.path.startedAt ?? 0);
    const last = events.at(-1);
    this.output =
      last?.type === 'ExecutionSucceeded'
        ? JSON.parse(last.executionSucceededEventDetails.output)
        : undefined;
    this.#names = names;
  }

  /**
   * The calls of one Task, or of one Lambda function or resource.
   * @throws UnknownNameError, AmbiguousNameError
   */
  invocationsOf(target: Target): readonly Call[] {
    const resolved = this.#names.resolve(target);
    return this.invocations.filter((call) => isMeant(resolved, call));
  }

  /**
   * Whether the states were visited in this order, whatever was visited between them.
   * @throws UnknownNameError
   */
  hasVisited(states: readonly string[]): boolean {
    for (const state of states) this.#names.checkState(state);
    let from = 0;
    return states.every((state) => {
      const at = this.visited.indexOf(state, from);
      from = at + 1;
      return at >= 0;
    });
  }
}
