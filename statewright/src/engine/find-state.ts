import { ownField, type Part, type StatePart, scopeAt, scopesIn } from '../asl/graph';
import type { Payload } from './data';
import type { MapItem } from './execution/thread';

/** The name of a state that is tested without a state machine. */
const ONLY_STATE = 'StateName';

/** A state and the states that it is in, from the innermost. */
export interface FoundState {
  readonly state: StatePart;
  readonly parents: readonly StatePart[];
}

/** Finds the state that is tested; undefined when the state machine has no such state. */
export function findState(definition: object, stateName?: string): FoundState | undefined {
  if (stateName === undefined) {
    return {
      state: { name: ONLY_STATE, content: definition, location: `/States/${ONLY_STATE}` },
      parents: [],
    };
  }
  const search = (scopes: readonly Part[], parents: readonly StatePart[]): FoundState | undefined => {
    for (const { content, location } of scopes) {
      for (const state of scopeAt(content, location).states) {
        const found =
          state.name === stateName ? { state, parents } : search(scopesIn(state), [state, ...parents]);
        if (found) return found;
      }
    }
    return undefined;
  };
  return search([{ content: definition, location: '' }], []);
}

/** The item of a state in a Map: the first one, which is its input (Developer Guide, "Automatic Context population"). */
export function itemOf({ parents }: FoundState, input: Payload): MapItem | undefined {
  const map = parents.find(({ content }) => ownField(content, 'Type') === 'Map');
  if (!map) return undefined;
  const config = ownField(ownField(map.content, 'ItemProcessor'), 'ProcessorConfig');
  const isDistributed = ownField(config, 'Mode') === 'DISTRIBUTED';
  return { Index: 0, Value: input.value, ...(isDistributed && { Source: 'STATE_DATA' }) };
}
