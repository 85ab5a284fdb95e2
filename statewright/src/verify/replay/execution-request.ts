import type { ExecutionRequest } from '../../engine';
import { eventDetails } from '../../history/event-details';
import { type RecordedExecution, typeOf } from './recorded-execution';

/** A recorded execution's input and names. @param newId makes the names that a history does not say */
export function requestOf(recorded: RecordedExecution, newId: () => string): ExecutionRequest {
  const { events, executionArn, stateMachineArn } = recorded;
  const { input = '{}', roleArn = '' } = (events[0] ? eventDetails(events[0]) : {}) as {
    readonly input?: string;
    readonly roleArn?: string;
  };
  const machineArn =
    stateMachineArn ?? arnOfMachine(executionArn) ?? unknownMachine(recorded, roleArn, newId);
  return {
    input,
    roleArn,
    type: typeOf(recorded),
    stateMachineArn: machineArn,
    executionArn: executionArn ?? `${machineArn.replace(':stateMachine:', ':execution:')}:${newId()}`,
  };
}

/** The calls say the region, and the role says the account. */
function unknownMachine({ events }: RecordedExecution, roleArn: string, newId: () => string): string {
  const calls = events.map(eventDetails) as readonly {
    readonly region?: string;
    readonly resource?: string;
  }[];
  const region =
    calls.find((details) => details.region !== undefined)?.region ??
    calls.find(({ resource }) => resource?.startsWith('arn:'))?.resource?.split(':')[3] ??
    'us-east-1';
  return `arn:aws:states:${region}:${roleArn.split(':')[4] ?? '000000000000'}:stateMachine:${newId()}`;
}

function arnOfMachine(executionArn: string | undefined): string | undefined {
  if (executionArn === undefined) return undefined;
  return executionArn
    .split(':')
    .slice(0, 7)
    .join(':')
    .replace(/:(execution|express):/, ':stateMachine:');
}
