/** Where states lead: every target is there, every state is reached, and there is an end. */
import { type FoundScope, ownField } from '../scopes';
import { didYouMean, type Place } from './place';

interface Transition {
  readonly target: string;
  /** Of the field that names the target, from its state on: `/Choices[0]/Next`. */
  readonly location: string;
}

export function checkTransitions({ location, startAt, states }: FoundScope, at: Place): void {
  const place = (rest: string) => at.with({ location: `${location}${rest}` });
  const names = new Map(states);
  const missing = (field: string, target: string) =>
    `Missing '${field}' target: ${target}${didYouMean(target, names.keys())}`;

  if (typeof startAt === 'string' && !names.has(startAt)) {
    place('/StartAt').error(missing('StartAt', startAt), 'MISSING_TRANSITION_TARGET');
  }
  for (const [name, state] of states) {
    for (const transition of transitionsOf(state)) {
      if (names.has(transition.target)) continue;
      // The API says 'Next' whichever field it is: Default, or the Next of a rule or a catcher.
      place(`/States/${name}${transition.location}`).error(
        missing('Next', transition.target),
        'MISSING_TRANSITION_TARGET',
      );
    }
  }
  if (!states.some(([, state]) => isTerminal(state))) {
    place('').error('Workflow has no terminal state', 'MISSING_END_STATE');
    return;
  }
  if (typeof startAt !== 'string' || !names.has(startAt)) return;
  const reached = reachedFrom(startAt, names);
  for (const name of names.keys()) {
    if (!reached.has(name)) {
      place(`/States/${name}`).error(`State "${name}" is not reachable.`, 'MISSING_TRANSITION_TARGET');
    }
  }
}

function reachedFrom(start: string, states: ReadonlyMap<string, unknown>): Set<string> {
  const reached = new Set([start]);
  // A Set goes on to what is added while it is walked.
  for (const name of reached) {
    for (const { target } of transitionsOf(states.get(name))) if (states.has(target)) reached.add(target);
  }
  return reached;
}

function* transitionsOf(state: unknown): Generator<Transition> {
  for (const field of ['Next', 'Default']) {
    const target = ownField(state, field);
    if (typeof target === 'string') yield { target, location: `/${field}` };
  }
  for (const field of ['Choices', 'Catch']) {
    const entries = ownField(state, field);
    if (!Array.isArray(entries)) continue;
    for (const [index, entry] of entries.entries()) {
      const target = ownField(entry, 'Next');
      if (typeof target === 'string') yield { target, location: `/${field}[${index}]/Next` };
    }
  }
}

function isTerminal(state: unknown): boolean {
  const type = ownField(state, 'Type');
  return ownField(state, 'End') === true || type === 'Succeed' || type === 'Fail';
}
