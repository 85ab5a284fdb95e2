/**
 * The graph of a definition: its scopes, their states, and the transitions between the states of a scope. The
 * definition may have any shape: an invalid part is left out, or passed to the caller unchanged.
 */
import { isObject } from '../is-object';
import { fieldAt, itemAt } from './location';

/** A part of a definition and its place. */
export interface Part {
  /** As the API writes it: `/States/Each/ItemProcessor`; empty for the state machine itself. */
  readonly location: string;
  readonly content: unknown;
}

/** States that can only name each other: the state machine itself, a branch of a Parallel, the processor of a Map. */
export interface ScopePart extends Part {
  readonly startAt: unknown;
  readonly states: readonly StatePart[];
}

export interface StatePart extends Part {
  readonly name: string;
}

/** A transition from a state to another one. */
export type Transition = {
  /** The name of a state, in a valid definition; undefined when a rule or a catcher has no Next. */
  readonly target: unknown;
  /** The place of the field that names the target: `/States/Pick/Choices[0]/Next`. */
  readonly location: string;
} & (
  | { readonly field: 'Next' | 'Default' }
  /** `clause` is the rule or the catcher of the transition. */
  | { readonly field: 'Choices'; readonly clause: Part }
  | { readonly field: 'Catch'; readonly clause: Part }
);

/** A definition, or a part of it, as a scope. */
export function scopeAt(content: unknown, location = ''): ScopePart {
  const states = Object.entries(objectOf(ownField(content, 'States')) ?? {});
  return {
    location,
    content,
    startAt: ownField(content, 'StartAt'),
    states: states.map(([name, state]) => ({
      name,
      location: fieldAt(fieldAt(location, 'States'), name),
      content: state,
    })),
  };
}

/** The scopes inside a state: the branches of a Parallel, the processor of a Map. */
export function scopesIn(state: Part): ScopePart[] {
  const branches = listAt(state, 'Branches').map((branch) => scopeAt(branch.content, branch.location));
  const processors = ['ItemProcessor', 'Iterator'].flatMap((field) => {
    const processor = ownField(state.content, field);
    return processor === undefined ? [] : [scopeAt(processor, fieldAt(state.location, field))];
  });
  return [...branches, ...processors];
}

/** Every scope of a definition, outer ones first, in the order they are written. */
export function* scopesOf(definition: unknown): Generator<ScopePart> {
  // A list, not a recursion: a definition can be nested deep.
  const ahead = [scopeAt(definition)];
  for (let scope = ahead.pop(); scope !== undefined; scope = ahead.pop()) {
    yield scope;
    ahead.push(...scope.states.flatMap(scopesIn).reverse());
  }
}

/** Every state of a definition, at every depth. */
export function* statesOf(definition: unknown): Generator<StatePart> {
  for (const { states } of scopesOf(definition)) yield* states;
}

/** The transitions of a state: Next, the rules of a Choice and its Default, then the catchers. */
export function transitionsOf(state: Part): Transition[] {
  const single = (field: 'Next' | 'Default'): Transition[] => {
    const target = ownField(state.content, field);
    return target === undefined ? [] : [{ field, target, location: fieldAt(state.location, field) }];
  };
  const each = (field: 'Choices' | 'Catch'): Transition[] =>
    listAt(state, field).map((clause) => ({
      field,
      target: ownField(clause.content, 'Next'),
      location: fieldAt(clause.location, 'Next'),
      clause,
    }));
  return [...single('Next'), ...each('Choices'), ...single('Default'), ...each('Catch')];
}

/** Whether an execution, or its branch, can end at a state. */
export function isTerminal({ content }: Part): boolean {
  const type = ownField(content, 'Type');
  return ownField(content, 'End') === true || type === 'Succeed' || type === 'Fail';
}

/** The items of a list field; empty when the field is missing or not a list. */
export function listAt({ content, location }: Part, field: string): Part[] {
  const list = ownField(content, field);
  if (!Array.isArray(list)) return [];
  return list.map((item, index) => ({ content: item, location: itemAt(fieldAt(location, field), index) }));
}

/** The errors that a Retrier or a Catcher names. */
export function errorNamesOf(clause: Part): string[] {
  return listAt(clause, 'ErrorEquals').flatMap(({ content }) =>
    typeof content === 'string' ? [content] : [],
  );
}

/** An object's own field, never an inherited one such as `constructor`; undefined when it does not exist. */
export function ownField(value: unknown, name: string): unknown {
  const object = objectOf(value);
  return object !== undefined && Object.hasOwn(object, name) ? object[name] : undefined;
}

/** The value as an object with fields; undefined for an array and for anything else. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return isObject(value) ? value : undefined;
}
