import type { QueryLanguage } from '../../asl';
import type { Fields } from '../definition/fields';
import type { DataFlow } from './data-flow';
import { JsonPathFlow } from './json-path';
import { JsonataFlow } from './jsonata';

/** Compiles the fields of a state that process its input and output. */
export function compileDataFlow(fields: Fields, language: QueryLanguage): DataFlow {
  return language === 'JSONata' ? new JsonataFlow(fields) : new JsonPathFlow(fields);
}
