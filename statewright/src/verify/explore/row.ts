import { errorNamesOf, listAt, ownField, type Part } from '../../asl/graph';
import { matches } from '../../engine/error-handling/error-names';
import type { StateVisit } from '../../history/visit';
import type { End, Row, Step } from './exploration';
import { isFailure, labelOf, type Outcome } from './outcomes';
import type { Run } from './run';
import type { TaskStates } from './task-states';

/** A planned outcome of a visit. */
export interface PlannedStep {
  readonly visit: string;
  readonly state: string;
  readonly outcome: Outcome;
  /** The position of the execution at the call. */
  readonly position: string;
}

/** A row without its test. */
export type PlainRow = Omit<Row, 'test'>;

/** An execution with its row. */
export interface ExploredRun {
  readonly input: string;
  readonly planned: readonly PlannedStep[];
  readonly run: Run;
  readonly row: PlainRow;
}

/** The failure of a row: the last one that had an effect. Of two at the same time, the first ends a Parallel or a Map. */
export function lastFailure(run: Run, planned: readonly PlannedStep[]): PlannedStep | undefined {
  const failures = planned.filter(({ outcome }) => isFailure(outcome));
  const aborted = new Set(run.visits.filter(({ status }) => status === 'ABORTED').map(run.nameOf));
  return failures.findLast(({ visit }) => !aborted.has(visit)) ?? failures.at(-1);
}

/** The row of an execution. @param planned in their order @param failed the failure of the row */
export function rowOf(
  run: Run,
  end: End,
  planned: readonly PlannedStep[],
  failed: PlannedStep | undefined,
  states: TaskStates,
): PlainRow {
  const steps = planned.map(stepOf);
  if (failed === undefined) return { state: '', error: '', retries: 0, end, steps };
  const visit = run.visits.findLast((each) => run.nameOf(each) === failed.visit);
  const handling = visit && handlingOf(visit, failed.outcome, run, states);
  return {
    state: failed.state,
    error: labelOf(failed.outcome),
    retries: handling?.retries ?? 0,
    ...(handling?.caughtBy && { caughtBy: handling.caughtBy.location }),
    ...(handling?.caughtBy && { continuesIn: String(ownField(handling.caughtBy.content, 'Next')) }),
    end,
    steps,
  };
}

const stepOf = ({ visit, state, outcome }: PlannedStep): Step => ({
  visit,
  state,
  outcome: labelOf(outcome),
});

interface Handling {
  readonly retries: number;
  readonly caughtBy: Part | undefined;
}

/** How the error of a visit was handled: by the state itself, or by a Parallel or Map around it. */
function handlingOf(visit: StateVisit, outcome: Outcome, run: Run, states: TaskStates): Handling {
  const retries = visit.attempts.length - 1;
  if (visit.status === 'CAUGHT') return { retries, caughtBy: catcherOf(visit, outcome, states) };
  const around = visit.scope?.visit ?? mapOf(visit, run, states);
  if (around === undefined || visit.status === 'SUCCEEDED') return { retries, caughtBy: undefined };
  const outer = handlingOf(around, outcome, run, states);
  return { ...outer, retries: retries || outer.retries };
}

/** The distributed Map in whose child execution a visit is. */
function mapOf(visit: StateVisit, run: Run, states: TaskStates): StateVisit | undefined {
  const map = states.around(visit.name)[0]?.name;
  return map === undefined ? undefined : run.visits.findLast(({ name }) => name === map);
}

function catcherOf(visit: StateVisit, outcome: Outcome, states: TaskStates): Part | undefined {
  const state = states.all.get(visit.name);
  const failure = {
    ...(visit.error !== undefined && { error: visit.error }),
    ...(outcome.kind === 'heartbeat' &&
      visit.error === 'States.Timeout' && { alias: 'States.HeartbeatTimeout' }),
  };
  return state && listAt(state, 'Catch').find((clause) => matches(errorNamesOf(clause), failure));
}

/** Where and how an execution ended; undefined when a limit stopped it. @param last the failure of the row */
export function endOf(run: Run, last: Outcome | undefined, hasTimeout: boolean): End | undefined {
  const { outcome, stopped, main, visits } = run;
  const lastMain = main.findLast(({ scope }) => scope === undefined)?.name ?? '';
  switch (stopped) {
    case 'limit':
      return undefined;
    case 'waits': {
      const waiting = visits.findLast(
        ({ status, type }) => status === 'IN_PROGRESS' && type !== 'Parallel' && type !== 'Map',
      );
      return { status: 'NEVER_ENDS', state: waiting?.name ?? lastMain, because: 'waits' };
    }
    case 'repeats':
      return hasTimeout
        ? { status: 'TIMED_OUT', state: lastMain }
        : { status: 'NEVER_ENDS', state: visits.at(-1)?.name ?? lastMain, because: 'repeats' };
  }
  if (outcome.status !== 'FAILED') {
    return { status: outcome.status === 'SUCCEEDED' ? 'SUCCEEDED' : 'TIMED_OUT', state: lastMain };
  }
  const failed = main.filter(({ status }) => status === 'FAILED');
  const inner = failed.findLast((each) => !failed.some(({ scope }) => scope?.visit === each));
  const isOwn = outcome.error !== undefined && outcome.error === errorOf(last);
  return {
    status: 'FAILED',
    state: inner?.name ?? lastMain,
    ...(!isOwn && { error: outcome.error ?? '' }),
  };
}

function errorOf(outcome: Outcome | undefined): string | undefined {
  if (outcome?.kind === 'error') return outcome.error;
  return outcome?.kind === 'timeout' || outcome?.kind === 'heartbeat' ? 'States.Timeout' : undefined;
}
