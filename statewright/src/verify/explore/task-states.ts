import { ownField, type StatePart, scopesIn, scopesOf } from '../../asl/graph';

/** The states of a definition, by name, with the Parallel and Map states around each. */
export class TaskStates {
  readonly all: ReadonlyMap<string, StatePart>;
  readonly #parents = new Map<string, StatePart>();

  constructor(definition: object) {
    const states = [...scopesOf(definition)].flatMap((scope) => scope.states);
    this.all = new Map(states.map((state) => [state.name, state]));
    for (const state of states) {
      for (const scope of scopesIn(state)) {
        for (const inner of scope.states) this.#parents.set(inner.name, state);
      }
    }
  }

  /** The HeartbeatSeconds of a Task, if it is a number. */
  heartbeatOf(name: string): number | undefined {
    const seconds = ownField(this.all.get(name)?.content, 'HeartbeatSeconds');
    return typeof seconds === 'number' ? seconds : undefined;
  }

  /** The Parallel and Map states around a state, the innermost first. */
  around(name: string): StatePart[] {
    const parent = this.#parents.get(name);
    return parent === undefined ? [] : [parent, ...this.around(parent.name)];
  }
}

export const typeOf = ({ content }: StatePart): unknown => ownField(content, 'Type');
