/** Fields that several state types share (States Language specification, "Table of State Types and Fields"). */
import type { ExactlyOne } from '../exclusive';
import type { JsonataExpression, JsonPath, JsonValue, PayloadTemplate } from '../values';

interface NextAndEnd<N extends string> {
  /** The state that comes next, one of the same scope (States Language specification, "Transitions"). */
  readonly Next?: N;
  /** Ends the scope: the machine, the branch or the iteration (States Language specification, "Transitions"). */
  readonly End?: true;
}

/** A state goes on to another one or ends its scope: exactly one of the two. `K`: see `ExactlyOne`. */
export type Transition<N extends string, K extends PropertyKey = string> = ExactlyOne<NextAndEnd<N>, K>;

interface Common {
  /** For the reader; it does nothing. */
  readonly Comment?: string;
}

/** What every state may have in a JSONPath state machine. */
export interface JsonPathCommon extends Common {
  /** JSONata makes this state one of JSONata (States Language specification, "Query Languages"). */
  readonly QueryLanguage?: 'JSONPath';
}

/** What every state may have when its query language is JSONata. */
export interface JsonataCommon extends Common {
  /** JSONata; not needed where the machine says so (States Language specification, "Query Languages"). */
  readonly QueryLanguage?: 'JSONata';
}

/** The parts of its data that a JSONPath state sees and passes on; `null` stands for `{}`. */
export interface JsonPathInputOutput {
  /** The part of the input that the state sees; `$`, all of it, by default (specification, "Input and Output Processing"). */
  readonly InputPath?: JsonPath | null;
  /** The part of the output that the next state gets; `$`, all of it, by default (specification, "Input and Output Processing"). */
  readonly OutputPath?: JsonPath | null;
}

/** Where a JSONPath state puts its result in its input; `null` drops the result. */
export interface JsonPathResult {
  /** Where the result goes in the input; `$`, in place of it, by default (specification, "Input and Output Processing"). */
  readonly ResultPath?: JsonPath | null;
}

/** How a JSONPath state shapes a raw result before `ResultPath` places it. */
export interface JsonPathResultSelector extends JsonPathResult {
  /** What becomes of the raw result before ResultPath; its paths read the result (specification, "Payload Template"). */
  readonly ResultSelector?: PayloadTemplate;
}

/** What a JSONata state puts out: any JSON, its `{% %}` strings evaluated. */
export interface JsonataOutput {
  /** What the state puts out; its result, or else its input, by default (specification, "Input and Output Processing"). */
  readonly Output?: JsonValue;
}

/** What a JSONPath state works on. */
export interface JsonPathParameters {
  /** The state's effective input; fields that end in `.$` hold paths (specification, "Payload Template"). */
  readonly Parameters?: PayloadTemplate;
}

/** What a JSONata state works on. */
export interface JsonataArguments {
  /** What the task or the branches get; the state's input by default (specification, "Input and Output Processing"). */
  readonly Arguments?: JsonValue;
}

/** A number written down, or computed by a JSONata expression. */
export type JsonataNumber = number | JsonataExpression;
