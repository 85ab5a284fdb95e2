import {
  compileJsonata,
  type Json,
  type JsonataScope,
  type JsonObject,
  type JsonType,
  Payload,
} from '../data';
import type { Fields } from '../definition/fields';
import { errorOutput, type Failure } from '../execution/failure';
import { inspected } from '../execution/inspection';
import type { Output, Visit } from '../execution/state';
import { type MaybePromise, then } from '../maybe-promise';
import type { DataFlow, Evaluate } from './data-flow';

type Expression = (scope: JsonataScope) => MaybePromise<Json>;

/** The fields of a JSONata state. */
export class JsonataFlow implements DataFlow {
  readonly language = 'JSONata';
  readonly workInput: Evaluate<Payload>;
  readonly #assign: Expression | undefined;
  readonly #output: Expression | undefined;

  constructor(fields: Fields) {
    const work = compileField(fields, 'Arguments');
    this.workInput = work
      ? (visit) =>
          then(work(visit.jsonataScope()), (value) =>
            inspected(visit, 'afterArguments', Payload.ofValue(value)),
          )
      : (visit) => visit.input;
    this.#assign = compileField(fields, 'Assign');
    this.#output = compileField(fields, 'Output');
  }

  effectiveInput(visit: Visit): Payload {
    return visit.input;
  }

  outputOfResult(visit: Visit, result: Payload): MaybePromise<Output> {
    return leave(this.#assign, this.#output, visit.jsonataScope({ result }), result);
  }

  outputOfInput(visit: Visit): MaybePromise<Output> {
    return leave(this.#assign, this.#output, visit.jsonataScope(), visit.input);
  }

  compileRule(rule: Fields, location: string): (visit: Visit) => MaybePromise<Output> {
    const assign = compileField(rule, 'Assign', location);
    const output = compileField(rule, 'Output', location);
    return (visit) => leave(assign, output, visit.jsonataScope(), visit.input);
  }

  compileCatch(clause: Fields, location: string): (visit: Visit, failure: Failure) => MaybePromise<Output> {
    const assign = compileField(clause, 'Assign', location);
    const output = compileField(clause, 'Output', location);
    return (visit, failure) => {
      const error = { ...errorOutput(failure) };
      return leave(assign, output, visit.jsonataScope({ errorOutput: error }), Payload.ofValue(error));
    };
  }

  compileTemplate(fields: Fields, name: string, within = ''): Evaluate | undefined {
    const expression = compileField(fields, name, within);
    return expression && ((visit, _effective, item) => expression(visit.jsonataScope({}, item)));
  }

  compileValue(fields: Fields, name: string, type: JsonType, within = ''): Evaluate | undefined {
    const expression = compileField(fields, name, within, type);
    return expression && ((visit) => expression(visit.jsonataScope()));
  }
}

/** @param within the location of the field in its state, such as `Catch[0]` */
function compileField(fields: Fields, name: string, within = '', type?: JsonType): Expression | undefined {
  const value = fields.get(name);
  if (value === undefined) return undefined;
  const location = within === '' ? name : `${within}/${name}`;
  return fields.compile(name, () =>
    compileJsonata(value, location, type, (compile) => fields.compileLater(name, compile)),
  );
}

/** Assign and Output are evaluated independently: neither sees the other's result. */
function leave(
  assign: Expression | undefined,
  output: Expression | undefined,
  scope: JsonataScope,
  fallback: Payload,
): MaybePromise<Output> {
  return then(assign ? assign(scope) : undefined, (assigned) =>
    then(output ? output(scope) : undefined, (value) => ({
      payload: value === undefined ? fallback : Payload.ofValue(value),
      ...(assigned === undefined ? {} : { assigned: assigned as JsonObject }),
    })),
  );
}
