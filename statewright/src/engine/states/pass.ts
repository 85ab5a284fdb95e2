import type { QueryLanguage } from '../../asl';
import { Payload } from '../data';
import type { Fields } from '../fields';
import { compileDataFlow } from '../flow/data-flow';
import { then } from '../maybe-promise';
import type { CompiledState } from '../state';

/** Hands its input on, or a fixed result (Amazon States Language, "Pass State"). */
export function compilePass(name: string, fields: Fields, language: QueryLanguage): CompiledState {
  const flow = compileDataFlow(fields, language);
  const next = fields.text('Next');
  const result = fields.get('Result');
  const fixed = result === undefined ? undefined : Payload.ofValue(result);
  return {
    name,
    type: 'Pass',
    retries: false,
    run: (visit) => {
      // A JSONata Pass has no result: `$states.result` is not defined in it.
      const output =
        language === 'JSONata'
          ? flow.outputOfInput(visit, visit.input)
          : then(flow.workInput(visit, flow.effectiveInput(visit)), (work) =>
              flow.outputOfResult(visit, fixed ?? work),
            );
      return then(output, (made) => visit.exit(made, next));
    },
  };
}
