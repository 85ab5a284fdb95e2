import type { Json } from '../data';
import type { Visit } from './state';
import type { MapItem } from './thread';

/**
 * The context object, `$$` and `$states.context`, as it is at this moment of a visit to a state
 * (Step Functions Developer Guide, "Accessing execution data from the Context object").
 */
export function contextObject(visit: Visit, item: MapItem | undefined): Json {
  const { execution } = visit.thread;
  return {
    Execution: {
      Id: execution.request.executionArn,
      Input: execution.input.value,
      StartTime: isoTime(execution.startTime),
      Name: execution.name,
      RoleArn: execution.request.roleArn,
      // Only a Standard execution can be redriven.
      ...(execution.request.type === 'EXPRESS' ? {} : { RedriveCount: execution.redrive?.count ?? 0 }),
      ...(execution.redrive && { RedriveTime: isoTime(execution.redrive.time) }),
    },
    StateMachine: { Id: execution.request.stateMachineArn, Name: execution.stateMachineName },
    State: {
      Name: visit.state.name,
      EnteredTime: isoTime(visit.enteredTime),
      ...(visit.state.retries ? { RetryCount: visit.retryCount } : {}),
    },
    ...(item === undefined ? {} : { Map: { Item: { ...item } } }),
    ...(visit.taskToken === undefined ? {} : { Task: { Token: visit.taskToken } }),
  };
}

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();
