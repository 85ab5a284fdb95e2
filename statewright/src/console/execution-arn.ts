/** What identifies an execution in its state machine's path: its name; of an EXPRESS one, its name and its id. */
export const executionId = (executionArn: string): string => executionArn.split(':').slice(7).join(':');

/** The name of the state machine that an execution or a Map Run belongs to, with the label of its Map after a slash. */
export const stateMachineOf = (executionArn: string): string => executionArn.split(':')[6] ?? '';

/** Without the name. */
const prefix = (stateMachineArn: string, kind: string) =>
  [...stateMachineArn.split(':').slice(0, 5), kind].join(':');

/**
 * The inverse of `executionId`.
 * @param machine the name with a Map's label, for its child executions (default: that of the state machine)
 */
export function executionArn(
  stateMachineArn: string,
  id: string,
  machine = stateMachineOf(stateMachineArn),
): string {
  return `${prefix(stateMachineArn, id.includes(':') ? 'express' : 'execution')}:${machine}:${id}`;
}

/** The inverse of `executionId` for a Map Run. */
export const mapRunArn = (stateMachineArn: string, machine: string, id: string): string =>
  `${prefix(stateMachineArn, 'mapRun')}:${machine}:${id}`;

/** The ARN of the state machine of an execution. */
export const stateMachineArn = (executionArn: string): string =>
  `${prefix(executionArn, 'stateMachine')}:${stateMachineOf(executionArn).split('/')[0]}`;

/** The number of a version, or the name of an alias, in its ARN. */
export const qualifierIn = (stateMachineArn: string): string => stateMachineArn.split(':')[7] ?? '';
