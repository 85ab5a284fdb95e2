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
} from './states/choice';
import type { DistributedProcessor, InlineProcessor } from './states/map';
import type { QueryLanguage } from './values';

/**
 * Gives back the definition it is given, a plain object in the words of the Amazon States Language, checked by the
 * compiler: every name of a state must be one of its scope, every field one that its state takes.
 */
export function defineStateMachine<const M>(
  // `M` is the type of the literal itself; the condition is always false and lets it be inferred.
  machine: [M] extends [never] ? M : CheckedMachine<M>,
): StateMachine<keyof Field<M, 'States'> & string> {
  return machine as never;
}

/** The type of a field, whichever of the names it has; never when it is not there. */
type Field<T, Name extends string> = { [K in keyof T]: K extends Name ? T[K] : never }[keyof T];

/** What a definition of type `M` must be: each state is held against the one shape that it is meant as. */
type CheckedMachine<M> = StateMachineFields & { readonly QueryLanguage?: QueryLanguage } & CheckedScope<
    M,
    M extends { readonly QueryLanguage: 'JSONata' } ? 'JSONata' : 'JSONPath'
  >;

type CheckedScope<S, Q extends QueryLanguage> = CheckedStates<
  Field<S, 'States'>,
  `${keyof Field<S, 'States'> & string}`,
  Q
>;

interface CheckedStates<States, N extends string, Q extends QueryLanguage> {
  readonly StartAt: N;
  readonly States: { readonly [K in keyof States]: CheckedState<States[K], N, Q> };
  readonly Comment?: string;
}

type CheckedState<S, N extends string, Q extends QueryLanguage> = S extends {
  readonly Type: infer T extends StateType;
}
  ? Q extends 'JSONata'
    ? CheckedJsonata<S, N, Q>[T]
    : S extends { readonly QueryLanguage: 'JSONata' }
      ? CheckedJsonata<S, N, Q>[T]
      : CheckedJsonPath<S, N>[T]
  : { readonly Type: StateType; readonly [field: string]: unknown };

type CheckedJsonPath<S, N extends string> = JsonPathStates<
  N,
  CheckedProcessor<Field<S, 'ItemProcessor' | 'Iterator'>, 'JSONPath'>,
  CheckedBranches<Field<S, 'Branches'>, 'JSONPath'>,
  JsonPathRules<Field<S, 'Choices'>, N>,
  keyof S
>;

type CheckedJsonata<S, N extends string, Q extends QueryLanguage> = JsonataStates<
  N,
  CheckedProcessor<Field<S, 'ItemProcessor' | 'Iterator'>, Q>,
  CheckedBranches<Field<S, 'Branches'>, Q>,
  readonly [JsonataChoiceRule<N>, ...JsonataChoiceRule<N>[]],
  keyof S
>;

type CheckedProcessor<P, Q extends QueryLanguage> = CheckedScope<P, Q> &
  (P extends { readonly ProcessorConfig: { readonly Mode: 'DISTRIBUTED' } }
    ? DistributedProcessor
    : InlineProcessor);

type CheckedBranches<List, Q extends QueryLanguage> = List extends readonly unknown[]
  ? NonEmpty<{ readonly [I in keyof List]: CheckedScope<List[I], Q> }, Scope<string, Q>>
  : readonly Scope<string, Q>[];

type JsonPathRules<List, N extends string> = List extends readonly unknown[]
  ? NonEmpty<
      { readonly [I in keyof List]: ChoiceTestFor<List[I]> & JsonPathChoiceTarget<N> },
      JsonPathChoiceRule<N>
    >
  : readonly JsonPathChoiceRule<N>[];

type NonEmpty<List extends readonly unknown[], Element> = List extends readonly []
  ? readonly [Element, ...Element[]]
  : List;
