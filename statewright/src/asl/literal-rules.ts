/**
 * Rules for the values of literals, which their types cannot express: `-1` is a number, but not a valid TimeoutSeconds.
 * A value that is only known at run time (a `number`, a `string`) is accepted here; validation checks it.
 */
import type { JsonataStates, JsonPathStates, StateType } from './state-machine';
import type { StatesError } from './states-errors';
import type { Token } from './token';
import type { JsonValue, PayloadTemplate, QueryLanguage } from './values';

/** The type, in a compile error, of a field whose value breaks a rule. */
interface Expected<What extends string> {
  readonly [expected]: What;
}
declare const expected: unique symbol;

/** `Shape`, which is that of the state `S`, with the rules that `S` breaks. */
export type ByRules<Shape, S, T extends StateType, Q extends QueryLanguage> = With<
  WithTimestamp<Shape, S>,
  Request<S, Q> & Refused<{ [F in keyof S]-?: FaultOf<F, S[F], T, Q> }>
>;

/** The rules for the state machine's own fields that `M` breaks; `unknown` when it breaks none. */
export type MachineRules<M> = Refused<{
  [F in keyof M]: F extends 'TimeoutSeconds' ? NumberFault<M[F], 'a whole number'> : never;
}>;

/** Without rules the shape keeps its name, which compile errors show. */
type With<Shape, Rules> = unknown extends Rules ? Shape : Shape & Rules;

/** The form of a Timestamp is only checked in a literal. */
type WithTimestamp<Shape, S> = S extends { readonly Timestamp: infer At }
  ? string extends At
    ? Omit<Shape, 'Timestamp'> & { readonly Timestamp: string }
    : Shape
  : Shape;

/** The fields with a fault; `unknown` when none has. */
type Refused<Faults> = [Faults[keyof Faults]] extends [never]
  ? unknown
  : { readonly [F in keyof Faults as [Faults[F]] extends [never] ? never : F]: Faults[F] };

/** Never when the field is valid. */
type FaultOf<F, V, T extends StateType, Q extends QueryLanguage> = F extends FieldsOfOther<Q>[T]
  ? `only in a state whose QueryLanguage is ${Exclude<QueryLanguage, Q>}`
  : F extends keyof NumberFields
    ? NumberFault<V, NumberFields[F]>
    : F extends 'Resource'
      ? ResourceFault<V>
      : F extends 'Retry' | 'Catch'
        ? HandlersFault<V>
        : F extends 'Assign'
          ? NameFault<keyof V, Q> | ExpressionFault<V, Q>
          : F extends 'Output' | 'Arguments' | 'Items' | 'ItemSelector'
            ? ExpressionFault<V, Q>
            : never;

interface Shapes {
  readonly JSONPath: JsonPathStates<string, unknown, unknown, unknown>;
  readonly JSONata: JsonataStates<string, unknown, unknown, unknown>;
}

/** The fields that each state type has only in the other query language. */
type FieldsOfOther<Q extends QueryLanguage> = {
  [T in StateType]: Exclude<keyof Shapes[Exclude<QueryLanguage, Q>][T], keyof Shapes[Q][T]>;
};

/** A service integration needs a request: Parameters or Arguments. */
type Request<S, Q extends QueryLanguage> = S extends { readonly Type: 'Task'; readonly Resource: infer R }
  ? IsAny<R> extends true
    ? unknown
    : R extends `arn:${string}:states:::${string}`
      ? IntegrationRequest[Q]
      : unknown
  : unknown;

/** `TerraformVariable.value` is of type `any`, which matches every condition. */
type IsAny<T> = 0 extends 1 & T ? true : false;

interface IntegrationRequest {
  readonly JSONPath: { readonly Parameters: PayloadTemplate | Token };
  readonly JSONata: { readonly Arguments: JsonValue };
}

interface NumberFields {
  readonly TimeoutSeconds: 'a positive integer';
  readonly HeartbeatSeconds: 'a positive integer';
  readonly Seconds: 'a whole number';
  readonly MaxConcurrency: 'a whole number';
  readonly ToleratedFailureCount: 'a whole number';
  readonly ToleratedFailurePercentage: 'a percentage';
}

interface RetrierNumbers {
  readonly IntervalSeconds: 'a whole number';
  readonly MaxAttempts: 'a whole number';
  readonly MaxDelaySeconds: 'a positive integer';
  readonly BackoffRate: 'a number of 1 or more';
}

