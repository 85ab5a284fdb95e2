import { compileStateMachine } from '../../engine';
import { exampleObjects, withReadableItems } from './example-objects';
import { Examples } from './examples';
import type { Exploration, ExploreOptions } from './exploration';
import { findingsOf } from './findings';
import { Loops } from './loops';
import { type ExploredRun, endOf, lastFailure, type PlannedStep, rowOf } from './row';
import { type Explored, type Plan, type Run, runPlan } from './run';
import { TaskStates } from './task-states';
import { testOf } from './test-text';

/**
 * Explores a state machine: at every Task each outcome is tried that can happen there, in simulated time. Executions that
 * reach a position that an earlier one was in continue as that one did, and are not tried again from there.
 *
 * @throws InvalidDefinitionError where the definition cannot be run
 */
export async function exploreDefinition(
  definition: object,
  options: ExploreOptions = {},
): Promise<Exploration> {
  return new Explorer(definition, options).explore();
}

/** Whether a path or an expression may read the name or the cause of a caught error. */
const READS_ERRORS = /"[^"]*\$[^"]*\b(?:Error|Cause)\b|\{%/;
/** Whether a state may read the time. */
const READS_TIME = /\$(?:now|millis)\b|EnteredTime|StartTime/;

const DEFAULT_EXECUTIONS = 5000;
const DEFAULT_EVENTS = 5000;
/** The most inputs that are tried for states that no execution reached. */
const MORE_INPUTS = 100;

class Explorer {
  readonly #definition: object;
  readonly #options: ExploreOptions;
  readonly #explored: Explored;
  readonly #examples: Examples;
  readonly #hasTimeout: boolean;
  readonly #maxExecutions: number;
  readonly #rows = new Map<string, ExploredRun>();
  readonly #reached = new Set<string>();
  readonly #loops = new Loops();
  readonly #seen = new Set<string>();
  readonly #limits = new Set<string>();
  #executions = 0;

  constructor(given: object, options: ExploreOptions) {
    const definition = withReadableItems(given);
    this.#definition = definition;
    this.#options = options;
    const { type = 'STANDARD', maxEvents = DEFAULT_EVENTS, maxExecutions = DEFAULT_EXECUTIONS } = options;
    const text = JSON.stringify(definition);
    const states = new TaskStates(definition);
    const machine = compileStateMachine(definition);
    const examples = new Examples(definition, states, options.samples);
    this.#examples = examples;
    this.#maxExecutions = maxExecutions;
    this.#hasTimeout = machine.timeoutSeconds !== undefined || type === 'EXPRESS';
    this.#explored = {
      machine,
      states,
      type,
      objects: exampleObjects(definition, examples.item),
      maxEvents,
      readsErrors: READS_ERRORS.test(text),
      readsTime: READS_TIME.test(text),
      outcomesOf: (call) => examples.outcomesOf(call),
    };
  }

  async explore(): Promise<Exploration> {
    const inputs = this.#options.inputs?.map((input) => JSON.stringify(input));
    await this.#followAll(inputs ?? this.#examples.inputs);
    if (inputs === undefined) await this.#followMore();
    await this.#repeatFailures();
    for (const endless of this.#loops.endless) this.#keep(endless);
    const runs = inOrder([...this.#rows.values()]);
    const findings = await findingsOf({
      definition: this.#definition,
      explored: this.#explored,
      runs,
      reached: this.#reached,
    });
    return {
      rows: runs.map(({ input, run, row }) => ({
        ...row,
        test: testOf(row, run, input, this.#explored.states, this.#options.deploy),
      })),
      findings,
      limits: [...this.#limits],
      executions: this.#executions,
    };
  }

  async #followAll(inputs: readonly string[]): Promise<void> {
    // In the order of their length: the first row of its kind has the shortest sequence.
    const ahead: Ahead[] = inputs.map((input) => ({ input, planned: [] }));
    for (const each of ahead) {
      if (this.#executions >= this.#maxExecutions) {
        this.#limits.add(
          `After ${this.#executions} executions, longer sequences of outcomes were not tried.`,
        );
        return;
      }
      ahead.push(...(await this.#follow(each)));
    }
  }

  /** Follows further inputs that reach a state which no execution reached, such as behind an And of two members. */
  async #followMore(): Promise<void> {
    let left = MORE_INPUTS;
    for (const input of this.#examples.moreInputs) {
      const isDone = this.#reached.size >= this.#explored.states.all.size || this.#limits.size > 0;
      if (isDone || left-- === 0) return;
      const { visits } = await runPlan(this.#explored, input, { byVisit: new Map() });
      this.#executions++;
      if (visits.some(({ name }) => !this.#reached.has(name))) await this.#followAll([input]);
    }
  }

  /** Runs one sequence of outcomes, and returns those that continue it. */
  async #follow({ input, planned }: Ahead): Promise<Ahead[]> {
    const plan = { byVisit: new Map(planned.map(({ visit, outcome }) => [visit, outcome])) };
    const run = await this.#run(input, plan, planned);
    const next: Ahead[] = [];
    for (const { visit, state, position, outcomes } of run.choices) {
      if (this.#seen.has(position)) continue;
      this.#seen.add(position);
      for (const outcome of outcomes.slice(1))
        next.push({ input, planned: [...planned, { visit, state, outcome, position }] });
    }
    return next;
  }

  async #run(input: string, plan: Plan, planned: readonly PlannedStep[], suffix = ''): Promise<Run> {
    const run = await runPlan(this.#explored, input, plan);
    this.#executions++;
    for (const { name } of run.visits) this.#reached.add(name);
    const failed = lastFailure(run, planned);
    const end = endOf(run, failed?.outcome, this.#hasTimeout);
    if (end === undefined) {
      this.#limits.add(`An execution was stopped after ${this.#explored.maxEvents} events.`);
      return run;
    }
    const row = rowOf(run, end, planned, failed, this.#explored.states);
    const explored = { input, planned, run, row: { ...row, error: `${row.error}${suffix}` } };
    const isLoop = run.stopped === 'repeats';
    this.#loops.add(
      explored,
      isLoop ? run.choices.slice(run.repeatsFrom).map(({ position }) => position) : undefined,
    );
    // Whether a loop has a way out shows only at the end.
    if (!isLoop) this.#keep(explored);
    return run;
  }

  /** Keeps the first execution of its kind. */
  #keep(explored: ExploredRun): void {
    const { steps: _, ...shown } = explored.row;
    const key = JSON.stringify(shown);
    if (!this.#rows.has(key)) this.#rows.set(key, explored);
  }

  /** A handler may lead back to the state that failed: what follows when it fails each time? */
  async #repeatFailures(): Promise<void> {
    const once = [...this.#rows.values()].filter(({ planned: [only, ...more], run, row }) => {
      if (only === undefined || more.length > 0 || row.caughtBy === undefined) return false;
      const since = run.calls.findIndex(({ visit }) => visit === only.visit);
      const isRepeated = (visit: string) => visit !== only.visit && placeOf(visit) === placeOf(only.visit);
      return run.calls.slice(since).some(({ visit }) => isRepeated(visit));
    });
    for (const { input, planned } of once) {
      const [{ state, outcome }] = planned as [PlannedStep];
      await this.#run(input, { byVisit: new Map(), always: { state, outcome } }, planned, ', each time');
    }
  }
}

/** The name of a visit without the numbers of visits: `Each[0]/Work` of `Each#2[0]/Work`. */
const placeOf = (visit: string): string => visit.replace(/#\d+/g, '');

/** A sequence of outcomes to try. */
interface Ahead {
  readonly input: string;
  readonly planned: readonly PlannedStep[];
}

/** The rows of each state together, in the order in which the first one of each was found. */
function inOrder(runs: readonly ExploredRun[]): ExploredRun[] {
  const order = [...new Set(runs.map(({ row }) => row.state))];
  return runs.toSorted((a, b) => order.indexOf(a.row.state) - order.indexOf(b.row.state));
}
