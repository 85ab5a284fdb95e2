import type { QueryLanguage } from '../../asl';
import type { Fields } from '../fields';
import { compileDataFlow } from '../flow/data-flow';
import { then } from '../maybe-promise';
import type { CompiledState } from '../state';

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
