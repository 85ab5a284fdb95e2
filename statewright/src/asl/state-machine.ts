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
import type { QueryLanguage } from './values';

/** States that name only each other: a state machine, a branch of a Parallel, the processor of a Map. */
export interface Scope<N extends string = string, Q extends QueryLanguage = QueryLanguage> {
  readonly StartAt: N;
  readonly States: { readonly [K in N]: State<N, Q> };
  readonly Comment?: string;
}

/**
 * The JSONPath form of each state type. `Processor`, `Branches` and `Rules` are the parts that hold names of states or
 * states themselves. `K`: see `ExactlyOne`.
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
 * The JSONata form of each state type. `Processor`, `Branches` and `Rules` are the parts that hold names of states or
 * states themselves. `K`: see `ExactlyOne`.
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

/** What a state does. */
export type StateType = 'Task' | 'Pass' | 'Choice' | 'Wait' | 'Succeed' | 'Fail' | 'Parallel' | 'Map';

type Processors<Q extends QueryLanguage> = Scope<string, Q> & (InlineProcessor | DistributedProcessor);
type Branches<Q extends QueryLanguage> = readonly [Scope<string, Q>, ...Scope<string, Q>[]];
type Rules<Rule> = readonly [Rule, ...Rule[]];

type JsonPathState<N extends string> = JsonPathStates<
  N,
  Processors<'JSONPath'>,
  Branches<'JSONPath'>,
  Rules<JsonPathChoiceRule<N>>
>[StateType];

type JsonataState<N extends string, Q extends QueryLanguage> = JsonataStates<
  N,
  Processors<Q>,
  Branches<Q>,
  Rules<JsonataChoiceRule<N>>
>[StateType];

/**
 * A state of a scope whose states are called `N`, in a state machine whose query language is `Q`. A JSONPath machine
 * may have JSONata states that say so; a JSONata machine has no JSONPath states. Which fields exclude each other only
 * `defineStateMachine` and `validateStateMachine` see.
 */
export type State<N extends string = string, Q extends QueryLanguage = QueryLanguage> = Q extends 'JSONPath'
  ? JsonPathState<N> | (JsonataState<N, 'JSONPath'> & { readonly QueryLanguage: 'JSONata' })
  : JsonataState<N, 'JSONata'>;

/** What a state machine has beside its states (States Language specification, "Top-level fields"). */
export interface StateMachineFields {
  readonly Comment?: string;
  readonly Version?: '1.0';
  /** How long an execution may run, in seconds; it then ends TIMED_OUT. */
  readonly TimeoutSeconds?: number;
}

/** A state machine whose states are called `N`. */
export interface StateMachine<N extends string = string> extends StateMachineFields {
  /** The language of every state that does not choose one; JSONPath by default. */
  readonly QueryLanguage?: QueryLanguage;
  readonly StartAt: N;
  readonly States: { readonly [K in N]: State<N> };
}
