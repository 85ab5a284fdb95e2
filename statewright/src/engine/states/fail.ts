import type { QueryLanguage } from '../../asl';
import { compilePath, PathEvaluationError, stringifyJson } from '../data';
import { compileDataFlow } from '../data-flow/compile';
import type { DataFlow, Evaluate } from '../data-flow/data-flow';
import type { Fields } from '../definition/fields';
import type { CompiledState } from '../execution/state';
import { then } from '../maybe-promise';

/** Fails, with an optional error and cause (Amazon States Language, "Fail State"). It has no Exited event. */
export function compileFail(name: string, fields: Fields, language: QueryLanguage): CompiledState {
  const flow = compileDataFlow(fields, language);
  const error = compileText(fields, flow, 'Error');
  const cause = compileText(fields, flow, 'Cause');
  return {
    name,
    type: 'Fail',
    retries: false,
    run: (visit) => {
      const effective = flow.effectiveInput(visit);
      return then(error?.(visit, effective), (errorText) =>
        then(cause?.(visit, effective), (causeText) => ({
          failure: {
            ...(errorText === undefined ? {} : { error: String(errorText) }),
            ...(causeText === undefined ? {} : { cause: String(causeText) }),
          },
        })),
      );
    },
  };
}

/** `Error`, or the value at `ErrorPath`. */
function compileText(fields: Fields, flow: DataFlow, name: string): Evaluate | undefined {
  const field = `${name}Path`;
  const path = fields.text(field);
  if (path === undefined) return flow.compileValue(fields, name, 'string');
  const read = fields.compile(field, () => compilePath(path, field));
  return (visit, effective) => {
    const value = read(visit.scope(effective));
    if (typeof value === 'string') return value;
    // It must be a string (Amazon States Language, "Fail State"); the message is our own.
    throw new PathEvaluationError(
      `The ${field} parameter does not reference a string value: ${path} == ${stringifyJson(value)}`,
    );
  };
}
