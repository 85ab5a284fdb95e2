import {
  isTerminal,
  ownField,
  type ScopePart,
  type StatePart,
  scopeAt,
  scopesIn,
  transitionsOf,
} from '../../asl/graph';
import { ancestorsIn } from './ancestors';
import { neededOfInput, type Writers, writersIn } from './caught';
import { addJsonPathNeeds } from './json-path-needs';
import { addJsonataNeeds } from './jsonata-needs';
import { Needs } from './needs';
import { SharedNeeds } from './shared-needs';
import type { Surroundings } from './state-needs';
import { referencesOf } from './state-references';

/**
 * What the states of a definition need: which members of the execution's input and of each Task's result later states
 * read. Computed backwards, from each state's fields and what the states after it need.
 */
export class NeedsOfStates {
  /** By the name of the Task. */
  readonly results = new Map<string, Needs>();
  readonly input: Needs;
  /** Of an item that a distributed Map reads from an object. */
  readonly items = new Needs();
  readonly #shared = new SharedNeeds();
  readonly #writers: Writers;
  readonly #language: unknown;
  readonly #surroundings: Surroundings;

  constructor(definition: object) {
    this.#language = ownField(definition, 'QueryLanguage');
    this.#surroundings = {
      shared: this.#shared,
      items: this.items,
      addResult: (task, needs) =>
        this.results.set(task, (this.results.get(task) ?? new Needs()).addAll(needs)),
      ofBranches: (state, result) => this.#ofBranches(state, result),
      ofProcessor: (state, result) => this.#ofProcessor(state, result),
    };
    const scope = scopeAt(definition);
    this.#writers = writersIn(scope);
    this.input = this.#ofScope(scope, new Needs()).addAll(this.#shared.execution);
  }

  /** The needs of the first state of a scope. @param output what is needed of the scope's output */
  #ofScope(scope: ScopePart, output: Needs): Needs {
    const inputs = new Map(scope.states.map(({ name }) => [name, new Needs()]));
    const ancestors = ancestorsIn(scope);
    let size = -1;
    for (let before = -2; size !== before; ) {
      before = size;
      for (const state of scope.states.toReversed()) {
        this.#addState(state, inputs, output, ancestors.get(state.name) ?? new Set());
      }
      size = [...inputs.values()].reduce((sum, needs) => sum + needs.size, this.#shared.size);
    }
    return inputs.get(String(scope.startAt)) ?? new Needs();
  }

  /** @param before the names of the states that may run before it */
  #addState(
    state: StatePart,
    inputs: ReadonlyMap<string, Needs>,
    scopeOutput: Needs,
    before: ReadonlySet<string>,
  ): void {
    const own = inputs.get(state.name) as Needs;
    const after = new Needs();
    if (isTerminal(state)) after.addAll(scopeOutput);
    for (const { field, target, ...transition } of transitionsOf(state)) {
      const needs = inputs.get(String(target));
      if (needs === undefined) continue;
      if (field !== 'Catch') after.addAll(needs);
      else if ('clause' in transition) {
        own.addAll(neededOfInput(transition.clause.content, needs, before, this.#writers));
      }
    }
    const isJsonata = (ownField(state.content, 'QueryLanguage') ?? this.#language) === 'JSONata';
    const references = referencesOf(state, isJsonata);
    this.#shared.add(references);
    const addNeeds = isJsonata ? addJsonataNeeds : addJsonPathNeeds;
    addNeeds({ state, references, own, after }, this.#surroundings);
  }

  #ofBranches(state: StatePart, result: Needs): Needs {
    const needs = new Needs();
    scopesIn(state).forEach((branch, index) => {
      const of = result.filter((first) => first === String(index) || first === '*');
      needs.addAll(this.#ofScope(branch, of.ofItems()));
    });
    return needs;
  }

  #ofProcessor(state: StatePart, result: Needs): ReturnType<Surroundings['ofProcessor']> {
    const [processor] = scopesIn(state);
    if (processor === undefined) return { inner: new Needs(), batch: new Needs() };
    const ofScope = () => this.#ofScope(processor, result.ofItems());
    const isDistributed = ownField(ownField(processor.content, 'ProcessorConfig'), 'Mode') === 'DISTRIBUTED';
    const needs = isDistributed ? this.#shared.ofChildExecution(ofScope) : ofScope();
    if (ownField(state.content, 'ItemBatcher') === undefined) return { inner: needs, batch: new Needs() };
    const inner = new Needs();
    for (const { path, values } of needs.split(['Items']).inside) {
      // JSONata finds the members of all items of a list.
      inner.add(/^(?:\*|\d+)$/.test(path[0] ?? '') ? path.slice(1) : path, values);
    }
    return { inner, batch: needs.split(['BatchInput']).inside };
  }
}
