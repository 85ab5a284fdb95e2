import type { StateMachine } from './state-machine';

/**
 * The definition as Amazon States Language text, the same for the same definition on every machine: fields keep the
 * order they were written in, since the order of states is the author's.
 */
export function serializeStateMachine(definition: StateMachine): string {
  return JSON.stringify(definition, null, 2);
}
