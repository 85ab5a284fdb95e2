import { listAt, objectOf, ownField } from '../../asl/graph';
import { compileStateMachine } from '../../engine';
import type { Finding } from './exploration';
import { uselessHandlers } from './handlers';
import { NO_ANSWER } from './outcomes';
import type { ExploredRun, PlainRow } from './row';
import { type Explored, runPlan } from './run';
import { TaskStates } from './task-states';
import { errorList } from './test-text';

/** What the findings are made from. */
interface Facts {
  readonly definition: object;
  readonly explored: Explored;
  readonly runs: readonly ExploredRun[];
  /** The names of the states that an execution entered. */
  readonly reached: ReadonlySet<string>;
}

/** What an exploration points out, in the order of its weight. */
export async function findingsOf(facts: Facts): Promise<Finding[]> {
  const { explored, runs } = facts;
  const rows = runs.map(({ row }) => row);
  const at = (state: string) => explored.states.all.get(state)?.location ?? '';
  return [
    ...withoutError(runs, at),
    ...(await failedHandlers(facts, at)),
    ...neverEnding(rows, at),
    ...withoutTimeout(rows, at),
    ...unhandled(rows, at),
    ...uselessHandlers(explored.states),
    ...succeedingAfterFailure(rows),
    ...notReached(facts),
  ];
}

/** Errors of the evaluation of a state's fields: what the state reads is missing, or does not fit. */
const EVALUATION = /^States\.(?:Runtime|QueryEvaluationError|ReferencePathConflict|IntrinsicFailure)$/;

const failsInEvaluation = ({ row: { end } }: ExploredRun): boolean =>
  end.status === 'FAILED' && end.error !== undefined && EVALUATION.test(end.error);

function causeOf({ run }: ExploredRun): string {
  const cause = 'cause' in run.outcome ? (run.outcome.cause ?? '') : '';
  return cause
    .replace(/^An error occurred while executing the state '[^']*' \(entered at the event id #\d+\)\. /, '')
    .replace(/ could not be found in the input '.*'$/s, ' could not be found in its input.');
}

function withoutError(runs: readonly ExploredRun[], at: (state: string) => string): Finding[] {
  return runs
    .filter((each) => each.row.state === '' && failsInEvaluation(each))
    .map((each) => ({
      kind: 'FAILS_WITHOUT_ERROR',
      location: at(each.row.end.state),
      message: `Without an error the execution fails in ${each.row.end.state} with ${each.row.end.error}: ${causeOf(each)} If the example values are the reason, use inputs and stand-ins.`,
    }));
}

/** States that fail since an error before them left them without what they read. */
async function failedHandlers(
  { definition, explored, runs }: Facts,
  at: (state: string) => string,
): Promise<Finding[]> {
  const alsoWithout = new Set(
    runs.filter((each) => each.row.state === '' && failsInEvaluation(each)).map(({ row }) => row.end.state),
  );
  const found = new Map<string, Finding>();
  for (const each of runs) {
    const { row } = each;
    if (row.caughtBy === undefined || !failsInEvaluation(each) || alsoWithout.has(row.end.state)) continue;
    const isLost = await succeedsWithInput(definition, explored, each);
    const reads = `${row.end.state} fails with ${row.end.error}: ${causeOf(each)}`;
    const finding: Finding = isLost
      ? {
          kind: 'INPUT_LOST',
          location: row.caughtBy,
          message: `The Catch for ${row.error} of ${row.state} replaces the input, which ${row.end.state} needs. ${reads} Keep the input with ResultPath, such as "$.error".`,
        }
      : {
          kind: 'HANDLER_FAILS',
          location: at(row.end.state),
          message: `After ${row.error} of ${row.state}, which a Catch handles, ${reads}`,
        };
    const key = `${finding.kind} ${row.caughtBy} ${row.end.state}`;
    if (!found.has(key)) found.set(key, finding);
  }
  return [...found.values()];
}

