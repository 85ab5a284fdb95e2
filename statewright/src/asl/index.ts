/** Amazon States Language: types and compile-time checks, validation, serialization. */
export { defineStateMachine } from './define-state-machine';
export type { Diagnostic, DiagnosticCode } from './diagnostic';
export { lambdaFunctionsOf } from './lambda-functions';
export { findMistakes } from './mistakes/find-mistakes';
export type { Mistake, MistakeCode } from './mistakes/mistake';
export { serializeStateMachine } from './serialize';
export type { Scope, State, StateMachine, StateType } from './state-machine';
export type {
  ChoiceTest,
  ComparisonOperands,
  JsonataChoiceRule,
  JsonPathChoiceRule,
} from './state-types/choice';
export type { ErrorName, JsonataCatcher, JsonPathCatcher, Retrier } from './state-types/errors';
export type { JsonataFail, JsonPathFail } from './state-types/fail';
export type { JsonataPass, JsonPathPass } from './state-types/pass';
export type { JsonataSucceed, JsonPathSucceed } from './state-types/succeed';
export type { JsonataTask, JsonPathTask } from './state-types/task';
export type { JsonataWait, JsonPathWait } from './state-types/wait';
export type { StatesError } from './states-errors';
export type { Token } from './token';
export { validateState, validateStateMachine } from './validate';
export type {
  Intrinsic,
  JsonataExpression,
  JsonObject,
  JsonPath,
  JsonValue,
  PayloadTemplate,
  QueryLanguage,
  Timestamp,
} from './values';
