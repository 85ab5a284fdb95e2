/** The transitions: every target exists, every state can be reached, and a scope has a terminal state. */
import type { Steps } from '../../steps';
import { isTerminal, type ScopePart, type StatePart, transitionsOf } from '../graph';
import { fieldAt } from '../location';
import { hint, type Place } from './place';

/** How many names are compared, in one scope, to find what was meant: each comparison takes about a microsecond. */
const COMPARISONS = 100_000;

/** @param all the scope of each state of the definition, by the state's name */
export function* checkTransitions(
  scope: ScopePart,
  all: ReadonlyMap<string, string>,
  at: Place,
): Steps<void> {
  const states = new Map(scope.states.map((state) => [state.name, state]));
  yield* checkTargets(scope, all, at);
  if (!scope.states.some(isTerminal)) {
    at.with({ location: scope.location }).error('Workflow has no terminal state', 'MISSING_END_STATE');
    return;
  }
  if (typeof scope.startAt !== 'string') return;
  const reached = yield* reachedFrom(scope.startAt, states);
  for (const { name, location } of scope.states) {
    if (reached.has(name)) continue;
    at.with({ location }).error(`State "${name}" is not reachable.`, 'MISSING_TRANSITION_TARGET');
  }
}

type StatesByName = ReadonlyMap<unknown, StatePart>;

function* checkTargets(scope: ScopePart, all: ReadonlyMap<string, string>, at: Place): Steps<void> {
  const names = new Set(scope.states.map(({ name }) => name));
  let hints = Math.max(10, COMPARISONS / names.size);
  const check = (target: unknown, location: string) => {
    if (typeof target !== 'string' || names.has(target)) return;
    const other = all.get(target);
    const nearest = () => (hints-- > 0 ? hint(target, names) : '');
    const meant =
      other === undefined ? nearest() : `. "${target}" is in another scope (${other || 'the state machine'})`;
    at.with({ location }).error(
      // The API says 'Next' whichever field it is: StartAt, Default, or the Next of a rule or a catcher.
      `Missing 'Next' target: ${target}${meant}`,
      'MISSING_TRANSITION_TARGET',
    );
  };
  check(scope.startAt, fieldAt(scope.location, 'StartAt'));
  for (const state of scope.states) {
    for (const { target, location } of transitionsOf(state)) check(target, location);
    yield;
  }
}

function* reachedFrom(startAt: string, states: StatesByName): Steps<ReadonlySet<unknown>> {
  const reached = new Set<unknown>([startAt]);
  // Iterating a Set includes what is added meanwhile.
  for (const name of reached) {
    const state = states.get(name);
    for (const { target } of state ? transitionsOf(state) : []) reached.add(target);
    yield;
  }
  return reached;
}