/** Whether the execution does not fail in that state when the Catch keeps the input. */
async function succeedsWithInput(
  definition: object,
  explored: Explored,
  { input, planned, row }: ExploredRun,
): Promise<boolean> {
  const patched = structuredClone(definition) as object;
  const clause = clauseAt(patched, row.caughtBy as string);
  if (clause === undefined || !replacesInput(clause)) return false;
  if (ownField(clause, 'Output') === undefined && !isJsonata(patched, row.caughtBy as string))
    Object.assign(clause, { ResultPath: '$.statewrightError' });
  else
    Object.assign(clause, {
      Output: '{% $merge([$states.input, { "statewrightError": $states.errorOutput }]) %}',
    });
  try {
    const changed = { ...explored, machine: compileStateMachine(patched) };
    const plan = { byVisit: new Map(planned.map(({ visit, outcome }) => [visit, outcome])) };
    const { outcome, visits } = await runPlan(changed, input, plan);
    const stillFails =
      outcome.status === 'FAILED' &&
      visits.some(({ name, status }) => name === row.end.state && status === 'FAILED');
    return !stillFails;
  } catch {
    return false;
  }
}

const replacesInput = (clause: object): boolean => {
  const path = ownField(clause, 'ResultPath');
  return path === undefined || path === '$';
};

function clauseAt(definition: object, location: string): object | undefined {
  for (const state of new TaskStates(definition).all.values()) {
    const clause = listAt(state, 'Catch').find((each) => each.location === location);
    if (clause) return objectOf(clause.content);
  }
  return undefined;
}

function isJsonata(definition: object, location: string): boolean {
  const states = [...new TaskStates(definition).all.values()];
  const state = states.find((each) => listAt(each, 'Catch').some((clause) => clause.location === location));
  return (ownField(state?.content, 'QueryLanguage') ?? ownField(definition, 'QueryLanguage')) === 'JSONata';
}

function neverEnding(rows: readonly PlainRow[], at: (state: string) => string): Finding[] {
  return rows
    .filter(({ end, error }) => end.status === 'NEVER_ENDS' && error !== NO_ANSWER)
    .map(({ state, error, end }) => {
      const how = end.because === 'waits' ? 'waits for more than a year' : 'is repeated without an end';
      const when = state === '' ? '' : `, if ${state} fails with ${error}`;
      return { kind: 'NEVER_ENDS', location: at(end.state), message: `${end.state} ${how}${when}.` };
    });
}

/** Not a fault of its own: jobs end by themselves, and an approval may take long. */
function withoutTimeout(rows: readonly PlainRow[], at: (state: string) => string): Finding[] {
  return rows
    .filter(({ end, error }) => end.status === 'NEVER_ENDS' && error === NO_ANSWER)
    .map(({ end: { state } }) => ({
      kind: 'NO_TIMEOUT',
      location: at(state),
      message: `${state} has no TimeoutSeconds: without an answer, the execution waits for up to a year.`,
    }));
}

/** One finding for each state: the errors that fail the execution. */
function unhandled(rows: readonly PlainRow[], at: (state: string) => string): Finding[] {
  const errors = new Map<string, string[]>();
  for (const { state, error, caughtBy, end } of rows) {
    if (state === '' || caughtBy !== undefined || end.status !== 'FAILED' || end.error !== undefined)
      continue;
    const known = errors.get(state);
    if (known) known.push(error);
    else errors.set(state, [error]);
  }
  return [...errors].map(([state, names]) => ({
    kind: 'UNHANDLED',
    location: at(state),
    message: `No Catch handles ${errorList(names)} of ${state}: the execution fails.`,
  }));
}

function succeedingAfterFailure(rows: readonly PlainRow[]): Finding[] {
  const found = new Map<string, Finding>();
  for (const { state, error, caughtBy, end } of rows) {
    if (caughtBy === undefined || end.status !== 'SUCCEEDED' || found.has(`${caughtBy} ${end.state}`))
      continue;
    const message = `The execution succeeds in ${end.state} after ${error} of ${state}: its status does not show the error.`;
    found.set(`${caughtBy} ${end.state}`, { kind: 'SUCCEEDS_AFTER_FAILURE', location: caughtBy, message });
  }
  return [...found.values()];
}

function notReached({ explored, reached }: Facts): Finding[] {
  const missing = [...explored.states.all.values()].filter(({ name }) => !reached.has(name));
  return missing.map(({ name, location }) => ({
    kind: 'NOT_REACHED',
    location,
    message: `No execution reached ${name}: add an input, or a stand-in with a result that leads there.`,
  }));
}
