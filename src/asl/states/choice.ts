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

type Compared<Kind extends string, Value> = { readonly [O in Order as `${Kind}${O}`]: Value } & {
  readonly [O in Order as `${Kind}${O}Path`]: JsonPath;
};

/** Each comparison operator with the type of what it compares to (States Language specification, "Choice Rules"). */
export interface ComparisonOperands
  extends Compared<'String', string>,
    Compared<'Numeric', number>,
    Compared<'Timestamp', Timestamp> {
  readonly BooleanEquals: boolean;
  readonly BooleanEqualsPath: JsonPath;
  /** `*` stands for any characters; `\\*` for a star. */
  readonly StringMatches: string;
  readonly IsNull: boolean;
  readonly IsPresent: boolean;
  readonly IsNumeric: boolean;
  readonly IsString: boolean;
  readonly IsBoolean: boolean;
  readonly IsTimestamp: boolean;
}

/** Tests joined together. Inside, no test names a next state. */
interface Connectives {
  readonly And: readonly [ChoiceTest, ...ChoiceTest[]];
  readonly Or: readonly [ChoiceTest, ...ChoiceTest[]];
  readonly Not: ChoiceTest;
}

/** What a JSONPath choice rule tests: a variable by exactly one operator, or tests joined by one of And, Or, Not. */
export interface ChoiceTest extends Partial<ComparisonOperands>, Partial<Connectives> {
  readonly Variable?: JsonPath;
  readonly Comment?: string;
}

/** A test for a literal of type `S`: exactly what it is meant as. */
export type ChoiceTestFor<S> = [keyof S & keyof Connectives] extends [never]
  ? Test & { readonly Variable: JsonPath } & ExactlyOne<ComparisonOperands, keyof S>
  : Test & ExactlyOne<JoinedTests<S> & ComparisonOperands & { readonly Variable: JsonPath }, keyof S>;

interface Test {
  readonly Comment?: string;
}

type JoinedTests<S> = {
  readonly [C in keyof Connectives]: C extends keyof S ? TestsFor<S[C]> : Connectives[C];
};

type TestsFor<Tests> = Tests extends readonly []
  ? Connectives['And']
  : Tests extends readonly unknown[]
    ? { readonly [I in keyof Tests]: ChoiceTestFor<Tests[I]> }
    : ChoiceTestFor<Tests>;

export interface JsonPathChoiceTarget<N extends string> {
  readonly Next: N;
  readonly Assign?: JsonPathAssign;
}

export type JsonPathChoiceRule<N extends string = string> = ChoiceTest & JsonPathChoiceTarget<N>;

export interface JsonataChoiceRule<N extends string = string> {
  readonly Condition: boolean | JsonataExpression;
  readonly Next: N;
  readonly Assign?: JsonataAssign;
  readonly Output?: JsonValue;
  readonly Comment?: string;
}

interface ChoiceFields<N extends string, Rules> {
  readonly Type: 'Choice';
  readonly Choices: Rules;
  /** Where to go when no rule matches; without it the execution fails with States.NoChoiceMatched. */
  readonly Default?: N;
}

/** Goes where the first rule that matches says (States Language specification, "Choice State"). */
export interface JsonPathChoice<N extends string, Rules>
  extends ChoiceFields<N, Rules>,
    JsonPathCommon,
    JsonPathInputOutput {
  /** Assigned when the Default is taken; a rule has an Assign of its own. */
  readonly Assign?: JsonPathAssign;
}

/** Goes where the first rule that matches says (States Language specification, "Choice State"). */
export interface JsonataChoice<N extends string, Rules>
  extends ChoiceFields<N, Rules>,
    JsonataCommon,
    JsonataOutput {
  /** Assigned when the Default is taken; a rule has an Assign of its own. */
  readonly Assign?: JsonataAssign;
}
