import { errorNamesOf, listAt, ownField, type Part, type StatePart, scopesIn } from '../../asl/graph';
import type { Finding } from './exploration';
import { canMissHeartbeat, canRaise, canTimeOut, resourceOf } from './outcomes';
import { type TaskStates, typeOf } from './task-states';

/** Errors that states raise themselves: their calls do not matter. */
const RAISED_BY_STATES =
  /^States\.(?:BranchFailed|DataLimitExceeded|ExceedToleratedFailureThreshold|IntrinsicFailure|ItemReaderFailed|NoChoiceMatched|ParameterPathFailure|Permissions|QueryEvaluationError|ReferencePathConflict|ResultPathMatchFailure|ResultWriterFailed)$/;

/** The Retry and Catch entries, and names in them, that can never apply. */
export function uselessHandlers(states: TaskStates): Finding[] {
  return [...states.all.values()].flatMap((state) =>
    (['Retry', 'Catch'] as const).flatMap((field) => {
      const clauses = listAt(state, field);
      return clauses.flatMap((clause, index) => inClause(state, clause, clauses.slice(0, index), field));
    }),
  );
}

function inClause(state: StatePart, clause: Part, earlier: readonly Part[], field: string): Finding[] {
  const names = errorNamesOf(clause);
  const reasons = names.map((name) => reasonAgainst(name, state, earlier));
  const found = names.flatMap((name, i) =>
    reasons[i] === undefined ? [] : [{ name, reason: reasons[i] as string }],
  );
  if (found.length === 0) return [];
  const { location } = clause;
  const isWhole = found.length === names.length;
  if (!isWhole) {
    return found.map(({ name, reason }) => ({
      kind: 'NEVER_APPLIES',
      location,
      message: `${name} in this ${field} of ${state.name} never applies: ${reason}.`,
    }));
  }
  const reasonsOf = [
    ...new Set(found.map(({ name, reason }) => (names.length === 1 ? reason : `${name}: ${reason}`))),
  ];
  return [
    {
      kind: 'NEVER_APPLIES',
      location,
      message: `This ${field} entry of ${state.name} (${names.join(', ')}) never applies: ${reasonsOf.join('; ')}.`,
    },
  ];
}

/** Why a name in a Retry or Catch cannot match any error; undefined if it can. */
function reasonAgainst(name: string, state: StatePart, earlier: readonly Part[]): string | undefined {
  for (const clause of earlier) {
    const names = errorNamesOf(clause);
    if (names.includes(name)) return `an earlier entry (${clause.location}) handles ${name}`;
    if (names.includes('States.ALL'))
      return `States.ALL in an earlier entry (${clause.location}) handles every error`;
    if (names.includes('States.TaskFailed') && name !== 'States.ALL' && !/Timeout$/.test(name)) {
      return `States.TaskFailed in an earlier entry (${clause.location}) handles every error but States.Timeout`;
    }
  }
  if (name === 'States.Runtime') return 'Step Functions never passes States.Runtime to Retry or Catch';
  if (name === 'States.ALL' || name === 'States.TaskFailed' || RAISED_BY_STATES.test(name)) return undefined;
  return neverRaised(name, state);
}

function neverRaised(name: string, state: StatePart): string | undefined {
  const tasks = tasksIn(state);
  const where = typeOf(state) === 'Task' ? 'the Task' : 'a Task in it';
  if (name === 'States.Timeout') {
    return tasks.some(canTimeOut) ? undefined : `${where} needs TimeoutSeconds to time out`;
  }
  if (name === 'States.HeartbeatTimeout') {
    return tasks.some(canMissHeartbeat)
      ? undefined
      : `${where} needs HeartbeatSeconds, and has to wait for a task token or an activity`;
  }
  if (tasks.some((task) => canRaise(resourceOf(task), name)) || failsWith(name, state)) return undefined;
  if (typeOf(state) !== 'Task') return 'no state in it raises it';
  const resource = resourceOf(state);
  const called = resource.kind === 'integration' ? `${resource.service}:${resource.action}` : 'what it calls';
  return `${called} does not raise it`;
}

/** The Tasks whose errors reach the handlers of a state: itself, or those inside a Parallel or Map. */
function tasksIn(state: StatePart): StatePart[] {
  if (typeOf(state) === 'Task') return [state];
  return scopesIn(state).flatMap((scope) => scope.states.flatMap(tasksIn));
}

/** Whether a Fail state inside ends with this error, or with one that only the data says. */
function failsWith(name: string, state: StatePart): boolean {
  const { content } = state;
  if (typeOf(state) === 'Fail') {
    const error = ownField(content, 'Error');
    return ownField(content, 'ErrorPath') !== undefined || error === name || String(error).startsWith('{%');
  }
  return scopesIn(state).some((scope) => scope.states.some((inner) => failsWith(name, inner)));
}
