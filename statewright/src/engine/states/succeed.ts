import type { QueryLanguage } from '../../asl';
import { compileDataFlow } from '../data-flow/compile';
import type { Fields } from '../definition/fields';
import type { CompiledState } from '../execution/state';
import { then } from '../maybe-promise';

/** Ends its thread successfully (Amazon States Language, "Succeed State"). */
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
