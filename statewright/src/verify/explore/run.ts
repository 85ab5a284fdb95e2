import type { WorkflowType } from '../../asl/validation/place';
import {
  type CompiledStateMachine,
  type Execution,
  type ExecutionOutcome,
  type HistoryEvent,
  type ObjectStore,
  startExecution,
  type TaskCall,
} from '../../engine';
import { RETURNED, type TaskAnswer } from '../../engine/execution/services';
import type { StateVisit } from '../../history/visit';
import type { Outcome } from './outcomes';
import { RunClock } from './run-clock';
import { RunPosition } from './run-position';
import type { TaskStates } from './task-states';

const ACCOUNT = 'us-east-1:000000000000';
const NAMES = {
  stateMachineArn: `arn:aws:states:${ACCOUNT}:stateMachine:state-machine`,
  executionArn: `arn:aws:states:${ACCOUNT}:execution:state-machine:run-1`,
  roleArn: 'arn:aws:iam::000000000000:role/state-machine',
} as const;

/** What is the same in all executions of an exploration. */
export interface Explored {
  readonly machine: CompiledStateMachine;
  readonly states: TaskStates;
  readonly type: WorkflowType;
  /** What distributed Maps read their items from. */
  readonly objects: ObjectStore;
  /** Whether the definition may read the name of a caught error. */
  readonly readsErrors: boolean;
  /** Whether the definition may read the time: a repeated position then proves no endless loop. */
  readonly readsTime: boolean;
  readonly maxEvents: number;
  /** What can happen at a call; the first one is its usual result. */
  outcomesOf(call: TaskCall): readonly Outcome[] | Promise<readonly Outcome[]>;
}

/** The outcomes of an execution that are not the usual results: by visit, or for each visit of a state. */
export interface Plan {
  readonly byVisit: ReadonlyMap<string, Outcome>;
  readonly always?: { readonly state: string; readonly outcome: Outcome };
}

/** A visit in which a Task calls for the first time. */
export interface Choice {
  readonly visit: string;
  readonly state: string;
  readonly position: string;
  readonly outcomes: readonly Outcome[];
}

/** A call of a Task and what happened, in the order of the calls. */
export interface Called {
  readonly state: string;
  readonly visit: string;
  readonly outcome: Outcome;
}

/** An ended execution. */
export interface Run {
  readonly choices: readonly Choice[];
  readonly calls: readonly Called[];
  readonly outcome: ExecutionOutcome;
  /** How it was stopped, if it would not have ended by itself. */
  readonly stopped?: 'waits' | 'repeats' | 'limit';
  /** The number of choices before the states that it repeats. */
  readonly repeatsFrom: number;
  /** The visits of the execution itself. */
  readonly main: readonly StateVisit[];
  /** Those of the child executions of its distributed Maps too. */
  readonly visits: readonly StateVisit[];
  readonly nameOf: (visit: StateVisit) => string;
}

/** Unwinds an execution that never ends. */
class Stopped extends Error {
  override readonly name = 'Stopped';
}

/** Runs an execution with the planned outcomes; every other call has its usual result. */
export async function runPlan(explored: Explored, input: string, plan: Plan): Promise<Run> {
  return new PlannedRun(explored, plan).run(input);
}

class PlannedRun {
  readonly #explored: Explored;
  readonly #plan: Plan;
  readonly #clock = new RunClock();
  readonly #position: RunPosition;
  readonly #choices: Choice[] = [];
  readonly #calls: Called[] = [];
  /** The outcomes of the visits so far: a retry has the same one. */
  readonly #outcomes = new Map<string, Outcome>();
  readonly #inProgress = new Map<StateVisit, Outcome>();
  #stopped: Run['stopped'];
  #events = 0;
  #repeated = false;
  #repeatsFrom = 0;
  #planned = 0;
  #uuids = 0;
  #execution: Execution | undefined;

  constructor(explored: Explored, plan: Plan) {
    this.#explored = explored;
    this.#plan = plan;
    const { states, readsErrors } = explored;
    this.#position = new RunPosition(states, NAMES.executionArn, readsErrors, () => this.#clock.now());
  }

