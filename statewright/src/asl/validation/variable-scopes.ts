/**
 * The scopes of variables: a branch of a Parallel or the processor of a Map cannot assign a variable that a scope around
 * it assigns (Step Functions Developer Guide, "Passing data between states with variables", "Variable scope"). The
 * child executions of a distributed Map have variables of their own.
 */
import type { Steps } from '../../steps';
import {
  listAt,
  objectOf,
  ownField,
  type Part,
  type ScopePart,
  type StatePart,
  scopeAt,
  scopesIn,
} from '../graph';
import { fieldAt } from '../location';
import type { Place } from './place';

export function* checkVariableScopes(definition: unknown, at: Place): Steps<void> {
  // A list, not a recursion: a definition can be nested deep.
  const ahead = [{ scope: scopeAt(definition), outer: new Set<string>() as ReadonlySet<string> }];
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    const { scope, outer } = next;
    const assigned: Assignment[] = [];
    const inner: ScopePart[] = [];
    for (const state of scope.states) {
      assigned.push(...assignmentsOf(state));
      inner.push(...scopesIn(state));
      yield;
    }
    for (const { name, location } of assigned) {
      if (!outer.has(name)) continue;
      at.with({ location }).error(
        `The variable '${name}' is assigned in an outer scope. An inner scope cannot assign a variable with the same name.`,
      );
    }
    if (inner.length === 0) continue;
    const names = new Set([...outer, ...assigned.map(({ name }) => name)]);
    for (const each of inner.reverse())
      ahead.push({ scope: each, outer: isDistributed(each) ? new Set<string>() : names });
  }
}

function isDistributed({ content }: ScopePart): boolean {
  return ownField(ownField(content, 'ProcessorConfig'), 'Mode') === 'DISTRIBUTED';
}

/** A variable that is assigned, and the place of its field. */
interface Assignment {
  readonly name: string;
  readonly location: string;
}

/** The variables that a state, its rules and its catchers assign. */
function assignmentsOf(state: StatePart): Assignment[] {
  const parts: Part[] = [state, ...listAt(state, 'Choices'), ...listAt(state, 'Catch')];
  return parts.flatMap(({ content, location }) =>
    Object.keys(objectOf(ownField(content, 'Assign')) ?? {}).map((field) => ({
      name: field.replace(/\.\$$/, ''),
      location: fieldAt(fieldAt(location, 'Assign'), field),
    })),
  );
}
