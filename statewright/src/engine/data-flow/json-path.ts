import {
  compilePath,
  compileReferencePath,
  compileTemplate,
  type EvaluationScope,
  type Json,
  type JsonObject,
  Payload,
} from '../data';
import type { Fields } from '../definition/fields';
import { errorOutput, type Failure } from '../execution/failure';
import { inspected } from '../execution/inspection';
import type { Output, Visit } from '../execution/state';
import type { DataFlow, Evaluate } from './data-flow';

type Select = (visit: Visit, payload: Payload) => Payload;
type WriteResult = (visit: Visit, result: Payload) => Payload;
type Assign = (visit: Visit, payload: Payload) => JsonObject | undefined;

const EMPTY = Payload.ofText('{}');

/** The fields of a JSONPath state. A payload that no field changes keeps its text, including white space. */
export class JsonPathFlow implements DataFlow {
  readonly language = 'JSONPath';
  readonly workInput: Evaluate<Payload>;
  readonly #inputPath: Select;
  readonly #outputPath: Select;
  readonly #resultSelector: Select;
  readonly #writeResult: WriteResult;
  readonly #assign: Assign;

  constructor(fields: Fields) {
    const parameters = compileSelection(fields, 'Parameters');
    this.workInput = (visit, effective) => inspected(visit, 'afterParameters', parameters(visit, effective));
    this.#inputPath = compileSelect(fields, 'InputPath');
    this.#outputPath = compileSelect(fields, 'OutputPath');
    this.#resultSelector = compileSelection(fields, 'ResultSelector');
    this.#writeResult = compileResultPath(fields);
    this.#assign = compileAssign(fields);
  }

  effectiveInput(visit: Visit): Payload {
    return inspected(visit, 'afterInputPath', this.#inputPath(visit, visit.input));
  }

  outputOfResult(visit: Visit, result: Payload): Output {
    const selected = inspected(visit, 'afterResultSelector', this.#resultSelector(visit, result));
    const assigned = this.#assign(visit, selected);
    const written = inspected(visit, 'afterResultPath', this.#writeResult(visit, selected));
    return output(this.#outputPath(visit, written), assigned);
  }

  outputOfInput(visit: Visit, effective: Payload): Output {
    const assigned = this.#assign(visit, effective);
    return output(this.#outputPath(visit, effective), assigned);
  }

  compileRule(rule: Fields): (visit: Visit, effective: Payload) => Output {
    const assign = compileAssign(rule);
    return (visit, effective) => output(this.#outputPath(visit, effective), assign(visit, effective));
  }

  compileCatch(clause: Fields): (visit: Visit, failure: Failure) => Output {
    const writeResult = compileResultPath(clause);
    const assign = compileAssign(clause);
    return (visit, failure) => {
      const error = Payload.ofValue({ ...errorOutput(failure) });
      return output(writeResult(visit, error), assign(visit, error));
    };
  }

  compileTemplate(fields: Fields, name: string): Evaluate | undefined {
    const template = fields.get(name);
    if (template === undefined) return undefined;
    const fill = fields.compile(name, () => compileTemplate(template));
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
function compileSelection(fields: Fields, name: string): Select {
  const template = fields.get(name);
  if (template === undefined) return unchanged;
  const fill: (scope: EvaluationScope) => Json = fields.compile(name, () => compileTemplate(template));
  return (visit, payload) => Payload.ofValue(fill(visit.scope(payload)));
}

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
  const fill = fields.compile('Assign', () => compileTemplate(template));
  return (visit, payload) => fill(visit.scope(payload)) as JsonObject;
}
