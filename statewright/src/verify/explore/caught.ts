import { listAt, ownField, type ScopePart, scopesIn } from '../../asl/graph';
import type { Needs } from './needs';
import { mergesInput } from './passed-references';
import { sourceIn } from './references';

/** By the name of a member, the states that write it with their ResultPath or that of a Catch. */
export type Writers = ReadonlyMap<string, ReadonlySet<string>>;

export function writersIn(scope: ScopePart): Writers {
  const writers = new Map<string, Set<string>>();
  const collect = ({ states }: ScopePart): void => {
    for (const state of states) {
      for (const { content } of [state, ...listAt(state, 'Catch')]) {
        const [first] = sourceIn(ownField(content, 'ResultPath')).path;
        if (first !== undefined) writers.set(first, (writers.get(first) ?? new Set()).add(state.name));
      }
      for (const inner of scopesIn(state)) collect(inner);
    }
  };
  collect(scope);
  return writers;
}

/**
 * What a handler needs of the input of the state that failed. A member that only this state or a later one writes does not
 * exist: that the handler needs it is a fault, which an example must not hide.
 *
 * @param clause the entry of the Catch
 * @param needs what the handler needs
 * @param before the names of the states that may run before the state that failed
 */
export function neededOfInput(
  clause: unknown,
  needs: Needs,
  before: ReadonlySet<string>,
  writers: Writers,
): Needs {
  const path = ownField(clause, 'ResultPath');
  const output = ownField(clause, 'Output');
  const keepsInput = path === null || (typeof path === 'string' && path !== '$') || mergesInput(output);
  return needs.filter((first) => {
    // A Catch that replaces the input: what the handler needs of the input is a fault, too.
    if (!keepsInput && (first === 'Error' || first === 'Cause')) return false;
    const by = first === undefined ? [] : [...(writers.get(first) ?? [])];
    return first !== undefined && (by.length === 0 || by.some((name) => before.has(name)));
  });
}