/** The texts of numbers that are not valid for each kind. */
interface NoNumber {
  readonly 'a whole number': `-${string}` | `${string}.${string}`;
  readonly 'a positive integer': '0' | `-${string}` | `${string}.${string}`;
  readonly 'a number of 1 or more': '0' | `-${string}` | `0.${string}`;
  readonly 'a percentage': `-${string}`;
}

type NumberFault<V, Kind extends keyof NoNumber> = V extends number
  ? `${V}` extends NoNumber[Kind]
    ? Expected<Kind>
    : never
  : never;

/** Whether every character of a text is known; a `string` is not, nor is a template with one in it. */
type IsLiteral<Text extends string> = Text extends unknown
  ? Record<never, 1> extends Record<Text, 1>
    ? false
    : true
  : never;

/** A text with `${` in it is a reference that Terraform resolves. */
type ResourceFault<V> = V extends `arn:${string}:${string}` | `${string}$\{${string}`
  ? never
  : V extends string
    ? IsLiteral<V> extends true
      ? Expected<'an ARN'>
      : never
    : never;

/** A list of retriers or catchers; the mapped type keeps the place of each. */
type HandlersFault<List> = List extends readonly [unknown, ...infer Rest]
  ? RefusedIn<{
      [I in keyof List]: {
        [F in keyof List[I]]-?: F extends keyof RetrierNumbers
          ? NumberFault<List[I][F], RetrierNumbers[F]>
          : F extends 'ErrorEquals'
            ? ErrorNamesFault<List[I][F], I extends `${Rest['length']}` ? true : false>
            : never;
      };
    }>
  : never;

type RefusedIn<List extends readonly unknown[]> = [
  { [I in keyof List]: List[I][keyof List[I]] }[number],
] extends [never]
  ? never
  : { readonly [I in keyof List]: Refused<List[I]> };

type ErrorNamesFault<Names, InLast extends boolean> = Names extends readonly []
  ? Expected<'at least one error name'>
  : Names extends readonly (infer Name)[]
    ? [CaseFault<Name>] extends [never]
      ? StatesAllFault<Names, InLast>
      : CaseFault<Name>
    : never;

/** The predefined names by their lower case: `States.TimeOut` would never match an error. */
type StatesErrors = { readonly [Name in StatesError as Lowercase<Name>]: Name };

type CaseFault<Name> = Name extends string
  ? Lowercase<Name> extends keyof StatesErrors
    ? Name extends StatesError
      ? never
      : Expected<`${StatesErrors[Lowercase<Name>]}, not ${Name}`>
    : never
  : never;

/** `States.ALL` must be alone, and in the last entry. */
type StatesAllFault<Names, InLast extends boolean> = Names extends readonly string[]
  ? 'States.ALL' extends Names[number]
    ? IsLiteral<Names[number]> extends true
      ? [Names['length'], InLast] extends [1, true]
        ? never
        : Expected<'States.ALL alone and in the last entry'>
      : never
    : never
  : never;

type Digit = '0' | '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | '9';
type NotInNames = ' ' | '-' | '.' | '/' | ':' | '$' | '@' | '#' | '%' | '*' | '(' | '[';

type NameFault<Name, Q extends QueryLanguage> = Name extends string
  ? (Q extends 'JSONPath' ? WithoutDollar<Name> : Name) extends
      | `${string}${NotInNames}${string}`
      | `${Digit}${string}`
    ? Expected<`a variable name, not ${Name}`>
    : never
  : never;

type WithoutDollar<Name extends string> = Name extends `${infer Bare}.$` ? Bare : Name;

/** Expressions that are opened and not closed, anywhere in a value. */
type ExpressionFault<V, Q extends QueryLanguage> = Q extends 'JSONata'
  ? [Unclosed<V>] extends [never]
    ? never
    : Expected<`%} at the end of ${Unclosed<V>}`>
  : never;

/** `Depth` ends the search in types that contain themselves. */
type Unclosed<V, Depth extends readonly 0[] = []> = IsAny<V> extends true ? never : UnclosedIn<V, Depth>;

type UnclosedIn<V, Depth extends readonly 0[]> = V extends string
  ? V extends `{%${string}`
    ? V extends `{%${string}%}`
      ? never
      : V
    : never
  : Depth['length'] extends 6
    ? never
    : V extends readonly unknown[]
      ? Unclosed<V[number], [...Depth, 0]>
      : V extends object
        ? { [F in keyof V]: Unclosed<V[F], [...Depth, 0]> }[keyof V]
        : never;
