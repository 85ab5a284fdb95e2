import type { QueryLanguage } from '../../asl';
import { Payload } from '../data';
import { compileDataFlow } from '../data-flow/compile';
import type { Fields } from '../definition/fields';
import { inspected } from '../execution/inspection';
import type { CompiledState } from '../execution/state';
import { then } from '../maybe-promise';

/** Passes its input to its output, or a fixed result (Amazon States Language, "Pass State"). */
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
          : // A Pass with a Result ignores the rest of its input.
            then(
              fixed ? inspected(visit, 'result', fixed) : flow.workInput(visit, flow.effectiveInput(visit)),
              (work) => flow.outputOfResult(visit, work),
            );
      return then(output, (made) => visit.exit(made, next));
    },
  };
}
