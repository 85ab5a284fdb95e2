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
import { Needs } from './needs';
import { passedExpressions, passedReferences, wholeReference } from './passed-references';
import {
  expressionReferences,
  jsonPathReferences,
  type Path,
  type Reference,
  ruleReferences,
  templateReferences,
} from './references';

/** Fields of a JSONPath state with a path, and a value that they accept. */
const PATH_FIELDS: Readonly<Record<string, readonly unknown[]>> = {
  SecondsPath: [1],
  TimestampPath: ['2024-01-01T00:00:10Z'],
  TimeoutSecondsPath: [60],
  HeartbeatSecondsPath: [10],
  MaxConcurrencyPath: [1],
  ToleratedFailureCountPath: [0],
  ToleratedFailurePercentagePath: [0],
  ErrorPath: ['Example'],
  CausePath: ['example'],
};

/**
 * What the states of a definition need: which members of the execution's input and of each Task's result later states
 * read. Computed backwards, from each state's fields and what the states after it need.
 */
export class NeedsOfStates {
  /** By the name of the Task. */
  readonly results = new Map<string, Needs>();
  readonly input: Needs;
  /** What the variables of the definition are read for. */
  readonly #variables = new Map<string, Needs>();
  /** By a member's name, the states that write it. */
  readonly #writers = new Map<string, Set<string>>();
  readonly #language: unknown;

  constructor(definition: object) {
    this.#language = ownField(definition, 'QueryLanguage');
    const scope = scopeAt(definition);
    this.#collect(scope);
    this.input = this.#ofScope(scope, new Needs());
  }

  #isJsonata({ content }: StatePart): boolean {
    return (ownField(content, 'QueryLanguage') ?? this.#language) === 'JSONata';
  }

