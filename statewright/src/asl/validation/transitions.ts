/** The transitions: every target exists, every state can be reached, and a scope has a terminal state. */
import type { Steps } from '../../steps';
import { isTerminal, type ScopePart, transitionsOf } from '../graph';
import { fieldAt } from '../location';
import { hint, type Place } from './place';

/** How many names are compared, in one scope, to find what was meant: each comparison takes about a microsecond. */
const COMPARISONS = 100_000;

/** @param all the scope of each state of the definition, by the state's name */
export function* checkTransitions(
  { location, startAt, states }: ScopePart,
  all: ReadonlyMap<string, string>,
  at: Place,
): Steps<void> {
  const names = new Map(states.map((state) => [state.name, state]));
  let hints = Math.max(10, COMPARISONS / states.length);
  const missing = (target: string, place: string) => {
    const other = all.get(target);
    const meant =
      other !== undefined
        ? `. "${target}" is in another scope (${other || 'the state machine'})`
        : hints-- > 0
          ? hint(target, names.keys())
          : '';
    at.with({ location: place }).error(
      // The API says 'Next' whichever field it is: StartAt, Default, or the Next of a rule or a catcher.
      `Missing 'Next' target: ${target}${meant}`,
      'MISSING_TRANSITION_TARGET',
    );
  };

  if (typeof startAt === 'string' && !names.has(startAt)) {
    missing(startAt, fieldAt(location, 'StartAt'));
  }
  for (const state of states) {
    for (const { target, location: place } of transitionsOf(state)) {
      if (typeof target === 'string' && !names.has(target)) missing(target, place);
    }
    yield;
  }
  if (!states.some(isTerminal)) {
    at.with({ location }).error('Workflow has no terminal state', 'MISSING_END_STATE');
    return;
  }
  if (typeof startAt !== 'string') return;
  const reached = new Set<unknown>([startAt]);
  // Iterating a Set includes what is added meanwhile.
  for (const name of reached) {
    const state = names.get(name as string);
    for (const { target } of state ? transitionsOf(state) : []) reached.add(target);
    yield;
  }
  for (const { name, location: place } of states) {
    if (reached.has(name)) continue;
    at.with({ location: place }).error(`State "${name}" is not reachable.`, 'MISSING_TRANSITION_TARGET');
  }
}
