/** What a definition probably does not mean, although AWS accepts it. */
export interface Mistake {
  readonly code: MistakeCode;
  readonly message: string;
  /** A JSON pointer into the definition, such as `/States/Test/Parameters/id.$`. */
  readonly location: string;
}

/**
 * - `NOT_EVALUATED`: a path or an expression of the other query language
 * - `NO_TASK_TOKEN`: a request of `.waitForTaskToken` that does not pass the token
 * - `UNASSIGNED_VARIABLE`: a variable that no state assigns
 * - `UNKNOWN_ERROR_NAME`: a name with the reserved prefix `States.` that is not a predefined one, or a misspelt one of Lambda
 * - `UNKNOWN_FUNCTION`: a function that JSONata does not have
 * - `UNKNOWN_REFERENCE`: a field that `$$` or `$states` does not have here
 * - `WRONG_ARGUMENTS`: an intrinsic function with arguments that it cannot have
 */
export type MistakeCode =
  | 'NOT_EVALUATED'
  | 'NO_TASK_TOKEN'
  | 'UNASSIGNED_VARIABLE'
  | 'UNKNOWN_ERROR_NAME'
  | 'UNKNOWN_FUNCTION'
  | 'UNKNOWN_REFERENCE'
  | 'WRONG_ARGUMENTS';

/** A mistake in a text; the caller knows its location. */
export type TextMistake = Omit<Mistake, 'location'>;
