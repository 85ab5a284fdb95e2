import type { ExactlyOne } from '../exclusive';
import type { Token } from '../token';
import type {
  JsonataAssign,
  JsonataExpression,
  JsonPath,
  JsonPathAssign,
  JsonValue,
  Timestamp,
} from '../values';
import type { JsonataCommon, JsonataOutput, JsonPathCommon, JsonPathInputOutput } from './fields';

type Order = 'Equals' | 'LessThan' | 'GreaterThan' | 'LessThanEquals' | 'GreaterThanEquals';

type Compared<Kind extends string, Value> = { readonly [O in Order as `${Kind}${O}`]?: Value } & {
  readonly [O in Order as `${Kind}${O}Path`]?: JsonPath;
};

/** Each comparison operator with the type of what it compares to (States Language specification, "Choice Rules"). */
export interface ComparisonOperands
  extends Compared<'String', string | Token>,
    Compared<'Numeric', number | Token>,
    Compared<'Timestamp', Timestamp | Token> {
  /** Whether the value is this boolean. */
  readonly BooleanEquals?: boolean | Token;
  /** Whether the value is the boolean at this path. */
  readonly BooleanEqualsPath?: JsonPath;
  /** `*` matches any characters; `\\*` is a literal asterisk. */
  readonly StringMatches?: string | Token;
  /** Whether the value exists and is `null`. */
  readonly IsNull?: boolean | Token;
  /** Whether the value exists. */
  readonly IsPresent?: boolean | Token;
  /** Whether the value is a number. */
  readonly IsNumeric?: boolean | Token;
  /** Whether the value is a text. */
  readonly IsString?: boolean | Token;
  /** Whether the value is `true` or `false`. */
  readonly IsBoolean?: boolean | Token;
  /** Whether the value is a text in the form of RFC 3339. */
  readonly IsTimestamp?: boolean | Token;
}

/** Tests that are combined. Nested tests have no Next. */
interface Connectives {
  /** True when all of the tests are. */
  readonly And: readonly [ChoiceTest, ...ChoiceTest[]];
  /** True when at least one of the tests is. */
  readonly Or: readonly [ChoiceTest, ...ChoiceTest[]];
  /** True when the test is false. */
  readonly Not: ChoiceTest;
}

/** What a JSONPath choice rule tests: a variable with exactly one operator, or tests combined by And, Or or Not. */
export interface ChoiceTest extends ComparisonOperands, Partial<Connectives> {
  /** A reference path to the value that is tested. */
  readonly Variable?: JsonPath;
  /** A comment; it has no effect. */
  readonly Comment?: string;
}

/** The test for a literal of type `S`: a comparison, or tests combined by And, Or or Not. */
export type ChoiceTestFor<S> = [keyof S & keyof Connectives] extends [never]
  ? Test & Tested & ExactlyOne<OperandsFor<S>, keyof S>
  : Test & ExactlyOne<Partial<JoinedTests<S>> & ComparisonOperands & Partial<Tested>, keyof S>;

type OperandsFor<S> = string extends S[keyof S & `Timestamp${Order}`] ? TextOperands : ComparisonOperands;

/** The form of a timestamp is only checked in a literal. */
interface TextOperands
  extends Omit<ComparisonOperands, `Timestamp${Order}`>,
    Compared<'Timestamp', string | Token> {}

interface Test {
  /** A comment; it has no effect. */
  readonly Comment?: string;
}

interface Tested {
  /** A reference path to the value that is tested. */
  readonly Variable: JsonPath;
}

type JoinedTests<S> = {
  readonly [C in keyof Connectives]: C extends keyof S
    ? C extends 'Not'
      ? ChoiceTestFor<S[C]>
      : TestsFor<S[C]>
    : Connectives[C];
};

type TestsFor<Tests> = Tests extends readonly []
  ? Connectives['And']
  : Tests extends readonly unknown[]
    ? { readonly [I in keyof Tests]: ChoiceTestFor<Tests[I]> }
    : Connectives['And'];

export interface JsonPathChoiceTarget<N extends string> extends JsonPathAssign {
  /** The next state when the test is true: a state of the same scope. */
  readonly Next: N;
}

/** A rule of a Choice in JSONPath: a test and the next state. */
export type JsonPathChoiceRule<N extends string = string> = ChoiceTest & JsonPathChoiceTarget<N>;

/** A rule of a Choice in JSONata: a condition and the next state. */
export interface JsonataChoiceRule<N extends string = string> extends JsonataAssign {
  /** An expression that returns true or false. */
  readonly Condition: boolean | Token | JsonataExpression;
  /** The next state when the condition is true: a state of the same scope. */
  readonly Next: N;
  /** The output when the condition is true (default: the state's own Output). */
  readonly Output?: JsonValue;
  /** A comment; it has no effect. */
  readonly Comment?: string;
}

interface ChoiceFields<N extends string, Rules> {
  readonly Type: 'Choice';
  /** The rules; the first one that is true decides. */
  readonly Choices: Rules;
  /** The next state when no rule is true; without it the state fails with States.NoChoiceMatched. */
  readonly Default?: N;
}

/**
 * Continues with the state of the first rule that is true (States Language specification, "Choice State"). Its own
 * Assign applies to the Default; each rule can have its own.
 */
export interface JsonPathChoice<N extends string, Rules>
  extends ChoiceFields<N, Rules>,
    JsonPathCommon,
    JsonPathInputOutput,
    JsonPathAssign {}

/**
 * Continues with the state of the first rule that is true (States Language specification, "Choice State"). Its own
 * Assign applies to the Default; each rule can have its own.
 */
export interface JsonataChoice<N extends string, Rules>
  extends ChoiceFields<N, Rules>,
    JsonataCommon,
    JsonataOutput,
    JsonataAssign {}