  /** Collects what is written, and what is read of variables. */
  #collect(scope: ScopePart): void {
    for (const state of scope.states) {
      for (const holder of [state, ...listAt(state, 'Catch')]) {
        const path = ownField(holder.content, 'ResultPath');
        const [first] = typeof path === 'string' ? pathIn(path) : [];
        if (first !== undefined)
          this.#writers.set(first, (this.#writers.get(first) ?? new Set()).add(state.name));
      }
      for (const { of, path, values } of this.#references(state)) {
        if (typeof of !== 'object') continue;
        const known = this.#variables.get(of.variable) ?? new Needs();
        this.#variables.set(of.variable, known.add(path, values));
      }
      for (const inner of scopesIn(state)) this.#collect(inner);
    }
  }

  #references(state: StatePart): Reference[] {
    const { content } = state;
    if (this.#isJsonata(state)) {
      const own = Object.entries(objectOf(content) ?? {}).filter(
        ([name]) => !/^(?:Branches|ItemProcessor|Iterator|Catch)$/.test(name),
      );
      return own.flatMap(([name, value]) => expressionReferences(value, SECONDS[name] ?? []));
    }
    return [
      ...templateReferences(ownField(content, 'Parameters'), 'input'),
      ...templateReferences(ownField(content, 'ItemSelector'), 'input'),
      ...templateReferences(ownField(content, 'ResultSelector'), 'result'),
      ...templateReferences(ownField(content, 'Credentials'), 'input'),
      ...Object.entries(PATH_FIELDS).flatMap(([name, values]) => {
        const path = ownField(content, name);
        return typeof path === 'string' ? jsonPathReferences(path, 'input', values) : [];
      }),
      ...listAt(state, 'Choices').flatMap(({ content: rule }) => ruleReferences(rule)),
    ];
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
      size = [...inputs.values()].reduce((sum, needs) => sum + needs.size, 0);
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
        own.addAll(this.#beforeCatch(transition.clause.content, needs, before));
    }
    if (this.#isJsonata(state)) this.#ofJsonata(state, own, after);
    else this.#ofJsonPath(state, own, after);
  }

  /**
   * What a handler needs of the input of the state that failed. A member that only this state or a later one writes is
   * not there: that the handler needs it is a fault, which an example must not hide.
   */
  #beforeCatch(clause: unknown, needs: Needs, before: ReadonlySet<string>): Needs {
    const path = ownField(clause, 'ResultPath');
    const output = ownField(clause, 'Output');
    const keepsInput = path === null || (typeof path === 'string' && path !== '$') || mergesInput(output);
    return needs.filter((first) => {
      // A Catch that replaces the input: what the handler needs of the input is a fault, too.
      if (!keepsInput && (first === 'Error' || first === 'Cause')) return false;
      const writers = first === undefined ? [] : [...(this.#writers.get(first) ?? [])];
      return first !== undefined && (writers.length === 0 || writers.some((name) => before.has(name)));
    });
  }

  #ofJsonPath(state: StatePart, own: Needs, afterOutput: Needs): void {
    const { content } = state;
    const input = ownField(content, 'InputPath');
    const prefix = typeof input === 'string' ? pathIn(input) : [];
    const outputPath = ownField(content, 'OutputPath');
    const after =
      outputPath === null
        ? new Needs()
        : new Needs().addAll(afterOutput, typeof outputPath === 'string' ? pathIn(outputPath) : []);
    const references = this.#references(state);
    own.addReferences(references, 'input', prefix);
    const type = ownField(content, 'Type');
    if (type === 'Choice' || type === 'Wait' || type === 'Succeed') {
      own.addAll(after, prefix).addAll(this.#assigned(state), prefix);
      return;
    }
    const resultPath = ownField(content, 'ResultPath');
    const { inside, outside } =
      resultPath === null
        ? { inside: new Needs(), outside: after }
        : after.split(pathIn(String(resultPath ?? '$')));
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
          this.#throughParameters(parameters, result, own, prefix);
        return;
      case 'Parallel': {
        const inner = this.#ofBranches(state, result);
        this.#throughParameters(parameters, inner, own, prefix);
        return;
      }
      case 'Map': {
        const items = [...prefix, ...pathIn(String(ownField(content, 'ItemsPath') ?? '$'))];
        const inner = this.#ofProcessor(state, result);
        if (ownField(content, 'ItemReader') !== undefined) return;
        own.add([...items, '*']);
        own.addReferences(references, 'item', [...items, '*']);
        const selected = ownField(content, 'ItemSelector') ?? parameters;
        if (selected === undefined) own.addAll(inner, [...items, '*']);
        const passed = passedReferences(selected, 'input', inner);
        own.addReferences(passed, 'item', [...items, '*']).addReferences(passed, 'input', prefix);
      }
    }
  }

  /** Adds what is needed of a state's input for what is needed of its Parameters, or of the input if it has none. */
  #throughParameters(parameters: unknown, needs: Needs, own: Needs, prefix: Path): void {
    if (parameters === undefined) own.addAll(needs, prefix);
    else own.addReferences(passedReferences(parameters, 'input', needs), 'input', prefix);
  }

  #ofJsonata(state: StatePart, own: Needs, after: Needs): void {
    const { content } = state;
    const references = this.#references(state);
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
      else own.addReferences(passedExpressions(argument, inner), 'input');
    }
    if (type === 'Map') {
      const inner = this.#ofProcessor(state, result);
      const items = wholeReference(ownField(content, 'Items')) ?? { of: 'input', path: [] };
      if (items.of !== 'input' || ownField(content, 'ItemReader') !== undefined) return;
      const item = [...items.path, '*'];
      own.add(item).addReferences(references, 'item', item);
      const selector = ownField(content, 'ItemSelector');
      const passed = passedExpressions(selector, inner);
      if (selector === undefined) own.addAll(inner, item);
      else own.addReferences(passed, 'item', item).addReferences(passed, 'input');
    }
  }

  /** What is needed of a JSONata Output: of the input or the result, where it is one of them or a member of one. */
  #throughOutput(output: unknown, after: Needs, own: Needs, result: Needs): void {
    const passed = passedExpressions(output, after);
    own.addReferences(passed, 'input');
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

  #ofProcessor(state: StatePart, result: Needs): Needs {
    const [processor] = scopesIn(state);
    return processor ? this.#ofScope(processor, result.ofItems()) : new Needs();
  }

  #addResult(name: string, needs: Needs): void {
    this.results.set(name, (this.results.get(name) ?? new Needs()).addAll(needs));
  }
}

/** Fields of a JSONata state that need a number or a time. */
const SECONDS: Readonly<Record<string, readonly unknown[]>> = {
  Seconds: [1],
  Timestamp: ['2024-01-01T00:00:10Z'],
  TimeoutSeconds: [60],
  HeartbeatSeconds: [10],
  MaxConcurrency: [1],
};

function pathIn(text: string): Path {
  return jsonPathReferences(text, 'input')[0]?.path ?? [];
}

const mergesInput = (output: unknown): boolean =>
  typeof output === 'string' && /\$merge\(\s*\[\s*\$states\.input\b/.test(output);
