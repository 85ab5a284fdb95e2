/** Fields that several state types share (States Language specification, "Table of state types and fields"). */
import type { AtMostOne, ExactlyOne } from '../exclusive';
import type { JsonataExpression, JsonPath, JsonValue, PayloadTemplate } from '../values';

/** A state goes on to another one or ends its scope: exactly one of the two. `K`: see `ExactlyOne`. */
export type Transition<N extends string, K extends PropertyKey = string> = ExactlyOne<
  { readonly Next: N; readonly End: true },
  K
>;

/** What every state may have in a JSONPath state machine. */
export interface JsonPathCommon {
  readonly Comment?: string;
  readonly QueryLanguage?: 'JSONPath';
}

/** What every state may have when its query language is JSONata. */
export interface JsonataCommon {
  readonly Comment?: string;
  readonly QueryLanguage?: 'JSONata';
}

/** The parts of its data that a JSONPath state sees and passes on; `null` stands for `{}`. */
export interface JsonPathInputOutput {
  readonly InputPath?: JsonPath | null;
  readonly OutputPath?: JsonPath | null;
}

/** Where a JSONPath state puts its result in its input; `null` drops the result. */
export interface JsonPathResult {
  readonly ResultPath?: JsonPath | null;
}

/** How a JSONPath state shapes a raw result before `ResultPath` places it. */
export interface JsonPathResultSelector extends JsonPathResult {
  readonly ResultSelector?: PayloadTemplate;
}

/** What a JSONata state puts out: any JSON, its `{% %}` strings evaluated. */
export interface JsonataOutput {
  readonly Output?: JsonValue;
}

/** A number written down, or computed by a JSONata expression. */
export type JsonataNumber = number | JsonataExpression;

/** A field for a number, and the field for a path to it. */
export type NumberAndPath<Name extends string> = {
  readonly [Field in Name | `${Name}Path`]: Field extends Name ? number : JsonPath;
};

/** A number in a JSONPath state: written down, or read from the path in `<name>Path`. `K`: see `ExactlyOne`. */
export type NumberOrPath<Name extends string, K extends PropertyKey = string> = AtMostOne<
  NumberAndPath<Name>,
  K
>;
