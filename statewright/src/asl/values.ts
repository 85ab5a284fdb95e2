/** The values that Amazon States Language fields take, as types. */
import type { Token } from './token';

/** The languages in which states read and transform data (States Language specification, "Query languages"). */
export type QueryLanguage = 'JSONPath' | 'JSONata';

/** Any JSON value in a definition: read-only, so that `const` literals fit. */
export type JsonValue = null | boolean | number | string | readonly JsonValue[] | JsonObject | Token;

/** A JSON object in a definition. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/** A JSONPath: `$.order.id`, `$$.Execution.Id` for the context object, `$name` for a variable. */
export type JsonPath = `$${string}`;

/** A call of an intrinsic function, such as `States.Format('{}', $.name)`. */
export type Intrinsic = `States.${string}(${string})`;

/**
 * A JSON object whose fields that end in `.$` are replaced by the value of their path or intrinsic function
 * (States Language specification, "Payload Template").
 */
export interface PayloadTemplate {
  readonly [key: `${string}.$`]: JsonPath | Intrinsic;
  readonly [key: string]: PayloadTemplateValue;
}

export type PayloadTemplateValue =
  | null
  | boolean
  | number
  | string
  | readonly PayloadTemplateValue[]
  | PayloadTemplate
  | Token;

/** A JSONata expression in a definition: `{% $states.input.total * 2 %}`. */
export type JsonataExpression = `{%${string}%}`;

/** An RFC 3339 timestamp with a time zone, such as `2030-01-31T08:00:00Z`. */
export type Timestamp = `${number}-${number}-${number}T${string}`;

/** The variables a state assigns; `states` is a reserved name. */
type JsonPathVariables = PayloadTemplate & { readonly states?: never; readonly 'states.$'?: never };
type JsonataVariables = JsonObject & { readonly states?: never };

export interface JsonPathAssign {
  /** Variables, which later states read as `$name` (States Language specification, "Variables"). */
  readonly Assign?: JsonPathVariables;
}

export interface JsonataAssign {
  /** Variables, which later states read as `$name` (States Language specification, "Variables"). */
  readonly Assign?: JsonataVariables;
}
