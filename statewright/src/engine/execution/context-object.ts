import type { Json } from '../data';
import type { Thread } from './thread';
import type { Visit } from './visit';

/** The item that a Map iteration works on. */
export interface MapItem {
  readonly Index: number;
  readonly Value: Json;
}

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
      ...(execution.request.type === 'EXPRESS' ? {} : { RedriveCount: 0 }),
    },
    StateMachine: { Id: execution.request.stateMachineArn, Name: execution.stateMachineName },
    State: {
      Name: visit.state.name,
      EnteredTime: isoTime(visit.enteredTime),
      ...(visit.state.retries ? { RetryCount: visit.retryCount } : {}),
    },
    ...(item === undefined ? {} : { Map: { Item: { Index: item.Index, Value: item.Value } } }),
    ...(visit.taskToken === undefined ? {} : { Task: { Token: visit.taskToken } }),
  };
}

const isoTime = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** The item of the iteration that a thread runs in, if any: a branch inside an iteration still sees it. */
export function itemOf(thread: Thread): MapItem | undefined {
  for (let at: Thread | undefined = thread; at; at = at.parent) if (at.item) return at.item;
  return undefined;
}
