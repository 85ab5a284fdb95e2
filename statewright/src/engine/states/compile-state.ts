import type { QueryLanguage } from '../../asl';
import type { Fields } from '../definition/fields';
import type { CompiledState, StateGraph } from '../execution/state';

/** Compiles the states of one type. A Parallel and a Map pass their inner graphs to `CompileGraph`. */
export type CompileState = (
  name: string,
  fields: Fields,
  language: QueryLanguage,
  compileGraph: CompileGraph,
) => CompiledState;

/** Compiles the states of a branch or an item processor; `outer` is the query language of the enclosing state. */
export type CompileGraph = (fields: Fields, outer: QueryLanguage) => StateGraph;
