import type { QueryLanguage } from '../asl';
import { type StatePart, transitionsOf } from '../asl/graph';
import { fieldAt } from '../asl/location';
import { didYouMean } from '../did-you-mean';
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
  const fields = new Fields(definition, '');
  return {
    ...compileGraph(fields, queryLanguageOf(fields, 'JSONPath')),
    timeoutSeconds: fields.number('TimeoutSeconds'),
  };
}

/**
 * Compiles one state of a definition. Where its transitions lead is not checked.
 * @throws InvalidDefinitionError where the state cannot be run
 */
export function compileState({ name, content, location }: StatePart, outer: QueryLanguage): CompiledState {
  const fields = new Fields(content, location);
  const type = fields.needText('Type');
  const compile = COMPILERS.get(type);
  if (!compile) throw unknown(fieldAt(location, 'Type'), 'state type', type, [...COMPILERS.keys()]);
  return compile(name, fields, queryLanguageOf(fields, outer), compileGraph);
}

/** Compiles the states of a state machine, a branch or an item processor. */
function compileGraph(fields: Fields, outer: QueryLanguage): StateGraph {
  const states = new Map<string, CompiledState>();
  for (const [name, state] of fields.needObject('States').entries) {
    checkTargets(state, fields);
    states.set(name, compileState({ name, content: state.content, location: state.location }, outer));
  }
  const first = fields.needText('StartAt');
  const startAt = states.get(first);
  if (!startAt) throw unknown(fieldAt(fields.location, 'StartAt'), 'state', first, [...states.keys()]);
  return { startAt, states };
}

function queryLanguageOf(fields: Fields, outer: QueryLanguage): QueryLanguage {
  return fields.has('QueryLanguage') ? (fields.text('QueryLanguage') as QueryLanguage) : outer;
}

/** Checks that the target of every transition exists. */
function checkTargets(state: Fields, graph: Fields): void {
  const states = graph.needObject('States');
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
