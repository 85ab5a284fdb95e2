/** One problem of a definition, in the form of the Step Functions API's ValidateStateMachineDefinition. */
export interface Diagnostic {
  /** An ERROR prevents the creation of the state machine; a WARNING is a likely mistake. */
  readonly severity: 'ERROR' | 'WARNING';
  /** The kind of the problem, such as `SCHEMA_VALIDATION_FAILED`. */
  readonly code: DiagnosticCode;
  /** The problem in the API's words, one sentence. */
  readonly message: string;
  /** A JSON pointer into the definition, such as `/States/Test/Next`; empty for the definition as a whole. */
  readonly location: string;
}

/** A problem as the API returns it: not all have a location. */
export type ApiDiagnostic = Omit<Diagnostic, 'location'> & { readonly location?: string };

/** The codes of the API's ValidateStateMachineDefinition. */
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
