/** One thing that is wrong with a definition, as ValidateStateMachineDefinition of the Step Functions API says it. */
export interface Diagnostic {
  /** With an ERROR the state machine cannot be created; a WARNING is a likely mistake. */
  readonly severity: 'ERROR' | 'WARNING';
  readonly code: DiagnosticCode;
  readonly message: string;
  /** A JSON pointer into the definition, such as `/States/Test/Next`; empty for the definition as a whole. */
  readonly location: string;
}

/** The codes that the API's ValidateStateMachineDefinition gives to a definition. */
export type DiagnosticCode =
  | 'DUPLICATE_LABEL_NAME'
  | 'DUPLICATE_STATE_NAME'
  | 'INVALID_JSONATA_EXPRESSION'
  | 'INVALID_JSON_DESCRIPTION'
  | 'INVALID_LABEL_NAME'
  | 'INVALID_RESOURCE'
  | 'INVALID_STATE_NAME'
  | 'INVALID_VARIABLE_NAME'
  | 'MISSING_DESCRIPTION'
  | 'MISSING_END_STATE'
  | 'MISSING_TRANSITION_TARGET'
  | 'NO_DOLLAR'
  | 'NO_PATH'
  | 'PASS_RESULT_IS_STATIC'
  | 'RESERVED_VARIABLE_NAME'
  | 'SCHEMA_VALIDATION_FAILED'
  | 'TOO_DEEPLY_NESTED'
  | 'UNSUPPORTED_JSONATA_EXPRESSION';
