import { objectOf, ownField, scopesOf } from '../../asl/scopes';

/** The kinds of things that a run can exercise. */
export const ITEM_KINDS = ['state', 'transition', 'choice', 'retry', 'catch'] as const;
export type ItemKind = (typeof ITEM_KINDS)[number];

/** One thing of a definition that a run can exercise. */
export interface CoverageItem {
  readonly kind: ItemKind;
  /** Where it is in the definition: `/States/Test`, `/States/Test/Next`, `/States/Test/Catch[0]`. */
  readonly location: string;
  /** The name of its state. */
  readonly state: string;
  /** What it is, for people: `Test → SuccessState`, `Test: TestError → HandleError`. */
  readonly label: string;
}

/**
 * What there is to exercise in a definition, state by state in the order they are written: the state itself, its
 * transition (Next, or End), each rule of a Choice and its Default, each Retrier and each Catcher. A Retrier that
 * retries nothing (`MaxAttempts: 0`) is not in the list.
 */
export function coverageItems(definition: unknown): CoverageItem[] {
  return [...scopesOf(definition)].flatMap(({ location, states }) =>
    states.flatMap(([state, fields]) => itemsOfState(state, fields, `${location}/States/${state}`)),
  );
}

function itemsOfState(state: string, fields: unknown, place: string): CoverageItem[] {
  const item = (kind: ItemKind, part: string, label: string): CoverageItem => ({
    kind,
    location: `${place}${part}`,
    state,
    label,
  });
  const each = (field: string, kind: ItemKind, describe: (entry: unknown) => string | undefined) =>
    listOf(fields, field).flatMap((entry, index) => {
      const label = describe(entry);
      return label === undefined ? [] : [item(kind, `/${field}[${index}]`, `${state}: ${label}`)];
    });
  const next = ownField(fields, 'Next');
  const otherwise = ownField(fields, 'Default');
  return [
    item('state', '', state),
    ...(typeof next === 'string' ? [item('transition', '/Next', `${state} → ${next}`)] : []),
    ...(ownField(fields, 'End') === true ? [item('transition', '/End', `${state} → End`)] : []),
    ...each('Choices', 'choice', (rule) => `rule → ${ownField(rule, 'Next')}`),
    ...(typeof otherwise === 'string'
      ? [item('choice', '/Default', `${state}: Default → ${otherwise}`)]
      : []),
    ...each('Retry', 'retry', (retrier) =>
      ownField(retrier, 'MaxAttempts') === 0 ? undefined : `retry of ${describeErrors(retrier)}`,
    ),
    ...each('Catch', 'catch', (catcher) => `${describeErrors(catcher)} → ${ownField(catcher, 'Next')}`),
  ];
}

function describeErrors(clause: unknown): string {
  const [first = '', ...more] = errorNamesOf(clause);
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}

/** The objects of a list field; none where there is no such field. */
export function listOf(fields: unknown, name: string): readonly unknown[] {
  const list = ownField(fields, name);
  return Array.isArray(list) ? list.map(objectOf) : [];
}

/** What a Retrier or a Catcher names in ErrorEquals. */
export function errorNamesOf(clause: unknown): readonly string[] {
  const names = ownField(clause, 'ErrorEquals');
  return Array.isArray(names) ? names.map(String) : [];
}
