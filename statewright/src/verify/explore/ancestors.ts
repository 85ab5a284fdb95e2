import { type ScopePart, transitionsOf } from '../../asl/graph';

/** By a state's name, those that may run before it. */
export function ancestorsIn(scope: ScopePart): Map<string, Set<string>> {
  const ancestors = new Map(scope.states.map(({ name }) => [name, new Set<string>()]));
  const size = () => [...ancestors.values()].reduce((sum, names) => sum + names.size, 0);
  for (let before = -1; size() > before; ) {
    before = size();
    for (const state of scope.states) {
      for (const { target } of transitionsOf(state)) {
        const names = ancestors.get(String(target));
        for (const name of [state.name, ...(ancestors.get(state.name) ?? [])]) names?.add(name);
      }
    }
  }
  return ancestors;
}
