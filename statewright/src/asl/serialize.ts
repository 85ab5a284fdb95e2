import type { StateMachine } from './state-machine';

/**
 * The definition as Amazon States Language text. The same definition gives the same text on every computer: fields keep
 * the order in which they were written.
 */
export function serializeStateMachine(definition: StateMachine): string {
  return JSON.stringify(definition, null, 2);
}
