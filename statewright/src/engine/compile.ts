import type { QueryLanguage } from '../asl';
import { type StatePart, transitionsOf } from '../asl/graph';
import { fieldAt } from '../asl/location';
import { didYouMean } from '../did-you-mean';
import { atOnce, type Steps } from '../steps';
import { InvalidDefinitionError } from './definition/errors';
import { Fields } from './definition/fields';
import type { CompiledState, CompiledStateMachine, StateGraph } from './execution/state';
import { compileChoice } from './states/choice';
import type { CompileState } from './states/compile-state';
import { compileFail } from './states/fail';
import { compileMap } from './states/map/map';
import { compileParallel } from './states/parallel';
import { compilePass } from './states/pass';
import { compileSucceed } from './states/succeed';
import { compileTask } from './states/task';
import { compileWait } from './states/wait';

const COMPILERS: ReadonlyMap<string, CompileState> = new Map(
  Object.entries({
    Choice: compileChoice,
    Fail: compileFail,
    Map: compileMap,
    Parallel: compileParallel,
    Pass: compilePass,
    Succeed: compileSucceed,
    Task: compileTask,
    Wait: compileWait,
  }),
);

/**
 * Compiles a definition: every path, template and expression, once.
 * @throws InvalidDefinitionError where the definition cannot be run
 */
export function compileStateMachine(definition: object): CompiledStateMachine {
  const { machine, compileAll } = openStateMachine(definition);
  atOnce(compileAll());
  return machine;
}

/**
 * A state machine that compiles a state when an execution enters it for the first time: a definition may have thousands.
 * @throws InvalidDefinitionError where the first state cannot be run; the others throw it when they are compiled
 */
export function openStateMachine(definition: object): {
  readonly machine: CompiledStateMachine;
  /** Compiles all states, one in each step, and all that is in them. */
  readonly compileAll: () => Steps<void>;
} {
  const compiler = new Compiler();
  const fields = new Fields(definition, '', compiler.later);
  const graph = compiler.graph(fields, queryLanguageOf(fields, 'JSONPath'));
  return {
    machine: { ...graph, timeoutSeconds: fields.number('TimeoutSeconds') },
    compileAll: () => compiler.all(),
  };
}

/**
 * Compiles one state of a definition. Where its transitions lead is not checked.
 * @throws InvalidDefinitionError where the state cannot be run
 */
export function compileState(part: StatePart, outer: QueryLanguage): CompiledState {
  const compiler = new Compiler();
  const state = compiler.state(part, outer);
  atOnce(compiler.all());
  return state;
}

class Compiler {
  /** Compile the states that have not been compiled. */
  readonly #ahead: (() => void)[] = [];
  /** Compile what is in the states that have been compiled. */
  #inside: (() => void)[] = [];

  readonly later = (compile: () => void): void => {
    this.#inside.push(compile);
  };

  /** The states of a state machine, a branch or an item processor. */
  graph(fields: Fields, outer: QueryLanguage): StateGraph {
    const parts = fields.needObject('States');
    const compiled = new Map<string, CompiledState>();
    const state = (name: string): CompiledState => {
      const known = compiled.get(name);
      if (known) return known;
      const part = parts.needObject(name);
      checkTargets(part, parts);
      const made = this.state({ name, content: part.content, location: part.location }, outer);
      compiled.set(name, made);
      return made;
    };
    const first = fields.needText('StartAt');
    if (!parts.has(first)) throw unknown(fieldAt(fields.location, 'StartAt'), 'state', first, parts.names);
    for (const name of parts.names.reverse()) this.#ahead.push(() => state(name));
    return { startAt: () => state(first), state };
  }

  state({ name, content, location }: StatePart, outer: QueryLanguage): CompiledState {
    const fields = new Fields(content, location, this.later);
    const type = fields.needText('Type');
    const compile = COMPILERS.get(type);
    if (!compile) throw unknown(fieldAt(location, 'Type'), 'state type', type, [...COMPILERS.keys()]);
    return compile(name, fields, queryLanguageOf(fields, outer), (scope, language) =>
      this.graph(scope, language),
    );
  }

  *all(): Steps<void> {
    yield* this.#allInside();
    for (let compile = this.#ahead.pop(); compile !== undefined; compile = this.#ahead.pop()) {
      compile();
      yield;
      yield* this.#allInside();
    }
  }

  *#allInside(): Steps<void> {
    const inside = this.#inside;
    this.#inside = [];
    for (const compile of inside) {
      compile();
      yield;
    }
  }
}

function queryLanguageOf(fields: Fields, outer: QueryLanguage): QueryLanguage {
  return fields.has('QueryLanguage') ? (fields.text('QueryLanguage') as QueryLanguage) : outer;
}

/** Checks that the target of every transition exists. */
function checkTargets(state: Fields, states: Fields): void {
  for (const { target, location } of transitionsOf(state)) {
    if (typeof target !== 'string')
      throw new InvalidDefinitionError(location, 'the name of a state is required');
    if (!states.has(target)) throw unknown(location, 'state', target, states.names);
  }
}

function unknown(
  location: string,
  what: string,
  name: string,
  known: readonly string[],
): InvalidDefinitionError {
  const meant = didYouMean(name, known, (each) => `'${each}'`);
  const hint = meant === undefined ? '' : ` (${meant})`;
  return new InvalidDefinitionError(location, `the ${what} '${name}' does not exist${hint}`);
}
