/** Amazon States Language: types and compile-time checks, validation, serialization. */
export { defineStateMachine } from './define-state-machine';
export type { Diagnostic, DiagnosticCode } from './diagnostic';
export { lambdaFunctionsOf } from './lambda-functions';
export { nearest } from './nearest';
export { serializeStateMachine } from './serialize';
export type { Scope, State, StateMachine, StateType } from './state-machine';
export type {
  ChoiceTest,
  ComparisonOperands,
  JsonataChoiceRule,
  JsonPathChoiceRule,
} from './states/choice';
export type { ErrorName, JsonataCatcher, JsonPathCatcher, Retrier, StatesError } from './states/errors';
export type { JsonataFail, JsonPathFail } from './states/fail';
export type { JsonataPass, JsonPathPass } from './states/pass';
export type { JsonataSucceed, JsonPathSucceed } from './states/succeed';
export type { JsonataTask, JsonPathTask } from './states/task';
export type { JsonataWait, JsonPathWait } from './states/wait';
export { validateStateMachine } from './validate';
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
