import type { Json, JsonObject, Variables } from '../data';

/**
 * The workflow variables of one thread of states. A branch or an iteration reads those of the threads around it and
 * sets its own (Step Functions Developer Guide, "Passing data between states with variables").
 */
export class VariableScope implements Variables {
  readonly #outer: VariableScope | undefined;
  #values: Map<string, Json> | undefined;

  constructor(outer?: VariableScope) {
    this.#outer = outer;
  }

  get(name: string): Json | undefined {
    const value = this.#values?.get(name);
    return value === undefined ? this.#outer?.get(name) : value;
  }

  /** The variables that this thread has set. */
  get own(): JsonObject {
    return Object.fromEntries(this.#values ?? []);
  }

  assign(values: JsonObject): void {
    this.#values ??= new Map();
    for (const [name, value] of Object.entries(values)) this.#values.set(name, value);
  }
}
