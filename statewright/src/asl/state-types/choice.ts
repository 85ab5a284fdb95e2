import type { ExactlyOne } from '../exclusive';
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
  extends Compared<'String', string>,
    Compared<'Numeric', number>,
    Compared<'Timestamp', Timestamp> {
  readonly BooleanEquals?: boolean;
  readonly BooleanEqualsPath?: JsonPath;
  /** `*` stands for any characters; `\\*` for a star. */
  readonly StringMatches?: string;
  /** Whether the value is there and `null`. */
  readonly IsNull?: boolean;
  /** Whether the path finds anything. */
  readonly IsPresent?: boolean;
  readonly IsNumeric?: boolean;
  readonly IsString?: boolean;
  readonly IsBoolean?: boolean;
  readonly IsTimestamp?: boolean;
}

/** Tests joined together. Inside, no test names a next state. */
interface Connectives {
  /** All of them hold. */
  readonly And: readonly [ChoiceTest, ...ChoiceTest[]];
  /** One of them holds. */
  readonly Or: readonly [ChoiceTest, ...ChoiceTest[]];
  /** It does not hold. */
  readonly Not: ChoiceTest;
}

/** What a JSONPath choice rule tests: a variable by exactly one operator, or tests joined by one of And, Or, Not. */
export interface ChoiceTest extends ComparisonOperands, Partial<Connectives> {
  /** A reference path to what is tested. */
  readonly Variable?: JsonPath;
  /** For the reader; it does nothing. */
  readonly Comment?: string;
}

/** A test for a literal of type `S`: exactly what it is meant as. */
export type ChoiceTestFor<S> = [keyof S & keyof Connectives] extends [never]
  ? Test & Tested & ExactlyOne<ComparisonOperands, keyof S>
  : Test & ExactlyOne<Partial<JoinedTests<S>> & ComparisonOperands & Partial<Tested>, keyof S>;

interface Test {
  /** For the reader; it does nothing. */
  readonly Comment?: string;
}

interface Tested {
  /** A reference path to what is tested. */
  readonly Variable: JsonPath;
}

type JoinedTests<S> = {
  readonly [C in keyof Connectives]: C extends keyof S ? TestsFor<S[C]> : Connectives[C];
};

type TestsFor<Tests> = Tests extends readonly []
  ? Connectives['And']
  : Tests extends readonly unknown[]
    ? { readonly [I in keyof Tests]: ChoiceTestFor<Tests[I]> }
    : ChoiceTestFor<Tests>;

export interface JsonPathChoiceTarget<N extends string> extends JsonPathAssign {
  /** Where to go when the test holds: a state of the same scope. */
  readonly Next: N;
}

export type JsonPathChoiceRule<N extends string = string> = ChoiceTest & JsonPathChoiceTarget<N>;

export interface JsonataChoiceRule<N extends string = string> extends JsonataAssign {
  /** An expression that gives true or false. */
  readonly Condition: boolean | JsonataExpression;
  /** Where to go when the condition holds: a state of the same scope. */
  readonly Next: N;
  /** What the next state gets when the condition holds; the state's own Output by default. */
  readonly Output?: JsonValue;
  /** For the reader; it does nothing. */
  readonly Comment?: string;
}

interface ChoiceFields<N extends string, Rules> {
  readonly Type: 'Choice';
  /** The rules, of which the first that holds is taken. */
  readonly Choices: Rules;
  /** Where to go when no rule matches; without it the execution fails with States.NoChoiceMatched. */
  readonly Default?: N;
}

/**
 * Goes where the first rule that matches says (States Language specification, "Choice State"). Its own Assign is for the
 * Default; a rule has one, too.
 */
export interface JsonPathChoice<N extends string, Rules>
  extends ChoiceFields<N, Rules>,
    JsonPathCommon,
    JsonPathInputOutput,
    JsonPathAssign {}

/**
 * Goes where the first rule that matches says (States Language specification, "Choice State"). Its own Assign is for the
 * Default; a rule has one, too.
 */
export interface JsonataChoice<N extends string, Rules>
  extends ChoiceFields<N, Rules>,
    JsonataCommon,
    JsonataOutput,
    JsonataAssign {}
