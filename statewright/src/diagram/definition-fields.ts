/** The fields of a state machine's definition that a diagram shows, as loosely as any valid definition has them. */
import { UserError } from '../user-error';

export interface ScopeDefinition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, StateDefinition>>;
}

export interface StateDefinition {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Default?: string;
  readonly Choices?: readonly ChoiceDefinition[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Retry?: readonly unknown[];
  readonly Branches?: readonly ScopeDefinition[];
  readonly ItemProcessor?: ScopeDefinition & { readonly ProcessorConfig?: { readonly Mode?: string } };
  /** The name of `ItemProcessor` in older definitions. */
  readonly Iterator?: ScopeDefinition;
  readonly Resource?: string;
  readonly Parameters?: unknown;
  readonly Arguments?: unknown;
  readonly Error?: string;
  readonly Seconds?: number | string;
  readonly SecondsPath?: string;
  readonly Timestamp?: string;
  readonly TimestampPath?: string;
}

/** A rule of a Choice state: JSONata's `Condition`, or JSONPath's comparisons with And, Or and Not. */
export interface ChoiceDefinition {
  readonly Next?: string;
  readonly Condition?: string | boolean;
  readonly And?: readonly ChoiceDefinition[];
  readonly Or?: readonly ChoiceDefinition[];
  readonly Not?: ChoiceDefinition;
  readonly Variable?: string;
  readonly [operator: string]: unknown;
}

/** What cannot be drawn: a definition that is none, or a PNG without a font. */
export class DiagramError extends UserError {
  override readonly name = 'DiagramError';
}

/** Makes sure of what the drawing relies on: states with types, and transitions that lead to states of the same scope. */
export function readDefinition(definition: unknown): ScopeDefinition {
  checkScope(definition, '');
  return definition;
}

function checkScope(scope: unknown, location: string): asserts scope is ScopeDefinition {
  if (!isObject(scope) || typeof scope.StartAt !== 'string' || !isObject(scope.States)) {
    throw new DiagramError(
      `${location || 'The definition'} is not a state machine: it needs StartAt and States`,
      location
        ? undefined
        : '`aws stepfunctions describe-state-machine --query definition --output text` prints one.',
    );
  }
  const { States: states } = scope;
  const checkTarget = (target: unknown, place: string) => {
    if (typeof target !== 'string' || !Object.hasOwn(states, target)) {
      throw new DiagramError(
        `${place} names the state ${JSON.stringify(target)}, which does not exist there`,
      );
    }
  };
  checkTarget(scope.StartAt, `${location}/StartAt`);
  for (const [name, state] of Object.entries(states)) {
    const place = `${location}/States/${name}`;
    if (!isObject(state) || typeof state.Type !== 'string') throw new DiagramError(`${place} has no Type`);
    for (const { target, field } of targets(state)) checkTarget(target, `${place}/${field}`);
    for (const { inner, field } of innerScopes(state)) checkScope(inner, `${place}/${field}`);
  }
}

function targets(state: Record<string, unknown>): { target: unknown; field: string }[] {
  const lists = (['Choices', 'Catch'] as const).flatMap((field) =>
    array(state[field]).map((rule, i) => ({
      target: isObject(rule) ? rule.Next : undefined,
      field: `${field}/${i}/Next`,
    })),
  );
  const single = (['Next', 'Default'] as const)
    .filter((field) => state[field] !== undefined)
    .map((field) => ({ target: state[field], field }));
  return [...single, ...lists];
}

function innerScopes(state: Record<string, unknown>): { inner: unknown; field: string }[] {
  const processor = state.Type === 'Map' ? (state.ItemProcessor ? 'ItemProcessor' : 'Iterator') : undefined;
  return [
    ...(state.Type === 'Parallel' ? array(state.Branches) : []).map((inner, i) => ({
      inner,
      field: `Branches/${i}`,
    })),
    ...(processor ? [{ inner: state[processor], field: processor }] : []),
  ];
}

function array(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
