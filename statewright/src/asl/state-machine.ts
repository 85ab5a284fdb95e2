/** A state machine and its states, as types: the JSON of the Amazon States Language, field for field. */
import type {
  JsonataChoice,
  JsonataChoiceRule,
  JsonPathChoice,
  JsonPathChoiceRule,
} from './state-types/choice';
import type { JsonataFail, JsonPathFail } from './state-types/fail';
import type { DistributedProcessor, InlineProcessor, JsonataMap, JsonPathMap } from './state-types/map';
import type { JsonataParallel, JsonPathParallel } from './state-types/parallel';
import type { JsonataPass, JsonPathPass } from './state-types/pass';
import type { JsonataSucceed, JsonPathSucceed } from './state-types/succeed';
import type { JsonataTask, JsonPathTask } from './state-types/task';
import type { JsonataWait, JsonPathWait } from './state-types/wait';
import type { Token } from './token';
import type { QueryLanguage } from './values';

/** States that can only name each other: a state machine, a branch of a Parallel, the processor of a Map. */
export interface Scope<N extends string = string, Q extends QueryLanguage = QueryLanguage> {
  /** The first state: one of States. */
  readonly StartAt: N;
  /** The states by name. A name occurs once in the whole state machine, and has at most 80 characters. */
  readonly States: { readonly [K in N]: State<N, Q> };
  /** A comment; it has no effect. */
  readonly Comment?: string;
}

/**
 * The JSONPath form of each state type. `Processor`, `Branches` and `Rules` are the parts with names of states or with
 * states. `K`: see `ExactlyOne`.
 */
export interface JsonPathStates<
  N extends string,
  Processor,
  Branches,
  Rules,
  K extends PropertyKey = string,
> {
  Task: JsonPathTask<N, K>;
  Pass: JsonPathPass<N, K>;
  Choice: JsonPathChoice<N, Rules>;
  Wait: JsonPathWait<N, K>;
  Succeed: JsonPathSucceed;
  Fail: JsonPathFail<K>;
  Parallel: JsonPathParallel<N, Branches, K>;
  Map: JsonPathMap<N, Processor, K>;
}

/**
 * The JSONata form of each state type. `Processor`, `Branches` and `Rules` are the parts with names of states or with
 * states. `K`: see `ExactlyOne`.
 */
export interface JsonataStates<N extends string, Processor, Branches, Rules, K extends PropertyKey = string> {
  Task: JsonataTask<N, K>;
  Pass: JsonataPass<N, K>;
  Choice: JsonataChoice<N, Rules>;
  Wait: JsonataWait<N, K>;
  Succeed: JsonataSucceed;
  Fail: JsonataFail;
  Parallel: JsonataParallel<N, Branches, K>;
  Map: JsonataMap<N, Processor, K>;
}

/** The type of a state. */
export type StateType = 'Task' | 'Pass' | 'Choice' | 'Wait' | 'Succeed' | 'Fail' | 'Parallel' | 'Map';

type Processor<Q extends QueryLanguage> = Scope<string, Q> & (InlineProcessor | DistributedProcessor);
type Branches<Q extends QueryLanguage> = readonly [Scope<string, Q>, ...Scope<string, Q>[]];
type Rules<Rule> = readonly [Rule, ...Rule[]];

type JsonPathState<N extends string> = JsonPathStates<
  N,
  Processor<'JSONPath'>,
  Branches<'JSONPath'>,
  Rules<JsonPathChoiceRule<N>>
>[StateType];

type JsonataState<N extends string, Q extends QueryLanguage> = JsonataStates<
  N,
  Processor<Q>,
  Branches<Q>,
  Rules<JsonataChoiceRule<N>>
>[StateType];

/**
 * A state of a scope whose states are called `N`, in a state machine whose query language is `Q`. A JSONPath state
 * machine may have states with `QueryLanguage: 'JSONata'`; a JSONata state machine has no JSONPath states. Only
 * `defineStateMachine` and `validateStateMachine` check which fields exclude each other.
 */
export type State<N extends string = string, Q extends QueryLanguage = QueryLanguage> = Q extends 'JSONPath'
  ? JsonPathState<N> | (JsonataState<N, 'JSONPath'> & { readonly QueryLanguage: 'JSONata' })
  : JsonataState<N, 'JSONata'>;

/** The fields of a state machine except its states (States Language specification, "Top-level fields"). */
export interface StateMachineFields {
  /** A comment; it has no effect. */
  readonly Comment?: string;
  /** The version of the language (default: 1.0, the only one). */
  readonly Version?: '1.0';
  /** The timeout of an execution in seconds; after it, the execution ends as TIMED_OUT. */
  readonly TimeoutSeconds?: number | Token;
}

/** A state machine whose states are called `N`. */
export interface StateMachine<N extends string = string> extends StateMachineFields {
  /** The query language of the states that do not set their own (default: JSONPath). */
  readonly QueryLanguage?: QueryLanguage;
  /** The first state: one of States. */
  readonly StartAt: N;
  /** The states by name. A name occurs once in the whole state machine, and has at most 80 characters. */
  readonly States: { readonly [K in N]: State<N> };
}
