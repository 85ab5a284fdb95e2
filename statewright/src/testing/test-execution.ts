import type { HistoryEvent, JsonText } from '../engine';
import { type ExecutionPath, executionPath, type StateVisit } from '../history/execution-path';
import { UserError } from '../user-error';
import { type FunctionMemory, type Usage, usageOf } from '../verify/costs';
import { typeOf } from '../verify/replay/recorded-execution';
import type { Call } from './call';
import { atCallSite } from './call-site';
import { type CallTarget, isMeant, type Names } from './targets';

/** One line that a Lambda function logged. */
export interface LogLine {
  /** The Lambda function's name. */
  readonly lambda: string;
  /** The time in epoch milliseconds, simulated. */
  readonly timestamp: number;
  /** The text of the line, without its line break. */
  readonly message: string;
}

/** One visit of a state, with parsed values. */
export interface Visit {
  /** The parsed input. */
  readonly input: unknown;
  /** The output; undefined if the state was not left. */
  readonly output: unknown;
  /** The values of the variables that it assigned. */
  readonly assigned: Readonly<Record<string, unknown>>;
  /** The error that the state failed with, or that its Catch handled; undefined if it succeeded. */
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** The number of attempts; 1 without a retry. */
  readonly attempts: number;
  /** The duration in simulated milliseconds. */
  readonly duration: number;
}

/** The data of an execution. */
export interface EndedExecution {
  readonly executionArn: string;
  readonly events: readonly HistoryEvent[];
  readonly calls: readonly Call[];
  readonly logs: readonly LogLine[];
  /** The names of the states in the order of their entry; child executions included. */
  readonly visited: readonly string[];
  readonly children: () => readonly TestExecution[];
  readonly nested?: () => readonly TestExecution[];
  /** Undefined for a child execution and for one that a Task started. */
  readonly redrive?: () => Promise<TestExecution>;
  /** What its usage depends on in addition to its history. */
  readonly billing: Billing;
}

interface Billing {
  /** In bytes. */
  readonly definitionSize: number;
  readonly functionMemory: FunctionMemory;
}

/** A redrive that the kit cannot do. */
export class RedriveError extends UserError {
  override readonly name = 'RedriveError';
}

/** An ended execution, with everything that it did. */
export class TestExecution {
  readonly executionArn: string;
  /** The parsed input. */
  readonly input: unknown;
  readonly status: 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';
  /** The parsed output; undefined if it did not succeed. */
  readonly output: unknown;
  /** The error's name; undefined when it succeeded. */
  readonly error: string | undefined;
  readonly cause: string | undefined;
  /** The history, as GetExecutionHistory returns it. Times are simulated epoch milliseconds. */
  readonly events: readonly HistoryEvent[];
  /** The visits of its states, with attempts and errors. */
  readonly path: ExecutionPath;
  /** The names of the states in the order of their entry, once for each visit; child executions included. */
  readonly visited: readonly string[];
  /** The calls of its Tasks, in order; retries and child executions included. */
  readonly invocations: readonly Call[];
  /** The log lines of the Lambda functions that really ran. */
  readonly logs: readonly LogLine[];
  /** The time from start to end, in simulated milliseconds. */
  readonly duration: number;
  readonly #billing: Billing;
  readonly #names: Names;
  readonly #makeChildren: () => readonly TestExecution[];
  readonly #makeNested: () => readonly TestExecution[];
  readonly #redrive: EndedExecution['redrive'];
  #children: readonly TestExecution[] | undefined;

  constructor(ended: EndedExecution, names: Names) {
    const { events } = ended;
    const [first] = events;
    const last = events.at(-1);
    this.executionArn = ended.executionArn;
    this.events = events;
    this.invocations = ended.calls;
    this.#makeChildren = ended.children;
    this.#makeNested = ended.nested ?? (() => []);
    this.#redrive = ended.redrive;
    this.logs = ended.logs;
    this.visited = ended.visited;
    this.path = executionPath(events);
    this.status = this.path.status as TestExecution['status'];
    this.error = this.path.error;
    this.cause = this.path.cause;
    this.duration = (this.path.endedAt ?? 0) - (this.path.startedAt ?? 0);
    this.input =
      first?.type === 'ExecutionStarted' ? parsed(first.executionStartedEventDetails.input) : undefined;
    this.output =
      last?.type === 'ExecutionSucceeded' ? parsed(last.executionSucceededEventDetails.output) : undefined;
    this.#billing = ended.billing;
    this.#names = names;
  }

