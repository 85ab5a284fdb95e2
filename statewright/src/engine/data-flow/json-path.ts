import {
  compilePath,
  compileReferencePath,
  compileTemplate,
  type Json,
  type JsonObject,
  Payload,
} from '../data';
import type { Fields } from '../definition/fields';
import { errorOutput, type Failure } from '../execution/failure';
import { inspected } from '../execution/inspection';
import type { Output, Visit } from '../execution/state';
import { type MaybePromise, then } from '../maybe-promise';
import type { DataFlow, Evaluate } from './data-flow';

type Select = (visit: Visit, payload: Payload) => Payload;
type Selection = (visit: Visit, payload: Payload) => MaybePromise<Payload>;
type WriteResult = (visit: Visit, result: Payload) => Payload;
type Assign = (visit: Visit, payload: Payload) => MaybePromise<JsonObject | undefined>;

const EMPTY = Payload.ofText('{}');

/** The fields of a JSONPath state. A payload that no field changes keeps its text, including white space. */
export class JsonPathFlow implements DataFlow {
  readonly language = 'JSONPath';
  readonly workInput: Evaluate<Payload>;
  readonly #inputPath: Select;
  readonly #outputPath: Select;
  readonly #resultSelector: Selection;
  readonly #writeResult: WriteResult;
  readonly #assign: Assign;

  constructor(fields: Fields) {
    const parameters = compileSelection(fields, 'Parameters');
    this.workInput = (visit, effective) =>
      then(parameters(visit, effective), (work) => inspected(visit, 'afterParameters', work));
    this.#inputPath = compileSelect(fields, 'InputPath');
    this.#outputPath = compileSelect(fields, 'OutputPath');
    this.#resultSelector = compileSelection(fields, 'ResultSelector');
    this.#writeResult = compileResultPath(fields);
    this.#assign = compileAssign(fields);
  }

  effectiveInput(visit: Visit): Payload {
    return inspected(visit, 'afterInputPath', this.#inputPath(visit, visit.input));
  }

  outputOfResult(visit: Visit, result: Payload): MaybePromise<Output> {
    return then(this.#resultSelector(visit, result), (given) => {
      const selected = inspected(visit, 'afterResultSelector', given);
      return then(this.#assign(visit, selected), (assigned) => {
        const written = inspected(visit, 'afterResultPath', this.#writeResult(visit, selected));
        return output(this.#outputPath(visit, written), assigned);
      });
    });
  }

  outputOfInput(visit: Visit, effective: Payload): MaybePromise<Output> {
    return then(this.#assign(visit, effective), (assigned) =>
      output(this.#outputPath(visit, effective), assigned),
    );
  }

  compileRule(rule: Fields): (visit: Visit, effective: Payload) => MaybePromise<Output> {
    const assign = compileAssign(rule);
    return (visit, effective) => {
      const payload = this.#outputPath(visit, effective);
      return then(assign(visit, effective), (assigned) => output(payload, assigned));
    };
  }

  compileCatch(clause: Fields): (visit: Visit, failure: Failure) => MaybePromise<Output> {
    const writeResult = compileResultPath(clause);
    const assign = compileAssign(clause);
    return (visit, failure) => {
      const error = Payload.ofValue({ ...errorOutput(failure) });
      const payload = writeResult(visit, error);
      return then(assign(visit, error), (assigned) => output(payload, assigned));
    };
  }

  compileTemplate(fields: Fields, name: string): Evaluate | undefined {
    const template = fields.get(name);
    if (template === undefined) return undefined;
    const fill = compileFill(fields, name, template);
    return (visit, effective, item) => fill(visit.scope(effective, item));
  }

  /** JSONPath states have separate fields for paths (`SecondsPath`), so this value is never an expression. */
  compileValue(fields: Fields, name: string): Evaluate | undefined {
    const value = fields.get(name);
    return value === undefined ? undefined : () => value;
  }
}

const output = (payload: Payload, assigned: JsonObject | undefined): Output =>
  assigned === undefined ? { payload } : { payload, assigned };

const unchanged: Select = (_visit, payload) => payload;

/** InputPath or OutputPath: `null` selects `{}`. */
function compileSelect(fields: Fields, name: string): Select {
  const path = fields.get(name);
  if (path === undefined || path === '$') return unchanged;
  if (path === null) return () => EMPTY;
  const read = fields.compile(name, () => compilePath(String(path), name));
  return (visit, payload) => Payload.ofValue(read(visit.scope(payload)));
}

/** Parameters or ResultSelector. */
function compileSelection(fields: Fields, name: string): Selection {
  const template = fields.get(name);
  if (template === undefined) return unchanged;
  const fill = compileFill(fields, name, template);
  return (visit, payload) => then(fill(visit.scope(payload)), Payload.ofValue);
}

const compileFill = (fields: Fields, name: string, template: Json) =>
  fields.compile(name, () => compileTemplate(template, (compile) => fields.compileLater(name, compile)));

/** Where the result goes in the state's input; `null` drops it. */
function compileResultPath(fields: Fields): WriteResult {
  const path = fields.get('ResultPath');
  if (path === undefined || path === '$') return (_visit, result) => result;
  if (path === null) return (visit) => visit.input;
  const write = fields.compile('ResultPath', () => compileReferencePath(String(path)));
  return (visit, result) => Payload.ofValue(write(visit.input.value, result.value));
}

function compileAssign(fields: Fields): Assign {
  const template = fields.get('Assign');
  if (template === undefined) return () => undefined;
  const fill = compileFill(fields, 'Assign', template);
  return (visit, payload) => fill(visit.scope(payload)) as MaybePromise<JsonObject>;
}