  async run(input: string): Promise<Run> {
    const { machine, type, objects } = this.#explored;
    this.#execution = startExecution(
      machine,
      { input, type, ...NAMES },
      {
        clock: this.#clock,
        invokeTask: (call) => this.#invoke(call),
        objects,
        random: () => 0.5,
        uuid: () => `00000000-0000-4000-8000-${String(++this.#uuids).padStart(12, '0')}`,
        keepEvents: false,
        onEvent: (event) => this.#record(NAMES.executionArn, event),
        onChildEvent: (executionArn, event) => this.#record(executionArn, event),
      },
    );
    const waits = this.#clock.idle().then(() => {
      this.#stopped ??= 'waits';
      this.#execution?.stop();
    });
    const outcome = await Promise.race([this.#execution.outcome, waits.then(() => this.#execution?.outcome)]);
    return {
      choices: this.#choices,
      calls: this.#calls,
      outcome: outcome as ExecutionOutcome,
      ...(this.#stopped && { stopped: this.#stopped }),
      repeatsFrom: this.#repeatsFrom,
      main: this.#position.main.path().visits,
      visits: this.#position.recorders.flatMap((recorder) => recorder.path().visits),
      nameOf: (visit) => this.#position.nameOf(visit),
    };
  }

  #record(executionArn: string, event: HistoryEvent): void {
    // What stops the execution writes events, which say nothing about the state machine.
    if (this.#stopped) return;
    const visit = this.#position.record(executionArn, event);
    this.#events++;
    if (visit !== undefined && this.#isLoop(visit)) this.#stop('repeats');
    if (this.#events > this.#explored.maxEvents) this.#stop(this.#repeated ? 'repeats' : 'limit');
  }

  /** Only the outermost states can repeat without an end by themselves: others may end those inside a Parallel. */
  #isLoop(visit: StateVisit): boolean {
    if (this.#planned < this.#plan.byVisit.size) return false;
    const before = this.#position.repeatedSince(visit, {
      planned: this.#planned,
      choices: this.#choices.length,
    });
    if (before === undefined) return false;
    this.#repeated = true;
    if (this.#explored.readsTime || !this.#position.isOutermost(visit)) return false;
    this.#repeatsFrom = before.choices;
    return true;
  }

  #stop(how: 'repeats' | 'limit'): never {
    this.#stopped = how;
    throw new Stopped();
  }

  #invoke(call: TaskCall): TaskAnswer | Promise<TaskAnswer> {
    const visit = this.#position.visitAt(call.executionArn, call.scheduledEventId);
    const name = this.#position.nameOf(visit);
    const known = this.#outcomes.get(name);
    if (known !== undefined) return this.#answer(call, visit, name, known);
    const outcomes = this.#explored.outcomesOf(call);
    return Array.isArray(outcomes)
      ? this.#choose(call, visit, name, outcomes)
      : (outcomes as Promise<readonly Outcome[]>).then((found) => this.#choose(call, visit, name, found));
  }

  #choose(
    call: TaskCall,
    visit: StateVisit,
    name: string,
    outcomes: readonly Outcome[],
  ): TaskAnswer | Promise<TaskAnswer> {
    const planned = this.#plan.byVisit.get(name);
    const { always } = this.#plan;
    if (planned === undefined) {
      const inProgress = (other: StateVisit) => {
        const outcome = this.#inProgress.get(other);
        return outcome && JSON.stringify(outcome);
      };
      const position = this.#position.describe(visit, inProgress);
      this.#choices.push({ visit: name, state: call.stateName, position, outcomes });
    } else {
      this.#planned++;
    }
    const chosen = planned ?? (always?.state === call.stateName ? always.outcome : (outcomes[0] as Outcome));
    this.#outcomes.set(name, chosen);
    return this.#answer(call, visit, name, chosen);
  }

  #answer(
    call: TaskCall,
    visit: StateVisit,
    name: string,
    outcome: Outcome,
  ): TaskAnswer | Promise<TaskAnswer> {
    this.#calls.push({ state: call.stateName, visit: name, outcome });
    this.#inProgress.set(visit, outcome);
    const { target, taskToken } = call;
    if (target.kind === 'activity' && taskToken !== undefined) {
      // A worker takes the task at once. It may be the first call, before the execution is known here.
      call.started();
      queueMicrotask(() => this.#returnToken(call, taskToken, outcome));
      return { scheduled: true };
    }
    if (target.kind === 'integration' && target.pattern === 'waitForTaskToken' && taskToken !== undefined) {
      this.#returnToken(call, taskToken, outcome);
      return { output: '{}' };
    }
    switch (outcome.kind) {
      case 'result':
        return { output: resultOf(call, outcome.json) };
      case 'error':
        return { error: outcome.error, cause: outcome.cause };
      default:
        return { output: 'null', takes: Number.POSITIVE_INFINITY };
    }
  }

  /** What the receiver of a task token does, or the worker of an activity. */
  #returnToken(call: TaskCall, token: string, outcome: Outcome): void {
    if (outcome.kind === 'result') this.#execution?.completeTask(token, { output: outcome.json });
    if (outcome.kind === 'error') {
      this.#execution?.completeTask(token, { error: outcome.error, cause: outcome.cause });
    }
    if (outcome.kind === 'timeout') this.#keepAlive(call, token);
  }

  /** Heartbeats until the task times out, more often than the state asks for. */
  #keepAlive({ stateName, signal }: TaskCall, token: string): void {
    const seconds = this.#explored.states.heartbeatOf(stateName);
    if (seconds === undefined) return;
    const beat = (): void => {
      if (signal.aborted && signal.reason !== RETURNED) return;
      if (this.#execution?.heartbeat(token)) this.#clock.setTimer(seconds * 900, beat);
    };
    this.#clock.setTimer(seconds * 900, beat);
  }
}

/** The result of `lambda:invoke` has the function's own result as its Payload. */
function resultOf({ target }: TaskCall, json: string): string {
  if (target.kind !== 'integration' || !/^(?:aws-sdk:)?lambda$/.test(target.resourceType)) return json;
  return target.resource === 'invoke'
    ? `{"ExecutedVersion":"$LATEST","Payload":${json},"StatusCode":200}`
    : json;
}