  /**
   * What it is billed for, with the child executions of its distributed Maps: state transitions, or the duration and the
   * memory of EXPRESS; the durations of Lambda functions, in simulated time.
   */
  get usage(): Usage {
    const { definitionSize, functionMemory } = this.#billing;
    const executions = [this, ...this.children].map((each) => ({
      events: each.events,
      type: typeOf(each),
      definitionSize,
    }));
    return usageOf(executions, functionMemory);
  }

  /**
   * Redrives it: runs it again from the states that were not successful, and keeps the results of all others. Replacements
   * may have changed in between.
   *
   * @returns the whole execution, with what it did before; this one stays as it is
   * @throws RedriveError; AwsError: ExecutionNotRedrivable, if AWS would refuse it; and as `run` of the workflow
   */
  async redrive(): Promise<TestExecution> {
    return atCallSite(this.redrive, () => {
      if (this.#redrive) return this.#redrive();
      throw new RedriveError('Redrive the execution that the test ran: it redrives this one.');
    });
  }

  /** What a snapshot shows: the result, the states and the calls, without the history. */
  toJSON(): object {
    const { status, input, output, error, cause, duration, visited } = this;
    const invocations = this.invocations.map(({ state, resource, lambda, input: sent }) => ({
      state,
      ...(lambda === undefined ? { resource } : { lambda }),
      input: sent,
    }));
    const result = status === 'SUCCEEDED' ? { output } : { error, cause };
    return { status, input, ...result, duration, visited, invocations };
  }

  /** The child executions of its distributed Maps, each with its own history. */
  get children(): readonly TestExecution[] {
    this.#children ??= this.#makeChildren();
    return this.#children;
  }

  /** The executions of other state machines that its Tasks started, in the order of their start. */
  get nested(): readonly TestExecution[] {
    return this.#makeNested();
  }

  /** The child executions of one visit of a distributed Map. */
  childrenOf(visit: StateVisit): readonly TestExecution[] {
    const runs = this.events.flatMap((event) =>
      event.type === 'MapRunStarted' && this.path.visitByEvent.get(event.id) === visit
        ? [runName(event.mapRunStartedEventDetails.mapRunArn)]
        : [],
    );
    return this.children.filter(({ executionArn }) => runs.includes(runName(executionArn)));
  }

  /**
   * The calls of one Task, or of one Lambda function or resource.
   * @throws UnknownNameError, AmbiguousNameError
   */
  invocationsOf(target: CallTarget): readonly Call[] {
    const resolved = this.#names.resolve(target);
    return this.invocations.filter((call) => isMeant(resolved, call));
  }

  /**
   * The visits of one state, with its input and output; those in child executions come last.
   * @throws UnknownNameError
   */
  visitsOf(state: string): readonly Visit[] {
    this.#names.checkState(state);
    const own = this.path.visits.filter(({ name }) => name === state).map((visit) => this.#visitOf(visit));
    return [...own, ...this.children.flatMap((child) => child.visitsOf(state))];
  }

  #visitOf({ input, output, exitedEventId, enteredAt, exitedAt, error, cause, attempts }: StateVisit): Visit {
    const exited = exitedEventId === undefined ? undefined : this.events[exitedEventId - 1];
    const assigned =
      exited && 'stateExitedEventDetails' in exited ? exited.stateExitedEventDetails.assignedVariables : {};
    return {
      input: parsed(input),
      output: parsed(output),
      assigned: Object.fromEntries(
        Object.entries(assigned ?? {}).map(([name, text]) => [name, parsed(text)]),
      ),
      error,
      cause,
      attempts: Math.max(1, attempts.length),
      duration: (exitedAt ?? this.path.endedAt ?? enteredAt) - enteredAt,
    };
  }

  /**
   * Whether the states were visited in this order, with any others between them.
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

/** The common part of the ARNs of a Map Run and its child executions: `machine/label`. */
const runName = (arn: string) => arn.split(':')[6];

const parsed = (text: JsonText | undefined): unknown => (text === undefined ? undefined : JSON.parse(text));
