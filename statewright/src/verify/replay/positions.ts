import type { StateVisit } from '../../history/visit';

/** Where a visit of a state is in its execution: the same in two executions that take the same path. */
export interface Position {
  /** The thread: the execution (an empty text), a branch of a Parallel, or an iteration of a Map. */
  readonly thread: string;
  /** The number of visits before it in its thread. */
  readonly index: number;
  /** The state's name in the recording. */
  readonly name: string;
  /** The thread, the state's name, and the number of earlier visits of that state in the thread. */
  readonly key: string;
}

/** What is known of a position before the state's name: its thread, or the branches that it begins one of. */
export type Place =
  | { readonly thread: string; readonly index: number }
  /** One attempt of a Parallel. */
  | { readonly branchesOf: string };

/**
 * The positions of the visits of an execution. A branch is named after its first state: the order in which branches
 * start differs between executions.
 */
export class Positions {
  readonly #positions = new Map<StateVisit, Position>();
  /** The threads by the entry of the state around them, its attempt, and their index there. */
  readonly #threads = new Map<string, string>();
  readonly #counts = new Map<string, number>();
  readonly #nameOf: (visit: StateVisit, place: Place) => string;

  /** @param nameOf the name of the state in the other execution, if it was renamed */
  constructor(nameOf: (visit: StateVisit, place: Place) => string = ({ name }) => name) {
    this.#nameOf = nameOf;
  }

  /** The position of a visit. Call it for each visit, in the order of their entry. */
  of(visit: StateVisit): Position {
    const known = this.#positions.get(visit);
    if (known) return known;
    const { thread, name } = this.#threadAndName(visit);
    const index = this.#count(thread);
    const state = `${thread}/${name}`;
    const position = { thread, index, name, key: `${state}#${this.#count(state)}` };
    this.#positions.set(visit, position);
    return position;
  }

  /** The thread of an iteration of a Map. */
  iteration(map: StateVisit, attempt: number, index: number): string {
    return `${this.of(map).key}/${attempt}/${index}`;
  }

  #threadAndName(visit: StateVisit): { readonly thread: string; readonly name: string } {
    const { scope } = visit;
    const id = scope && `${scope.visit.enteredEventId}/${scope.attempt}/${scope.index}`;
    if (scope?.visit.type !== 'Parallel' || id === undefined) {
      const thread = scope ? this.iteration(scope.visit, scope.attempt, scope.index) : '';
      return { thread, name: this.#nameIn(thread, visit) };
    }
    const known = this.#threads.get(id);
    if (known !== undefined) return { thread: known, name: this.#nameIn(known, visit) };
    const branchesOf = `${this.of(scope.visit).key}/${scope.attempt}`;
    const name = this.#nameOf(visit, { branchesOf });
    const thread = `${branchesOf}/${name}`;
    this.#threads.set(id, thread);
    return { thread, name };
  }

  #nameIn(thread: string, visit: StateVisit): string {
    return this.#nameOf(visit, { thread, index: this.#counts.get(thread) ?? 0 });
  }

  #count(what: string): number {
    const count = this.#counts.get(what) ?? 0;
    this.#counts.set(what, count + 1);
    return count;
  }
}
