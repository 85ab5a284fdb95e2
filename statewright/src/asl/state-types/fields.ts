/**
 * Fields that several state types share (States Language specification, "Table of State Types and Fields"). All sections
 * named here are of that specification.
 */
import type { ExactlyOne } from '../exclusive';
import type { Token } from '../token';
import type { JsonataExpression, JsonPath, JsonValue, PayloadTemplateValue } from '../values';

interface NextAndEnd<N extends string> {
  /** The next state, in the same scope (States Language specification, "Transitions"). */
  readonly Next?: N;
  /** Ends the scope: the state machine, the branch or the iteration (States Language specification, "Transitions"). */
  readonly End?: true;
}

/** A state continues with another one or ends its scope: exactly one of the two. `K`: see `ExactlyOne`. */
export type Transition<N extends string, K extends PropertyKey = string> = ExactlyOne<NextAndEnd<N>, K>;

interface Common {
  /** A comment; it has no effect. */
  readonly Comment?: string;
}

/** The optional fields of every state in a JSONPath state machine. */
export interface JsonPathCommon extends Common {
  /** The query language of this state (States Language specification, "Query Languages"). */
  readonly QueryLanguage?: 'JSONPath';
}

/** The optional fields of every state whose query language is JSONata. */
export interface JsonataCommon extends Common {
  /** Not needed when the state machine sets it (States Language specification, "Query Languages"). */
  readonly QueryLanguage?: 'JSONata';
}

/** The parts of its data that a JSONPath state sees and passes on; `null` means `{}`. */
export interface JsonPathInputOutput {
  /** The part of the input that the state sees (default: `$`, all of it; "Input and Output Processing"). */
  readonly InputPath?: JsonPath | null;
  /** The part of the output that the next state gets (default: `$`, all of it; "Input and Output Processing"). */
  readonly OutputPath?: JsonPath | null;
}

/** Where a JSONPath state puts its result in its input; `null` drops the result. */
export interface JsonPathResult {
  /** Where in the input to put the result (default: `$`, in place of it; "Input and Output Processing"). */
  readonly ResultPath?: JsonPath | null;
}

/** The transformation of a JSONPath state's raw result before `ResultPath`. */
export interface JsonPathResultSelector extends JsonPathResult {
  /** The new result; its paths read the raw result ("Payload Template"). */
  readonly ResultSelector?: PayloadTemplateValue | Token;
}

/** The output of a JSONata state: any JSON, in which `{% %}` strings are evaluated. */
export interface JsonataOutput {
  /** The output (default: the result, or the input of a state without one; "Input and Output Processing"). */
  readonly Output?: JsonValue;
}

/** The effective input of a JSONPath state. */
export interface JsonPathParameters {
  /** The state's effective input; fields that end in `.$` have paths ("Payload Template"). */
  readonly Parameters?: PayloadTemplateValue | Token;
}

/** The arguments of a JSONata state. */
export interface JsonataArguments {
  /** The input of the task or of the branches (default: the state's input; "Input and Output Processing"). */
  readonly Arguments?: JsonValue;
}

/** A number, or a JSONata expression that returns one. */
export type JsonataNumber = number | Token | JsonataExpression;
