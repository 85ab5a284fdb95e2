/** What identifies an execution in its state machine's path: its name; of an EXPRESS one, its name and its id. */
export const executionId = (executionArn: string): string => executionArn.split(':').slice(7).join(':');

/** The name of the state machine that an execution belongs to. */
export const stateMachineOf = (executionArn: string): string => executionArn.split(':')[6] ?? '';

/** The inverse of `executionId`. */
export function executionArn(stateMachineArn: string, id: string): string {
  const kind = id.includes(':') ? 'express' : 'execution';
  return `${stateMachineArn.replace(':stateMachine:', `:${kind}:`)}:${id}`;
}
