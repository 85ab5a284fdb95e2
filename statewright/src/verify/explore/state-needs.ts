import { listAt, objectOf, ownField, type StatePart } from '../../asl/graph';
import { Needs } from './needs';
import type { Path, Reference } from './references';
import type { SharedNeeds } from './shared-needs';

/** A state, and what is needed of its input and of its output. */
export interface NeedingState {
  readonly state: StatePart;
  /** What its fields refer to. */
  readonly references: readonly Reference[];
  /** Of its input. What the state needs is added to it. */
  readonly own: Needs;
  /** Of its output, by the states after it. */
  readonly after: Needs;
}

/** What the needs of a state depend on outside of it. */
export interface Surroundings {
  readonly shared: SharedNeeds;
  /** Of an item that a distributed Map reads from an object. */
  readonly items: Needs;
  addResult(task: string, needs: Needs): void;
  /** What the branches of a Parallel need. @param result what is needed of the list of their outputs */
  ofBranches(state: StatePart, result: Needs): Needs;
  /** What the processor of a Map needs of an item, and of the BatchInput of its ItemBatcher. */
  ofProcessor(state: StatePart, result: Needs): { readonly inner: Needs; readonly batch: Needs };
}

/** The variables that a state, or a rule of a Choice, assigns, with their expressions. */
export const assignmentsOf = (state: StatePart): [name: string, value: unknown][] =>
  [state, ...listAt(state, 'Choices')].flatMap(({ content }) =>
    Object.entries(objectOf(ownField(content, 'Assign')) ?? {}),
  );

/** How a Map gets its items and passes them to its processor. */
interface MapFields {
  /** What is needed of the Map's result. */
  readonly result: Needs;
  /** The list of its items; undefined when it is not a member of a document. */
  readonly list: Place | undefined;
  readonly selector: unknown;
  /** The references of a template whose members are needed. */
  readonly passed: (template: unknown, needs: Needs) => readonly Reference[];
  /** What is needed of the Map's input, which is at a path of this document. */
  readonly input: Needs;
  readonly prefix?: Path;
}

/** A member of a document. */
interface Place {
  readonly in: Needs;
  readonly path: Path;
}

/** Adds what a Map needs of its items, and of its input for its ItemSelector and its BatchInput. */
export function addMapNeeds(
  { state, references }: NeedingState,
  { result, list, selector, passed, input, prefix }: MapFields,
  { shared, items, ofProcessor }: Surroundings,
): void {
  const { inner, batch } = ofProcessor(state, result);
  const item = itemOf(state, list, items);
  item.in.addReferences(references, 'item', item.path);
  if (selector === undefined) item.in.addAll(inner, item.path);
  const batchInput = ownField(ownField(state.content, 'ItemBatcher'), 'BatchInput');
  const all = [...passed(selector, inner), ...passed(batchInput, batch)];
  item.in.addReferences(all, 'item', item.path);
  shared.addWithInput(all, input, prefix);
}

/** Where the items of a Map are: in a list, or in an object that its ItemReader reads. */
function itemOf({ content }: StatePart, list: Place | undefined, items: Needs): Place {
  if (ownField(content, 'ItemReader') !== undefined) return { in: items, path: [] };
  if (list === undefined) return { in: new Needs(), path: [] };
  const path = [...list.path, '*'];
  list.in.add(path);
  return { in: list.in, path };
}
