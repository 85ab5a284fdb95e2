import {
  errorNamesOf,
  listAt,
  ownField,
  type Part,
  type StatePart,
  statesOf,
  type Transition,
  transitionsOf,
} from '../../asl/graph';
import { fieldAt } from '../../asl/location';

/** The kinds of items that a run can exercise. */
export const ITEM_KINDS = ['state', 'transition', 'choice', 'retry', 'catch'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** An item of a definition that a run can exercise. */
export interface CoverageItem {
  readonly kind: ItemKind;
  /** The location in the definition: `/States/Test`, `/States/Test/Next`, `/States/Test/Catch[0]`. */
  readonly location: string;
  /** The state's name. */
  readonly state: string;
  /** A description for people: `Test → SuccessState`, `Test: TestError → HandleError`. */
  readonly label: string;
}

/**
 * The items of a definition, state by state in their order there: the state itself, its transition
 * (Next, or End), each rule of a Choice and its Default, each Retrier and each Catcher. A Retrier that
 * retries nothing (`MaxAttempts: 0`) is not in the list.
 */
export function coverageItems(definition: unknown): CoverageItem[] {
  return [...statesOf(definition)].flatMap(itemsOfState);
}

function itemsOfState(state: StatePart): CoverageItem[] {
  const { name, location, content } = state;
  const item = (kind: ItemKind, place: string, label: string): CoverageItem => ({
    kind,
    location: place,
    state: name,
    label,
  });
  const itemOf = (transition: Transition): CoverageItem => {
    const { target, location: place } = transition;
    switch (transition.field) {
      case 'Next':
        return item('transition', place, `${name} → ${target}`);
      case 'Default':
        return item('choice', place, `${name}: Default → ${target}`);
      case 'Choices':
        return item('choice', transition.clause.location, `${name}: rule → ${target}`);
      case 'Catch':
        return item(
          'catch',
          transition.clause.location,
          `${name}: ${describeErrors(transition.clause)} → ${target}`,
        );
    }
  };
  const ways = transitionsOf(state);
  const retriers = listAt(state, 'Retry').filter((retrier) => ownField(retrier.content, 'MaxAttempts') !== 0);
  return [
    item('state', location, name),
    ...ways.filter(({ field }) => field !== 'Catch').map(itemOf),
    ...(ownField(content, 'End') === true
      ? [item('transition', fieldAt(location, 'End'), `${name} → End`)]
      : []),
    ...retriers.map((retrier) =>
      item('retry', retrier.location, `${name}: retry of ${describeErrors(retrier)}`),
    ),
    ...ways.filter(({ field }) => field === 'Catch').map(itemOf),
  ];
}

function describeErrors(clause: Part): string {
  const [first = '', ...more] = errorNamesOf(clause);
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}
