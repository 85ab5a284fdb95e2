import {
  isTerminal,
  listAt,
  objectOf,
  ownField,
  type ScopePart,
  type StatePart,
  scopeAt,
  scopesIn,
  transitionsOf,
} from '../../asl/graph';
import { ancestorsIn } from './ancestors';
import { neededOfInput, type Writers, writersIn } from './caught';
import { Needs } from './needs';
import { mergesInput, passedExpressions, passedReferences, wholeReference } from './passed-references';
import { jsonPathReferences, type Path, type Reference, sourceIn } from './references';
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
  /** Of the execution's input, which any state can read. */
  #execution = new Needs();
  /** What the variables of the definition are read for. */
  readonly #variables = new Map<string, Needs>();
  readonly #writers: Writers;
  readonly #language: unknown;

  constructor(definition: object) {
    this.#language = ownField(definition, 'QueryLanguage');
    const scope = scopeAt(definition);
    this.#writers = writersIn(scope);
    this.input = this.#ofScope(scope, new Needs()).addAll(this.#execution);
  }

  #isJsonata({ content }: StatePart): boolean {
    return (ownField(content, 'QueryLanguage') ?? this.#language) === 'JSONata';
  }

  #references(state: StatePart): Reference[] {
    return referencesOf(state, this.#isJsonata(state));
  }

  /** The needs of a document that a reference starts from; those of the state's input are passed. */
  #documentOf(of: Reference['of'], input: Needs): Needs {
    if (typeof of === 'object') return this.#variable(of.variable);
    return of === 'execution' ? this.#execution : input;
  }

  #variable(name: string): Needs {
    const known = this.#variables.get(name) ?? new Needs();
    this.#variables.set(name, known);
    return known;
  }

  /** Adds what is needed of variables and of the execution's input. */
  #addElsewhere(references: readonly Reference[]): void {
    for (const { of, path, values } of references) {
      if (typeof of === 'object' || of === 'execution') this.#documentOf(of, new Needs()).add(path, values);
    }
  }

  /** The needs of the first state of a scope. @param output what is needed of the scope's output */
  #ofScope(scope: ScopePart, output: Needs): Needs {
    const inputs = new Map(scope.states.map(({ name }) => [name, new Needs()]));
    const ancestors = ancestorsIn(scope);
    let size = -1;
    for (let before = -2; size !== before; ) {
      before = size;
      for (const state of scope.states.toReversed()) {
        this.#ofState(state, inputs, output, ancestors.get(state.name) ?? new Set());
      }
      size = [...inputs.values(), ...this.#variables.values(), this.#execution].reduce(
        (sum, needs) => sum + needs.size,
        0,
      );
    }
    return inputs.get(String(scope.startAt)) ?? new Needs();
  }

  /** @param before the names of the states that may run before it */
  #ofState(
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
      else if ('clause' in transition)
        own.addAll(neededOfInput(transition.clause.content, needs, before, this.#writers));
    }
    const references = this.#references(state);
    this.#addElsewhere(references);
    if (this.#isJsonata(state)) this.#ofJsonata(state, references, own, after);
    else this.#ofJsonPath(state, references, own, after);
  }

  #ofJsonPath(state: StatePart, references: readonly Reference[], own: Needs, afterOutput: Needs): void {
    const { content } = state;
    const { of: inputOf, path: prefix } = sourceIn(ownField(content, 'InputPath'));
    const input = this.#documentOf(inputOf, own);
    if (prefix.length > 0) input.add(prefix);
    const outputPath = ownField(content, 'OutputPath');
    const { of: outputOf, path: outputPrefix } = sourceIn(outputPath);
    const after = new Needs();
    if (outputPath !== null) {
      const output = this.#documentOf(outputOf, after).addAll(afterOutput, outputPrefix);
      if (outputPrefix.length > 0) output.add(outputPrefix);
    }
    input.addReferences(references, 'input', prefix);
    const type = ownField(content, 'Type');
    if (type === 'Choice' || type === 'Wait' || type === 'Succeed') {
      input.addAll(after, prefix).addAll(this.#assigned(state), prefix);
      return;
    }
    const resultPath = ownField(content, 'ResultPath');
    const { inside, outside } =
      resultPath === null ? { inside: new Needs(), outside: after } : after.split(sourceIn(resultPath).path);
    own.addAll(outside);
    const selector = ownField(content, 'ResultSelector');
    const result =
      selector === undefined
        ? inside.addAll(this.#assigned(state))
        : new Needs()
            .addReferences(references, 'result')
            .addReferences(passedReferences(selector, 'result', inside), 'result');
    const parameters = ownField(content, 'Parameters');
    switch (type) {
      case 'Task':
        this.#addResult(state.name, result);
        return;
      case 'Pass':
        if (ownField(content, 'Result') === undefined)
          this.#throughParameters(parameters, result, input, prefix);
        return;
      case 'Parallel': {
        const inner = this.#ofBranches(state, result);
        this.#throughParameters(parameters, inner, input, prefix);
        return;
      }
      case 'Map': {
        const { inner, batch } = this.#ofProcessor(state, result);
        const { of, path } = sourceIn(ownField(content, 'ItemsPath'));
        const list = { in: this.#documentOf(of, input), path: of === 'input' ? [...prefix, ...path] : path };
        const item = this.#itemOf(state, list);
        item.in.addReferences(references, 'item', item.path);
        const selected = ownField(content, 'ItemSelector') ?? parameters;
        if (selected === undefined) item.in.addAll(inner, item.path);
        const passed = [
          ...passedReferences(selected, 'input', inner),
          ...passedReferences(ownField(ownField(content, 'ItemBatcher'), 'BatchInput'), 'input', batch),
        ];
        item.in.addReferences(passed, 'item', item.path);
        this.#addPassed(passed, input, prefix);
      }
    }
  }

  /** Where the items of a Map are: in a list, or in an object that its ItemReader reads. */
  #itemOf({ content }: StatePart, list?: Place): Place {
    if (ownField(content, 'ItemReader') !== undefined) return { in: this.items, path: [] };
    if (list === undefined) return { in: new Needs(), path: [] };
    const path = [...list.path, '*'];
    list.in.add(path);
    return { in: list.in, path };
  }

  /** Adds what is needed of a state's input for what is needed of its Parameters, or of the input if it has none. */
  #throughParameters(parameters: unknown, needs: Needs, own: Needs, prefix: Path): void {
    if (parameters === undefined) own.addAll(needs, prefix);
    else this.#addPassed(passedReferences(parameters, 'input', needs), own, prefix);
  }

  #ofJsonata(state: StatePart, references: readonly Reference[], own: Needs, after: Needs): void {
    const { content } = state;
    own.addReferences(references, 'input').addAll(this.#assigned(state, 'input'));
    const type = ownField(content, 'Type');
    const works = type === 'Task' || type === 'Parallel' || type === 'Map';
    const result = new Needs().addReferences(references, 'result').addAll(this.#assigned(state, 'result'));
    const output = ownField(content, 'Output');
    if (output === undefined) (works ? result : own).addAll(after);
    else this.#throughOutput(output, after, own, result);
    if (type === 'Task') this.#addResult(state.name, result);
    if (type === 'Parallel') {
      const inner = this.#ofBranches(state, result);
      const argument = ownField(content, 'Arguments');
      if (argument === undefined) own.addAll(inner);
      else this.#addPassed(passedExpressions(argument, inner), own);
    }
    if (type === 'Map') {
      const { inner, batch } = this.#ofProcessor(state, result);
      const items = ownField(content, 'Items');
      const source = items === undefined ? sourceIn(items) : wholeReference(items);
      const item = this.#itemOf(state, source && { in: this.#documentOf(source.of, own), path: source.path });
      item.in.addReferences(references, 'item', item.path);
      const selector = ownField(content, 'ItemSelector');
      if (selector === undefined) item.in.addAll(inner, item.path);
      const passed = [
        ...passedExpressions(selector, inner),
        ...passedExpressions(ownField(ownField(content, 'ItemBatcher'), 'BatchInput'), batch),
      ];
      item.in.addReferences(passed, 'item', item.path);
      this.#addPassed(passed, own);
    }
  }

  /** Adds what is needed of a state's input, of variables and of the execution's input. */
  #addPassed(passed: readonly Reference[], own: Needs, prefix: Path = []): void {
    own.addReferences(passed, 'input', prefix);
    this.#addElsewhere(passed);
  }

  /** What is needed of a JSONata Output: of the input or the result, where it is one of them or a member of one. */
  #throughOutput(output: unknown, after: Needs, own: Needs, result: Needs): void {
    const passed = passedExpressions(output, after);
    this.#addPassed(passed, own);
    result.addReferences(passed, 'result');
    const addMerged = (value: unknown, needs: Needs): void => {
      if (mergesInput(value))
        own.addAll(needs.filter((first) => first !== undefined && !String(value).includes(`${first}`)));
    };
    const members = objectOf(output);
    if (members === undefined) addMerged(output, after);
    else for (const [name, value] of Object.entries(members)) addMerged(value, after.split([name]).inside);
  }

  /** What is needed of the input or the result for the variables that a state assigns. */
  #assigned(state: StatePart, of: 'input' | 'result' = 'result'): Needs {
    const needs = new Needs();
    const holders = [state, ...listAt(state, 'Choices')];
    for (const [name, value] of holders.flatMap(({ content }) =>
      Object.entries(objectOf(ownField(content, 'Assign')) ?? {}),
    )) {
      const used = this.#variables.get(name.replace(/\.\$$/, ''));
      if (this.#isJsonata(state)) {
        const whole = wholeReference(value);
        if (whole?.of === of) needs.addAll(used ?? new Needs(), whole.path).add(whole.path);
      } else if (name.endsWith('.$') && typeof value === 'string') {
        const [only] = jsonPathReferences(value, 'result');
        if (only?.of === 'result') needs.addAll(used ?? new Needs(), only.path).add(only.path);
      }
    }
    return needs;
  }

  #ofBranches(state: StatePart, result: Needs): Needs {
    const needs = new Needs();
    scopesIn(state).forEach((branch, index) => {
      const of = result.filter((first) => first === String(index) || first === '*');
      needs.addAll(this.#ofScope(branch, of.ofItems()));
    });
    return needs;
  }

  /** The needs of a processor; the input of a child execution of a distributed Map is an execution's input. */
  #ofChild(processor: ScopePart, output: Needs): Needs {
    const mode = ownField(ownField(processor.content, 'ProcessorConfig'), 'Mode');
    if (mode !== 'DISTRIBUTED') return this.#ofScope(processor, output);
    const outer = this.#execution;
    this.#execution = new Needs();
    const needs = new Needs().addAll(this.#ofScope(processor, output)).addAll(this.#execution);
    this.#execution = outer;
    return needs;
  }

  /** What the processor of a Map needs of an item, and of the BatchInput of its ItemBatcher. */
  #ofProcessor(state: StatePart, result: Needs): { readonly inner: Needs; readonly batch: Needs } {
    const [processor] = scopesIn(state);
    if (processor === undefined) return { inner: new Needs(), batch: new Needs() };
    const needs = this.#ofChild(processor, result.ofItems());
    if (ownField(state.content, 'ItemBatcher') === undefined) return { inner: needs, batch: new Needs() };
    const inner = new Needs();
    for (const { path, values } of needs.split(['Items']).inside) {
      // JSONata finds the members of all items of a list.
      inner.add(/^(?:\*|\d+)$/.test(path[0] ?? '') ? path.slice(1) : path, values);
    }
    return { inner, batch: needs.split(['BatchInput']).inside };
  }

  #addResult(name: string, needs: Needs): void {
    this.results.set(name, (this.results.get(name) ?? new Needs()).addAll(needs));
  }
}

/** A member of a document. */
interface Place {
  readonly in: Needs;
  readonly path: Path;
}
