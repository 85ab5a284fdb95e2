/** The data of a state machine: JSON documents, and the languages that read and shape them. */
export {
  IntrinsicError,
  InvalidTemplateError,
  JsonataSyntaxError,
  PathEvaluationError,
  pathIntoNullError,
  QueryEvaluationError,
  ReferencePathConflictError,
  StatesError,
} from './errors';
export {
  isArray,
  isNumber,
  isObject,
  type Json,
  type JsonArray,
  JsonNumber,
  type JsonObject,
  parseJson,
  setMember,
  stringifyJson,
} from './json';
export { compileJsonata, type JsonType } from './jsonata';
export type { Evaluator, Lookup } from './lookup';
export { compileLookup, compilePath } from './path';
export { Payload } from './payload';
export { compileReferencePath, type Writer } from './reference-path';
export type { EvaluationScope, JsonataScope, Sources, Variables } from './scope';
export { compileTemplate } from './template';
