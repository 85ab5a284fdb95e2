import { compileDataFlow } from '../data-flow/data-flow';
import type { Fields, QueryLanguage } from '../definition/fields';
import type { CompiledState } from '../execution/state';
import { then } from '../maybe-promise';

/** Ends the thread it is in (Amazon States Language, "Succeed State"). */
export function compileSucceed(name: string, fields: Fields, language: QueryLanguage): CompiledState {
  const flow = compileDataFlow(fields, language);
  return {
    name,
    type: 'Succeed',
    retries: false,
    run: (visit) =>
      then(flow.outputOfInput(visit, flow.effectiveInput(visit)), (output) => visit.exit(output, undefined)),
  };
}
