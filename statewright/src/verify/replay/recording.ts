import { executionPath } from '../../history/execution-path';
import type { ExecutionPath, StateVisit } from '../../history/visit';
import { type Place, type Position, Positions } from './positions';
import { type RecordedCall, recordedCalls } from './recorded-calls';
import type { RecordedExecution } from './recorded-execution';

/** A recorded execution, by the positions of its states. */
export class Recording {
  readonly execution: RecordedExecution;
  readonly path: ExecutionPath;
  readonly positions = new Positions();
  /** The names of the states that it visited. */
  readonly states: ReadonlySet<string>;
  readonly #byKey = new Map<string, StateVisit>();
  readonly #threads = new Map<string, StateVisit[]>();
  /** The first states of the branches, by the attempt of their Parallel. */
  readonly #branches = new Map<string, StateVisit[]>();
  readonly #calls: ReadonlyMap<StateVisit, readonly RecordedCall[]>;

  constructor(execution: RecordedExecution) {
    this.execution = execution;
    this.path = executionPath(execution.events);
    this.states = new Set(this.path.visits.map(({ name }) => name));
    for (const visit of this.path.visits) this.#add(visit);
    this.#calls = recordedCalls(execution.events, this.path);
  }

  #add(visit: StateVisit): void {
    const { scope } = visit;
    const { key, thread, index } = this.positions.of(visit);
    this.#byKey.set(key, visit);
    push(this.#threads, thread, visit);
    if (scope?.visit.type === 'Parallel' && index === 0) {
      push(this.#branches, `${this.positions.of(scope.visit).key}/${scope.attempt}`, visit);
    }
  }

  /** The visits that may be at this place: one in a thread, the first states of all branches of a Parallel. */
  visitsAt(place: Place): readonly StateVisit[] {
    if ('branchesOf' in place) return this.#branches.get(place.branchesOf) ?? [];
    return this.#threads.get(place.thread)?.slice(place.index, place.index + 1) ?? [];
  }

  /**
   * The calls of a state at its position. A state that was visited only once may have moved, such as into a Parallel:
   * its calls are the same.
   */
  callsOf({ key, name }: Position): readonly RecordedCall[] {
    const visit = this.#byKey.get(key) ?? this.#onlyVisit(name);
    return (visit && this.#calls.get(visit)) ?? [];
  }

  #onlyVisit(name: string): StateVisit | undefined {
    const [visit, ...more] = this.path.visits.filter((each) => each.name === name);
    return more.length === 0 ? visit : undefined;
  }
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}
