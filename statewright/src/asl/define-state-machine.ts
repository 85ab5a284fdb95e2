import type { ByRules, MachineRules } from './literal-rules';
import type {
  JsonataStates,
  JsonPathStates,
  Scope,
  StateMachine,
  StateMachineFields,
  StateType,
} from './state-machine';
import type {
  ChoiceTestFor,
  JsonataChoiceRule,
  JsonPathChoiceRule,
  JsonPathChoiceTarget,
} from './state-types/choice';
import type { DistributedProcessor, InlineProcessor } from './state-types/map';
import type { QueryLanguage } from './values';

/**
 * Returns its argument, a definition in Amazon States Language as a plain object. The compiler checks it: every state
 * name must exist in its scope, and every state has only the fields of its type.
 */
export function defineStateMachine<const M, C = CheckedMachine<M>>(
  // `M` is the type of the literal itself; the condition is always false and lets it be inferred. `C` keeps the compiler
  // from checking the literal before it has inferred `M`, which takes ten times as long.
  machine: [M] extends [never] ? M : NoInfer<C>,
): StateMachine<keyof Field<M, 'States'> & string> {
  return machine as never;
}

/** The type of the field that has one of the names; never when it is missing. */
type Field<T, Name extends string> = { [K in keyof T]: K extends Name ? T[K] : never }[keyof T];

/** The required type of the definition `M`: each state must have the shape of its type and query language. */
type CheckedMachine<M> = StateMachineFields & { readonly QueryLanguage?: QueryLanguage } & MachineRules<M> &
  CheckedScope<M, M extends { readonly QueryLanguage: 'JSONata' } ? 'JSONata' : 'JSONPath', never>;

/** `Taken` are the names of the states outside the scope: around it and in other branches. */
type CheckedScope<S, Q extends QueryLanguage, Taken> = CheckedStates<
  Field<S, 'States'>,
  `${keyof Field<S, 'States'> & string}`,
  Q,
  Taken
>;

interface CheckedStates<States, N extends string, Q extends QueryLanguage, Taken> {
  readonly StartAt: N;
  readonly States: {
    readonly [K in keyof States]: K extends Taken
      ? 'a name that no other state of the state machine has'
      : CheckedState<States[K], N, Q, Taken | Names<N>>;
  };
  readonly Comment?: string;
}

/** The names of states, where they are known: `string` would be all names. */
type Names<N extends string> = string extends N ? never : N;

type CheckedState<S, N extends string, Q extends QueryLanguage, Taken> = S extends {
  readonly Type: infer T extends StateType;
}
  ? Q extends 'JSONata'
    ? ByRules<CheckedJsonata<S, N, Q, Taken>[T], S, T, 'JSONata'>
    : S extends { readonly QueryLanguage: 'JSONata' }
      ? ByRules<CheckedJsonata<S, N, Q, Taken>[T], S, T, 'JSONata'>
      : ByRules<CheckedJsonPath<S, N, Taken>[T], S, T, 'JSONPath'>
  : { readonly Type: StateType; readonly [field: string]: unknown };

type CheckedJsonPath<S, N extends string, Taken> = JsonPathStates<
  N,
  CheckedProcessor<Field<S, 'ItemProcessor' | 'Iterator'>, 'JSONPath', Taken>,
  CheckedBranches<Field<S, 'Branches'>, 'JSONPath', Taken>,
  JsonPathRules<Field<S, 'Choices'>, N>,
  keyof S
>;

type CheckedJsonata<S, N extends string, Q extends QueryLanguage, Taken> = JsonataStates<
  N,
  CheckedProcessor<Field<S, 'ItemProcessor' | 'Iterator'>, Q, Taken>,
  CheckedBranches<Field<S, 'Branches'>, Q, Taken>,
  readonly [JsonataChoiceRule<N>, ...JsonataChoiceRule<N>[]],
  keyof S
>;

/** Without a processor every field of a Map is allowed: the error is that the processor is missing. */
type CheckedProcessor<P, Q extends QueryLanguage, Taken> = [P] extends [never]
  ? Scope<string, Q> & DistributedProcessor
  : CheckedScope<P, Q, Taken> & ProcessorInMode<P>;

type ProcessorInMode<P> = P extends { readonly ProcessorConfig: { readonly Mode: infer Mode } }
  ? Mode extends 'DISTRIBUTED'
    ? DistributedProcessor
    : Mode extends 'INLINE'
      ? InlineProcessor
      : { readonly ProcessorConfig: { readonly Mode: 'INLINE' | 'DISTRIBUTED' } }
  : InlineProcessor;

type CheckedBranches<List, Q extends QueryLanguage, Taken> = List extends readonly unknown[]
  ? NonEmpty<
      { readonly [I in keyof List]: CheckedScope<List[I], Q, Taken | NamesBeside<List, I>> },
      Scope<string, Q>
    >
  : readonly Scope<string, Q>[];

/** The names of the states in the other branches of a list. */
type NamesBeside<List extends readonly unknown[], I> = {
  [J in keyof List]: J extends I ? never : Names<keyof Field<List[J], 'States'> & string>;
}[number];

type JsonPathRules<List, N extends string> = List extends readonly unknown[]
  ? NonEmpty<
      { readonly [I in keyof List]: ChoiceTestFor<List[I]> & JsonPathChoiceTarget<N> },
      JsonPathChoiceRule<N>
    >
  : readonly JsonPathChoiceRule<N>[];

type NonEmpty<List extends readonly unknown[], Element> = List extends readonly []
  ? readonly [Element, ...Element[]]
  : List;
